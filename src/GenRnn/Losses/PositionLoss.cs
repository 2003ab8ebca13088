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

    /// <param name="batch">Targets, predictions and weights.</param>
    /// <param name="formula">The loss at one position.</param>
    /// <param name="gradients">Receives the gradient; empty if it is not wanted.</param>
    /// <param name="ignored">A target whose positions count no more than masked ones do; null if all count.</param>
    public static double Evaluate<T, TFormula>(in PredictionBatch<T> batch, TFormula formula, Span<T> gradients, T? ignored = null)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IFormula<T>
    {
        int features = batch.Features;
        int targets = batch.Targets.Length / batch.Positions;
        int divisor = ignored is { } id ? CountWithout(batch, id) : batch.CountedPositions;
        if (divisor == 0)
        {
            gradients.Clear();
            return 0;
        }

        T scale = T.One / T.CreateTruncating(divisor);
        for (int position = 0; position < batch.Positions; position++)
        {
            if (!batch.Counts(position) || batch.Targets[position * targets] == ignored)
            {
                batch.Scratch[position] = T.Zero;
                if (!gradients.IsEmpty)
                    gradients.Slice(position * features, features).Clear();
                continue;
            }

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

        return double.CreateTruncating(Lanes.Sum<T>(batch.Scratch[..batch.Positions])) / divisor;
    }

    /// <summary>The number of positions that neither the mask nor the target leaves out.</summary>
    public static int CountWithout<T>(in PredictionBatch<T> batch, T ignored)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int left = 0;
        for (int position = 0; position < batch.Positions; position++)
            left += batch.IsUnmasked(position) && batch.Targets[position] != ignored ? 1 : 0;
        return left;
    }
}
