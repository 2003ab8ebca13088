using System;

namespace GenRnn;

/// <summary>The share of positions where the target's class is among the k largest predictions: Keras' <c>SparseTopKCategoricalAccuracy</c>.</summary>
/// <remarks>All predictions that are equal at the border count as among them, as in TensorFlow; where one is not a finite number the position is wrong.</remarks>
/// <param name="k">How many predictions count; 5 unless said.</param>
/// <param name="name">The name in logs: another one for each of several.</param>
public sealed class SparseTopKCategoricalAccuracy(int k = 5, string name = "sparse_top_k_categorical_accuracy") : Metric(name)
{
    /// <summary>How many predictions count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int K { get; } = k >= 1 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "At least the largest prediction counts.");

    /// <inheritdoc/>
    public override MetricState<T> CreateState<T>() => new AccuracyState<T>(Name, AccuracyKind.SparseTopK, K);
}
