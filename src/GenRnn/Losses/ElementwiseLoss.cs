using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A loss that is a mean, over the last axis, of a function of one target and one prediction.</summary>
/// <remarks>A loss of this kind is a file with two vector formulas: <see cref="Elementwise.ILoss{T}"/>.</remarks>
internal abstract class ElementwiseLoss(string name) : Loss(name)
{
    public sealed override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        int count = batch.Predictions.Length;
        if (batch.Targets.Length != count)
            throw new ArgumentException($"{Name} compares value by value: there are {batch.Targets.Length} targets for {count} predictions.", nameof(batch));
        if (!gradients.IsEmpty && gradients.Length != count)
            throw new ArgumentException($"The gradient of {count} predictions does not fit {gradients.Length} values.", nameof(gradients));

        Span<T> values = batch.Scratch[..count];
        // The mean over the last axis and the mean over positions are one division by the number of values.
        Formula(batch.Targets, batch.Predictions, T.One / T.CreateTruncating(count), values, gradients);
        if (!batch.Weights.IsEmpty)
        {
            Weigh(values, batch.Weights, batch.Features);
            if (!gradients.IsEmpty)
                Weigh(gradients, batch.Weights, batch.Features);
        }

        return double.CreateTruncating(Lanes.Sum<T>(values)) / count;
    }

    /// <summary>Runs the loss's formulas: <see cref="Elementwise.Loss{T, TLoss}"/> with its own type.</summary>
    protected abstract void Formula<T>(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> values, Span<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>;

    private static void Weigh<T>(Span<T> values, ReadOnlySpan<T> weights, int features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int position = 0; position < weights.Length; position++)
        {
            T weight = weights[position];
            foreach (ref T value in values.Slice(position * features, features))
                value *= weight;
        }
    }
}
