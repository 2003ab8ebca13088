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

        ReadOnlySpan<T> targets = data.Targets[0].Span;
        int steps = Math.Max(1, info.Outputs[0].TimeSteps);
        int length = loss.TargetLength(info.Outputs[0]) / steps;
        var weights = new T[targets.Length / length];
        for (int i = 0; i < weights.Length; i++)
        {
            ReadOnlySpan<T> target = targets.Slice(i * length, length);
            int label = length == 1 ? int.CreateTruncating(T.Round(target[0])) : Largest.IndexOf(target);
            weights[i] = classWeights.TryGetValue(label, out double weight) ? T.CreateTruncating(weight) : T.One;
        }

        return data with { SampleWeights = weights, WeightsPerRow = steps };
    }
}
