using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;

namespace GenRnn;

/// <summary>The settings of an optimiser. What it keeps for one model is an <see cref="OptimizerState{T}"/>.</summary>
/// <remarks>
/// Names, defaults and formulas are Keras 3's. Settings hold no numbers of a training run, so that one object can
/// serve many models and threads.
/// </remarks>
public abstract class Optimizer
{
    /// <param name="learningRate">The default learning rate of the optimiser.</param>
    protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate: a number or a schedule.</summary>
    public LearningRate LearningRate
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(LearningRate));
            field = value;
        }
    }

    /// <summary>
    /// Limit of the L2 norm of each variable's gradient (Keras' <c>clipnorm</c>): g becomes g c / max(|g|, c). Null, the
    /// default, is off.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a positive number.</exception>
    /// <exception cref="ArgumentException">Another way of clipping is set already.</exception>
    public double? ClipNorm
    {
        get => Clipping == GradientClipping.Norm ? ClipLimit : null;
        init => SetClipping(GradientClipping.Norm, value, nameof(ClipNorm));
    }

    /// <summary>
    /// Limit of the L2 norm of all gradients together (Keras' <c>global_clipnorm</c>). An infinite norm, or one that is
    /// not a number, makes every gradient NaN, as Keras does. Null, the default, is off.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a positive number.</exception>
    /// <exception cref="ArgumentException">Another way of clipping is set already.</exception>
    public double? GlobalClipNorm
    {
        get => Clipping == GradientClipping.GlobalNorm ? ClipLimit : null;
        init => SetClipping(GradientClipping.GlobalNorm, value, nameof(GlobalClipNorm));
    }

    /// <summary>Limit of each gradient's magnitude (Keras' <c>clipvalue</c>). Null, the default, is off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a positive number.</exception>
    /// <exception cref="ArgumentException">Another way of clipping is set already.</exception>
    public double? ClipValue
    {
        get => Clipping == GradientClipping.Value ? ClipLimit : null;
        init => SetClipping(GradientClipping.Value, value, nameof(ClipValue));
    }

    /// <summary>
    /// Decoupled weight decay (Keras' <c>weight_decay</c>), in any optimiser: before each update w loses w x decay x learning rate. 0, the default, is off.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double WeightDecay
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(WeightDecay));
    }

    /// <summary>
    /// Variables that do not decay, as words that occur in the last part of their path, or whole paths: <c>["bias", "gamma"]</c>. Keras' <c>exclude_from_weight_decay</c>; none unless set.
    /// </summary>
    public IReadOnlyList<string> ExcludeFromWeightDecay
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(ExcludeFromWeightDecay));
            field = value;
        }
    } = [];

    /// <summary>
    /// Whether an exponential moving average of the weights is kept (Keras' <c>use_ema</c>). It follows each batch; at the end of <c>Fit</c> it becomes the weights. The history is
    /// that of the weights themselves.
    /// </summary>
    public bool UseEma { get; init; }

    /// <summary>How much of the average stays from batch to batch, in [0, 1]: 0.99 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public double EmaMomentum
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: true, nameof(EmaMomentum));
    } = 0.99;

    /// <summary>After how many updates the average becomes the weights, again and again. Null, the default: at the end of <c>Fit</c> alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? EmaOverwriteFrequency
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EmaOverwriteFrequency), value, "EmaOverwriteFrequency is at least 1, or null.");
    }

    /// <summary>
    /// Of how many batches one update takes the mean gradient (Keras' <c>gradient_accumulation_steps</c>): 1 unless set. The others only add up; what is left at the end of an epoch waits for the next.
    /// A schedule counts batches, bias corrections count updates.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int GradientAccumulationSteps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(GradientAccumulationSteps), value, "GradientAccumulationSteps is at least 1.");
    } = 1;

    internal GradientClipping Clipping { get; private set; }

    internal double ClipLimit { get; private set; }

    /// <summary>What the optimiser keeps for one model: moments and the count of steps, all zero.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="info">The model.</param>
    public abstract OptimizerState<T> CreateState<T>(ModelInfo info)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Checks that a setting lies in a range.</summary>
    /// <param name="value">The setting.</param>
    /// <param name="minimum">The least value that is allowed.</param>
    /// <param name="maximum">The upper end of the range.</param>
    /// <param name="maximumIsAllowed">Whether the upper end belongs to the range.</param>
    /// <param name="name">The setting's name.</param>
    /// <returns><paramref name="value"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    protected static double InRange(double value, double minimum, double maximum, bool maximumIsAllowed, string name)
    {
        bool inside = value >= minimum && (maximumIsAllowed ? value <= maximum : value < maximum);
        if (inside)
            return value;

        string range = FormattableString.Invariant($"[{minimum}, {maximum}{(maximumIsAllowed ? "]" : ")")}");
        throw new ArgumentOutOfRangeException(name, value, $"{name} lies in {range}.");
    }

    /// <summary>The optimiser with its settings: what a checkpoint knows it by. Override it in one of your own that has any.</summary>
    public override string ToString()
    {
        var settings = new List<string> { $"LearningRate = {LearningRate}" };
        if (Settings.Length > 0)
            settings.Add(Settings);
        if (Clipping != GradientClipping.Off)
            settings.Add(FormattableString.Invariant($"{(Clipping == GradientClipping.Value ? "ClipValue" : Clipping == GradientClipping.Norm ? "ClipNorm" : "GlobalClipNorm")} = {ClipLimit}"));
        if (WeightDecay != 0)
            settings.Add(FormattableString.Invariant($"WeightDecay = {WeightDecay}"));
        if (ExcludeFromWeightDecay.Count > 0)
            settings.Add($"ExcludeFromWeightDecay = [{string.Join(", ", ExcludeFromWeightDecay)}]");
        if (UseEma)
            settings.Add(FormattableString.Invariant($"UseEma = True, EmaMomentum = {EmaMomentum}, EmaOverwriteFrequency = {EmaOverwriteFrequency?.ToString(CultureInfo.InvariantCulture) ?? "null"}"));
        if (GradientAccumulationSteps > 1)
            settings.Add(FormattableString.Invariant($"GradientAccumulationSteps = {GradientAccumulationSteps}"));
        return $"{GetType().Name} {{ {string.Join(", ", settings)} }}";
    }

    /// <summary>What <see cref="ToString"/> says of the settings that only this optimiser has.</summary>
    private protected virtual string Settings => "";

    /// <summary>Whether a variable decays.</summary>
    internal bool Decays(VariableInfo variable)
    {
        if (WeightDecay == 0)
            return false;
        string name = variable.Path[(variable.Path.LastIndexOf('/') + 1)..];
        foreach (string word in ExcludeFromWeightDecay)
        {
            if (word == variable.Path || name.Contains(word, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    private void SetClipping(GradientClipping clipping, double? limit, string name)
    {
        if (limit is not double value)
        {
            if (Clipping == clipping)
                Clipping = GradientClipping.Off;
            return;
        }

        if (!(value > 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is a positive number, or null for no clipping.");
        if (Clipping != GradientClipping.Off && Clipping != clipping)
            throw new ArgumentException($"Only one of ClipNorm, GlobalClipNorm and ClipValue may be set; {name} is the second.", name);

        Clipping = clipping;
        ClipLimit = value;
    }
}
