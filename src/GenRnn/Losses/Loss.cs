using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>What training minimises, with Keras 3's definitions and reduction.</summary>
/// <remarks>
/// A loss has one value for each position: a row, or a time step of a row. The loss of a batch is
/// sum over positions of weight x value, divided by the number of positions (not by the sum of weights): Keras'
/// <c>sum_over_batch_size</c>. Where the model masks time steps of its output, the positions are those that count. What stands at a position that is masked
/// or has a weight of 0 reaches neither the loss nor a gradient, whatever it is. Sums run in the element type and in a fixed order over 16 lanes, so their bits depend on
/// no machine; the division is done in double.
/// </remarks>
public abstract class Loss
{
    /// <param name="name">Keras' name.</param>
    protected Loss(string name) => Name = name;

    /// <summary>Mean over the last axis of (target - prediction)^2.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary>Mean over the last axis of |target - prediction|. Its derivative at 0 is 0.</summary>
    public static Loss MeanAbsoluteError { get; } = new MeanAbsoluteErrorLoss();

    /// <summary>Mean over the last axis of 100 |target - prediction| / max(|target|, 1e-7).</summary>
    public static Loss MeanAbsolutePercentageError { get; } = new MeanAbsolutePercentageErrorLoss();

    /// <summary>Mean over the last axis of (ln(target + 1) - ln(prediction + 1))^2, both at least 1e-7 before.</summary>
    public static Loss MeanSquaredLogarithmicError { get; } = new MeanSquaredLogarithmicErrorLoss();

    /// <summary>Mean over the last axis of 200 |target - prediction| / max(|target| + |prediction|, 1e-7): sMAPE.</summary>
    public static Loss SymmetricMeanAbsolutePercentageError { get; } = new SymmetricPercentageErrorLoss();

    /// <summary>Half the squared error up to 1, beyond it a straight line; see <see cref="GenRnn.Huber"/> for another bend.</summary>
    public static Loss Huber { get; } = new Huber();

    /// <summary>Mean over the last axis of ln cosh(prediction - target): squared for small errors, absolute for large ones.</summary>
    public static Loss LogCosh { get; } = new LogCoshLoss();

    /// <summary>Cross-entropy of probabilities that are each a yes or no of its own: behind a sigmoid. From logits: <see cref="GenRnn.BinaryCrossentropy"/>.</summary>
    public static Loss BinaryCrossentropy { get; } = new BinaryCrossentropy();

    /// <summary>Cross-entropy of one choice among several, with a target for each class: behind a softmax. From logits: <see cref="GenRnn.CategoricalCrossentropy"/>.</summary>
    public static Loss CategoricalCrossentropy { get; } = new CategoricalCrossentropy();

    /// <summary>Cross-entropy of one choice among several, with the id of the right one as the target: behind a softmax. From logits:
    /// <see cref="GenRnn.SparseCategoricalCrossentropy"/>.</summary>
    public static Loss SparseCategoricalCrossentropy { get; } = new SparseCategoricalCrossentropy();

    /// <summary>Sum over the last axis of target ln(target / prediction), both clipped to 1e-7 ... 1.</summary>
    public static Loss KLDivergence { get; } = new KLDivergenceLoss();

    /// <summary>Mean over the last axis of prediction - target ln(prediction + 1e-7): targets are counts.</summary>
    public static Loss Poisson { get; } = new PoissonLoss();

    /// <summary>Mean over the last axis of max(1 - target x prediction, 0); targets are -1 and 1, or 0 and 1.</summary>
    public static Loss Hinge { get; } = new HingeLoss(isSquared: false);

    /// <summary>Mean over the last axis of max(1 - target x prediction, 0)^2; targets are -1 and 1, or 0 and 1.</summary>
    public static Loss SquaredHinge { get; } = new HingeLoss(isSquared: true);

    /// <summary>max(n - p + 1, 0), p the sum over the last axis of target x prediction and n the largest (1 - target) x prediction: one choice among several, whose
    /// value is to lead by 1. A target for each class.</summary>
    public static Loss CategoricalHinge { get; } = new CategoricalHingeLoss();

    /// <summary>Minus the cosine of the angle between target and prediction, over the last axis.</summary>
    public static Loss CosineSimilarity { get; } = new CosineSimilarityLoss();

