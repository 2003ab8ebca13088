using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>-ln p of the class that is meant: for outputs that are one choice among several, with the id of the right one as the target.</summary>
/// <remarks>
/// Keras' <c>SparseCategoricalCrossentropy</c>. A position has one target, a whole number from 0 to classes - 1 in the model's element type; as with the
/// ids of an embedding, what stands behind the point is cut off, and any other is an exception before anything changes. At a position that does not count, by a mask or a weight of 0,
/// it may be anything. Probabilities are clipped
/// to 1e-7 ... 1 - 1e-7, outside of which there is no gradient, and then divided by their sum; from logits nothing saturates. Training and evaluation of a model that ends in
/// a softmax take that form by themselves, as Keras on TensorFlow does (<see cref="ModelWorkspace{T}.Logits"/>); for one that ends in a linear layer set <see cref="FromLogits"/>.
/// </remarks>
public sealed class SparseCategoricalCrossentropy() : Loss("sparse_categorical_crossentropy")
{
    /// <summary>Whether predictions are logits rather than probabilities: false unless set.</summary>
    public bool FromLogits { get; init; }

    /// <summary>
    /// A target that names no class, such as -1 or 255: its positions have no loss and no gradient and, as masked ones, do not count in the mean. Keras' <c>ignore_class</c>; null, the default: there is none.
    /// </summary>
    public int? IgnoreClass { get; init; }

    /// <summary>One id for each position.</summary>
    /// <param name="output">The output.</param>
    public override int TargetLength(TensorInfo output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Math.Max(1, output.TimeSteps);
    }

    internal override string Description => FormattableString.Invariant($"{Name} {{ FromLogits = {FromLogits}, IgnoreClass = {IgnoreClass} }}");

    internal override Loss? OnLogits(Activation activation) => activation != Activation.Softmax ? null
        : FromLogits ? this : new SparseCategoricalCrossentropy { FromLogits = true, IgnoreClass = IgnoreClass };

    /// <inheritdoc/>
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        if (batch.Targets.Length != batch.Positions)
        {
            throw new ArgumentException(
                $"{Name} takes the id of one class for each position: there are {batch.Targets.Length} targets for {batch.Positions} positions.", nameof(batch));
        }

        ElementwiseLoss.CheckGradients(batch.Predictions.Length, gradients);
        for (int i = 0; i < batch.Positions; i++)
        {
            if (IsWrong(batch.Targets[i], batch.Features) && batch.Counts(i))
                throw new ArgumentException(Problem(batch.Targets[i], i, batch.Features), nameof(batch));
        }

        return FromLogits
            ? PositionLoss.Evaluate(batch, default(Logits<T>), gradients, Ignored<T>())
            : PositionLoss.Evaluate(batch, default(Probabilities<T>), gradients, Ignored<T>());
    }

    internal override string? FindWrongTarget<T>(ReadOnlySpan<T> targets, int first, TensorInfo output)
    {
        int classes = output.Length / TargetLength(output);
        for (int i = 0; i < targets.Length; i++)
        {
            if (IsWrong(targets[i], classes))
                return Problem(targets[i], first + i, classes);
        }

        return null;
    }

    internal override double Divisor<T>(in PredictionBatch<T> batch) =>
        Ignored<T>() is { } ignored ? PositionLoss.CountWithout(batch, ignored) : base.Divisor(batch);

    internal override double TotalWeight<T>(in PredictionBatch<T> batch)
    {
        if (Ignored<T>() is not { } ignored)
            return base.TotalWeight(batch);
        double total = 0;
        for (int i = 0; i < batch.Positions; i++)
        {
            if (batch.Counts(i) && batch.Targets[i] != ignored)
                total += batch.Weights.IsEmpty ? 1 : double.CreateTruncating(batch.Weights[i]);
        }

        return total;
    }

    private T? Ignored<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => IgnoreClass is { } id ? T.CreateTruncating(id) : null;

    // Written so that NaN is no class.
    private bool IsWrong<T>(T target, int classes)
        where T : unmanaged, IFloatingPointIeee754<T> => !(target > -T.One && target < T.CreateTruncating(classes)) && target != Ignored<T>();

    private string Problem<T>(T target, int index, int classes)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        FormattableString.Invariant($"{Name}: target {index} is {target}, no class of 0 to {classes - 1}.");

    /// <summary>ln sum c - ln c[id], c the clipped probabilities.</summary>
    private readonly struct Probabilities<T> : PositionLoss.IFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Evaluate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> work, Span<T> gradients)
        {
            int id = int.CreateTruncating(targets[0]);
            predictions.CopyTo(work);
            Elementwise.Map(work, default(Clipped<T>));
            T sum = Lanes.Sum<T>(work);
            T chosen = work[id];
            if (!gradients.IsEmpty)
            {
                predictions.CopyTo(gradients);
                Elementwise.Map(gradients, new InsideOnly<T>(scale / sum));
                if (predictions[id] == chosen)
                    gradients[id] -= scale / chosen;
            }

            return Functions.Log(sum) - Functions.Log(chosen);
        }
    }

    private readonly struct Clipped<T> : Elementwise.IMap<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static Vector<T> Low => new(T.CreateTruncating(Epsilon));

        public static Vector<T> High => new(T.One - T.CreateTruncating(Epsilon));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> p) => Functions.Clip(p, Low, High);
    }

    private readonly struct InsideOnly<T>(T value) : Elementwise.IMap<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> p) => Functions.Inside(p, Clipped<T>.Low, Clipped<T>.High, new Vector<T>(value));
    }

    /// <summary>ln sum exp z - z[id]; the slope by z is softmax(z), less 1 at the id.</summary>
    private readonly struct Logits<T> : PositionLoss.IFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Evaluate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> work, Span<T> gradients)
        {
            int id = int.CreateTruncating(targets[0]);
            T logSum = LogSumExp.Of(predictions, work);
            if (!gradients.IsEmpty)
            {
                predictions.CopyTo(gradients);
                Elementwise.Map(gradients, new LogSumExp.ExpOfDifference<T>(logSum));
                gradients[id] -= T.One;
                foreach (ref T gradient in gradients)
                    gradient *= scale;
            }

            return logSum - predictions[id];
        }
    }
}
