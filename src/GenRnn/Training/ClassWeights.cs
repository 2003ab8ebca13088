using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>Weights of classes as weights of rows, or of their time steps: Keras' <c>class_weight</c>.</summary>
internal static class ClassWeights
{
    /// <summary>The same data with a weight for each position of the first output's targets.</summary>
    /// <exception cref="ArgumentException">The data set has sample weights, or no target of the first output.</exception>
    public static BoundDataSet<T> Apply<T>(BoundDataSet<T> data, IReadOnlyDictionary<int, double>? classWeights, ModelInfo info, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (classWeights is null)
            return data;
        if (!data.SampleWeights.IsEmpty)
            throw new ArgumentException("ClassWeights and sample weights are both set; one says what a row weighs.", nameof(classWeights));
        if (!data.HasTarget(0))
            throw new ArgumentException($"ClassWeights go by the target of output '{info.Outputs[0].Name}', which the data set does not hold.", nameof(classWeights));

        int steps = Math.Max(1, info.Outputs[0].TimeSteps);
        int rowLength = loss.TargetLength(info.Outputs[0]);
        int length = rowLength / steps;
        var scratch = new T[rowLength];
        // Rows in front of the data set's view have no weight that anyone reads.
        var weights = new T[checked((data.First + data.Rows) * steps)];
        for (int row = data.First; row < data.First + data.Rows; row++)
        {
            ReadOnlySpan<T> targets = data.Targets[0].Row(row, rowLength, scratch);
            for (int step = 0; step < steps; step++)
                weights[row * steps + step] = Of(targets.Slice(step * length, length), classWeights);
        }

        return data with { SampleWeights = weights, WeightsPerRow = steps };
    }

    /// <summary>The weight of one position.</summary>
    /// <param name="target">Its targets.</param>
    /// <param name="classWeights">A weight for each class.</param>
    public static T Of<T>(ReadOnlySpan<T> target, IReadOnlyDictionary<int, double> classWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int label = target.Length == 1 ? int.CreateTruncating(T.Round(target[0])) : Largest.IndexOf(target);
        return classWeights.TryGetValue(label, out double weight) ? T.CreateTruncating(weight) : T.One;
    }
}
