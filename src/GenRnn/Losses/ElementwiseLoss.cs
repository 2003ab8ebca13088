using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Losses that are a mean (or sum) over the last axis of a function of one target and one prediction.</summary>
/// <remarks>A loss of this kind is a file with two vector formulas: <see cref="Elementwise.ILoss{T}"/>.</remarks>
internal static class ElementwiseLoss
{
    /// <param name="name">The loss.</param>
    /// <param name="batch">Targets, predictions and weights.</param>
    /// <param name="formula">Value and derivative for one target and one prediction.</param>
    /// <param name="gradients">Receives the gradient; empty if it is not wanted.</param>
    /// <param name="sumsLastAxis">Whether a position's loss is the sum over its values rather than their mean.</param>
    public static double Evaluate<T, TFormula>(string name, in PredictionBatch<T> batch, TFormula formula, Span<T> gradients, bool sumsLastAxis = false)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, Elementwise.ILoss<T>
    {
        int count = batch.Predictions.Length;
        CheckLengths(name, batch, gradients);

        Span<T> values = batch.Scratch[..count];
        if (batch.CountedPositions == 0)
        {
            gradients.Clear();
            return 0;
        }

        // The mean over the last axis and the mean over positions are one division by the number of values.
        int divisor = sumsLastAxis ? batch.CountedPositions : batch.CountedPositions * batch.Features;
        Elementwise.Loss(formula, batch.Targets, batch.Predictions, T.One / T.CreateTruncating(divisor), values, gradients);
        if (!batch.Weights.IsEmpty)
        {
            Weigh(values, batch.Weights, batch.Features);
            if (!gradients.IsEmpty)
                Weigh(gradients, batch.Weights, batch.Features);
        }

        return double.CreateTruncating(Lanes.Sum<T>(values)) / divisor;
    }

    /// <summary>What every loss asks for that has a target for each prediction.</summary>
    /// <exception cref="ArgumentException">It is not so.</exception>
    public static void CheckLengths<T>(string name, in PredictionBatch<T> batch, Span<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = batch.Predictions.Length;
        if (batch.Targets.Length != count)
            throw new ArgumentException($"{name} compares value by value: there are {batch.Targets.Length} targets for {count} predictions.", nameof(batch));
        CheckGradients(count, gradients);
    }

    /// <exception cref="ArgumentException">The gradients are not as many as the predictions.</exception>
    public static void CheckGradients<T>(int count, Span<T> gradients)
    {
        if (!gradients.IsEmpty && gradients.Length != count)
            throw new ArgumentException($"The gradient of {count} predictions does not fit {gradients.Length} values.", nameof(gradients));
    }

    // Where the weight is 0 anything may stand, NaN and infinities too: a product would keep them.
    private static void Weigh<T>(Span<T> values, ReadOnlySpan<T> weights, int features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int position = 0; position < weights.Length; position++)
        {
            T weight = weights[position];
            Span<T> own = values.Slice(position * features, features);
            if (T.IsZero(weight))
            {
                own.Clear();
                continue;
            }

            foreach (ref T value in own)
                value *= weight;
        }
    }
}
