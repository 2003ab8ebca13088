using System;
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
