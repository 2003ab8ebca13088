using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>-(y ln p + (1 - y) ln(1 - p)), mean over the last axis: for outputs that are each a yes or no of its own.</summary>
/// <remarks>
/// Keras' <c>BinaryCrossentropy</c>. Probabilities are clipped to 1e-7 ... 1 - 1e-7, outside of which there is no gradient; from logits,
/// max(z, 0) - z y + ln(1 + exp(-|z|)) saturates nowhere. Training and evaluation of a model that ends in a sigmoid take that form by themselves, as Keras on TensorFlow does
/// (<see cref="ModelWorkspace{T}.Logits"/>); for one that ends in a linear layer set <see cref="FromLogits"/>.
/// </remarks>
public sealed class BinaryCrossentropy() : Loss("binary_crossentropy")
{
    private readonly double _labelSmoothing;

    /// <summary>Whether predictions are logits rather than probabilities: false unless set.</summary>
    public bool FromLogits { get; init; }

    /// <summary>How far targets are moved towards 1/2: y (1 - s) + s / 2. From 0, the default, to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public double LabelSmoothing
    {
        get => _labelSmoothing;
        init => _labelSmoothing = CheckSmoothing(value);
    }

    internal override string Description => FormattableString.Invariant($"{Name} {{ FromLogits = {FromLogits}, LabelSmoothing = {LabelSmoothing} }}");

    internal override Loss? OnLogits(Activation activation) => activation != Activation.Sigmoid ? null
        : FromLogits ? this : new BinaryCrossentropy { FromLogits = true, LabelSmoothing = LabelSmoothing };

    /// <inheritdoc/>
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        var labels = new Labels<T>(LabelSmoothing, 2);
        return FromLogits
            ? ElementwiseLoss.Evaluate(Name, batch, new Logits<T>(labels), gradients)
            : ElementwiseLoss.Evaluate(Name, batch, new Probabilities<T>(labels), gradients);
    }

    private readonly struct Probabilities<T>(Labels<T> labels) : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static Vector<T> Low => new(T.CreateTruncating(Epsilon));

        private static Vector<T> High => new(T.One - T.CreateTruncating(Epsilon));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> y = labels.Smooth(target);
            Vector<T> p = Functions.Clip(prediction, Low, High);
            // Clipped by itself: in float, 1 - (1 - 1e-7) is 1.2e-7.
            Vector<T> rest = Functions.Clip(Vector<T>.One - prediction, Low, High);
            return -(y * Functions.Log(p) + (Vector<T>.One - y) * Functions.Log(rest));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> y = labels.Smooth(target);
            return Functions.Inside(prediction, Low, High, (Vector<T>.One - y) / (Vector<T>.One - prediction) - y / prediction);
        }
    }

    private readonly struct Logits<T>(Labels<T> labels) : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction) =>
            Functions.AtLeast(prediction, Vector<T>.Zero) - prediction * labels.Smooth(target) + Functions.Log1p(Functions.Exp(-Functions.Abs(prediction)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction) => Functions.Sigmoid(prediction) - labels.Smooth(target);
    }
}
