using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Losses whose value at a position depends on all of its predictions at once: those over classes, and the angle between two vectors.</summary>
internal static class PositionLoss
{
    /// <summary>The loss at one position.</summary>
    public interface IFormula<T>
    {
        /// <param name="targets">The position's targets.</param>
        /// <param name="predictions">Its predictions.</param>
        /// <param name="scale">What the gradient is multiplied with.</param>
        /// <param name="work">Room for as many values as there are predictions; what stands behind may be read.</param>
        /// <param name="gradients">Receives scale x derivative; empty if it is not wanted.</param>
        /// <returns>The loss.</returns>
        T Evaluate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> work, Span<T> gradients);
    }

    public static double Evaluate<T, TFormula>(in PredictionBatch<T> batch, TFormula formula, Span<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IFormula<T>
    {
        int features = batch.Features;
        int targets = batch.Targets.Length / batch.Positions;
        T scale = T.One / T.CreateTruncating(batch.Positions);
        for (int position = 0; position < batch.Positions; position++)
        {
            T weight = batch.Weights.IsEmpty ? T.One : batch.Weights[position];
            T value = formula.Evaluate(
                batch.Targets.Slice(position * targets, targets),
                batch.Predictions.Slice(position * features, features),
                scale * weight,
                batch.Scratch.Slice(position * features, features),
                gradients.IsEmpty ? default : gradients.Slice(position * features, features));

            // The room of this position, or of one before, is free again.
            batch.Scratch[position] = value * weight;
        }

        return double.CreateTruncating(Lanes.Sum<T>(batch.Scratch[..batch.Positions])) / batch.Positions;
    }
}
