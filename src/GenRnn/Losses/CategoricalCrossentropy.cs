using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>-sum over the classes of y ln p: for outputs that are one choice among several, with a target for each class.</summary>
/// <remarks>
/// Keras' <c>CategoricalCrossentropy</c>. Probabilities are divided by their sum and clipped to 1e-7 ... 1 - 1e-7, outside of which there is no gradient;
/// from logits nothing saturates. Training and evaluation of a model that ends in a softmax take that form by themselves, as Keras on TensorFlow does
/// (<see cref="ModelWorkspace{T}.Logits"/>); for one that ends in a linear layer set <see cref="FromLogits"/>. With one id as a target, see
/// <see cref="SparseCategoricalCrossentropy"/>.
/// </remarks>
public sealed class CategoricalCrossentropy() : Loss("categorical_crossentropy")
{
    private readonly double _labelSmoothing;

    /// <summary>Whether predictions are logits rather than probabilities: false unless set.</summary>
    public bool FromLogits { get; init; }

    /// <summary>How far targets are moved towards equal parts: y (1 - s) + s / classes. From 0, the default, to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public double LabelSmoothing
    {
        get => _labelSmoothing;
        init => _labelSmoothing = CheckSmoothing(value);
    }

    internal override string Description => FormattableString.Invariant($"{Name} {{ FromLogits = {FromLogits}, LabelSmoothing = {LabelSmoothing} }}");

    internal override Loss? OnLogits(Activation activation) => activation != Activation.Softmax ? null
        : FromLogits ? this : new CategoricalCrossentropy { FromLogits = true, LabelSmoothing = LabelSmoothing };

    /// <inheritdoc/>
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        ElementwiseLoss.CheckLengths(Name, batch, gradients);
        var labels = new Labels<T>(LabelSmoothing, batch.Features);
        return FromLogits
            ? PositionLoss.Evaluate(batch, new Logits<T>(labels), gradients)
            : PositionLoss.Evaluate(batch, new Probabilities<T>(labels), gradients);
    }

    /// <summary>q = p / sum p; the slope by p is (sum of y over the classes whose q is not clipped, less y / q where it is not) / sum p.</summary>
    private readonly struct Probabilities<T>(Labels<T> labels) : PositionLoss.IFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Evaluate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> work, Span<T> gradients)
        {
            predictions.CopyTo(work);
            T sum = Lanes.Sum<T>(work);
            Elementwise.Zip(new Share<T>(labels, sum), targets, predictions, work);
            T loss = -Lanes.Sum<T>(work);
            if (!gradients.IsEmpty)
            {
                Elementwise.Zip(new Kept<T>(labels, sum), targets, predictions, work);
                Elementwise.Zip(new ShareSlope<T>(labels, sum, Lanes.Sum<T>(work), scale), targets, predictions, gradients);
            }

            return loss;
        }
    }

    private readonly struct Share<T>(Labels<T> labels, T sum) : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static Vector<T> Low => new(T.CreateTruncating(Epsilon));

        public static Vector<T> High => new(T.One - T.CreateTruncating(Epsilon));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction) =>
            labels.Smooth(target) * Functions.Log(Functions.Clip(prediction / new Vector<T>(sum), Low, High));
    }

    private readonly struct Kept<T>(Labels<T> labels, T sum) : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction) =>
            Functions.Inside(prediction / new Vector<T>(sum), Share<T>.Low, Share<T>.High, labels.Smooth(target));
    }

    private readonly struct ShareSlope<T>(Labels<T> labels, T sum, T kept, T scale) : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> share = prediction / new Vector<T>(sum);
            Vector<T> own = Functions.Inside(share, Share<T>.Low, Share<T>.High, labels.Smooth(target) / share);
            return new Vector<T>(scale) * ((new Vector<T>(kept) - own) / new Vector<T>(sum));
        }
    }

    /// <summary>y (ln sum exp z - z); the slope by z is softmax(z) sum y - y.</summary>
    private readonly struct Logits<T>(Labels<T> labels) : PositionLoss.IFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Evaluate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> work, Span<T> gradients)
        {
            T logSum = LogSumExp.Of(predictions, work);
            Elementwise.Zip(new Distance<T>(labels, logSum), targets, predictions, work);
            T loss = Lanes.Sum<T>(work);
            if (!gradients.IsEmpty)
            {
                Elementwise.Zip(new Smoothed<T>(labels), targets, predictions, work);
                Elementwise.Zip(new LogitSlope<T>(labels, logSum, Lanes.Sum<T>(work), scale), targets, predictions, gradients);
            }

            return loss;
        }
    }

    private readonly struct Distance<T>(Labels<T> labels, T logSum) : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction) => labels.Smooth(target) * (new Vector<T>(logSum) - prediction);
    }

    private readonly struct Smoothed<T>(Labels<T> labels) : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction) => labels.Smooth(target);
    }

    private readonly struct LogitSlope<T>(Labels<T> labels, T logSum, T total, T scale) : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction) =>
            new Vector<T>(scale) * (Functions.Exp(prediction - new Vector<T>(logSum)) * new Vector<T>(total) - labels.Smooth(target));
    }
}