    /// <summary>Keras' name: <c>mean_squared_error</c>.</summary>
    public string Name { get; }

    /// <summary>A loss of one's own: the mean over the last axis of a function of one target and one prediction. For any other, derive a class.</summary>
    /// <param name="name">The name in messages and, as a metric, in logs.</param>
    /// <param name="value">The loss of a target and a prediction, in this order.</param>
    /// <param name="slope">Its derivative by the prediction. <see cref="FitOptions.CheckLossGradient"/> holds it against finite differences.</param>
    public static Loss FromFormula(string name, Func<double, double, double> value, Func<double, double, double> slope)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(slope);
        return new FormulaLoss(name, value, slope);
    }

    /// <summary>A loss for each output of a model with several, for <see cref="FitOptions.Loss"/>: Keras' <c>loss={"price": ..., "regime": ...}</c>. An output that is not named has no loss.</summary>
    /// <param name="losses">The losses by the names of the outputs (<see cref="ModelInfo.Outputs"/>).</param>
    /// <exception cref="ArgumentException">There is no loss, or one is a loss for each output itself.</exception>
    public static Loss ForOutputs(IReadOnlyDictionary<string, Loss> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        return new OutputLosses(losses);
    }

    /// <summary>The same loss with another reduction: Keras' <c>reduction=</c>.</summary>
    /// <param name="reduction">What becomes of the values of a batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reduction.</exception>
    public Loss WithReduction(Reduction reduction) => Enum.IsDefined(reduction)
        ? this is OutputLosses ? throw new InvalidOperationException("Each output has a loss of its own: give each its reduction.") : new ReducedLoss(this, reduction)
        : throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "There is no such reduction.");

    /// <summary>How many target values one row of an output needs: as many as it has predictions, unless the loss says otherwise.</summary>
    /// <param name="output">The output.</param>
    public virtual int TargetLength(TensorInfo output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Length;
    }

    /// <summary>The loss of a batch and, if asked for, its gradient.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="batch">Targets, predictions and weights.</param>
    /// <param name="gradients">Receives d loss / d prediction, as long as the predictions; empty if it is not wanted.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public abstract double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The loss with its settings: what a checkpoint knows it by.</summary>
    internal virtual string Description => Name;

    /// <summary>The loss of an output; null if it has none.</summary>
    internal virtual Loss? Of(TensorInfo output) => this;

    /// <summary>
    /// The same loss of what an output's activation was given, if it is known of that; else null. As Keras on TensorFlow does, a cross-entropy takes the logits behind its own function whatever its
    /// <c>FromLogits</c> says: of a saturated probability nothing could be learnt.
    /// </summary>
    internal virtual Loss? OnLogits(Activation activation) => null;

    /// <summary>The same, its gradient held against finite differences on the first batch.</summary>
    internal virtual Loss Checked() => new CheckedLoss(this);

    /// <summary>Checks that the model has the outputs that the loss names.</summary>
    /// <exception cref="ArgumentException">It has not.</exception>
    internal virtual void CheckOutputs(ModelInfo info)
    {
    }

    /// <summary>What keeps logarithms and quotients finite: Keras' <c>epsilon()</c>.</summary>
    internal const double Epsilon = 1e-7;

    /// <summary>What <see cref="Evaluate"/> divides the sum of weight x value by.</summary>
    internal virtual double Divisor<T>(in PredictionBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T> => batch.CountedPositions;

    /// <summary>The sum of the weights of the positions that have a loss.</summary>
    internal virtual double TotalWeight<T>(in PredictionBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (batch.Weights.IsEmpty)
            return batch.Positions;
        double total = 0;
        foreach (T weight in batch.Weights)
            total += double.CreateTruncating(weight);
        return total;
    }

    /// <summary>What is wrong with targets that count, before anything runs; null if nothing is.</summary>
    /// <param name="targets">Targets of one or several rows.</param>
    /// <param name="first">The number of the first of them in the data set.</param>
    /// <param name="output">The output that they belong to.</param>
    internal virtual string? FindWrongTarget<T>(ReadOnlySpan<T> targets, int first, TensorInfo output)
        where T : unmanaged, IFloatingPointIeee754<T> => null;

    /// <summary>A share of label smoothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    private protected static double CheckSmoothing(double value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException("LabelSmoothing", value, "LabelSmoothing lies between 0 and 1.");
}
