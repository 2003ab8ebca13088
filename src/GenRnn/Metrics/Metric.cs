using System.Numerics;

namespace GenRnn;

/// <summary>What training reports beside the loss, with Keras 3's definitions: a running mean over the rows of an epoch.</summary>
/// <remarks>Sample weights do not reach metrics, as in Keras' <c>metrics=</c>, but for those of 0: rows without weight and masked time steps are left out, whatever stands there.</remarks>
public abstract class Metric
{
    /// <param name="name">The name in logs.</param>
    protected Metric(string name) => Name = name;

    /// <summary>Mean of (target - prediction)^2; <c>mean_squared_error</c> in logs.</summary>
    public static Metric MeanSquaredError { get; } = new LossMetric(Loss.MeanSquaredError.Name, Loss.MeanSquaredError);

    /// <summary>Mean of |target - prediction|; <c>mean_absolute_error</c> in logs.</summary>
    public static Metric MeanAbsoluteError { get; } = new LossMetric(Loss.MeanAbsoluteError.Name, Loss.MeanAbsoluteError);

    /// <summary>Square root of the mean, over all rows so far, of (target - prediction)^2; <c>root_mean_squared_error</c> in logs.</summary>
    public static Metric RootMeanSquaredError { get; } = new LossMetric("root_mean_squared_error", Loss.MeanSquaredError, takesRoot: true);

    /// <summary>The share of right predictions, by shape, as Keras' "accuracy": <see cref="BinaryAccuracy"/> for an output of one value,
    /// <see cref="SparseCategoricalAccuracy"/> where a position has one target, else <see cref="CategoricalAccuracy"/>; <c>accuracy</c> in logs.</summary>
    public static Metric Accuracy { get; } = new AccuracyMetric("accuracy", AccuracyKind.ByShape);

    /// <summary>The share of values that are above 1/2 exactly where the target is 1; <c>binary_accuracy</c> in logs.</summary>
    public static Metric BinaryAccuracy { get; } = new AccuracyMetric("binary_accuracy", AccuracyKind.Binary);

    /// <summary>The share of positions whose largest prediction stands where the largest target does; <c>categorical_accuracy</c> in logs.</summary>
    public static Metric CategoricalAccuracy { get; } = new AccuracyMetric("categorical_accuracy", AccuracyKind.Categorical);

    /// <summary>The share of positions whose largest prediction is that of the target's class; <c>sparse_categorical_accuracy</c> in logs.</summary>
    public static Metric SparseCategoricalAccuracy { get; } = new AccuracyMetric("sparse_categorical_accuracy", AccuracyKind.Sparse);

    /// <summary>The share of positions where the class of the largest target is among the 5 largest predictions; <c>top_k_categorical_accuracy</c> in logs. Among others than 5:
    /// <see cref="GenRnn.TopKCategoricalAccuracy"/>.</summary>
    public static Metric TopKCategoricalAccuracy { get; } = new TopKCategoricalAccuracy();

    /// <summary>The share of positions where the target's class is among the 5 largest predictions; <c>sparse_top_k_categorical_accuracy</c> in logs. Among others than 5:
    /// <see cref="GenRnn.SparseTopKCategoricalAccuracy"/>.</summary>
    public static Metric SparseTopKCategoricalAccuracy { get; } = new SparseTopKCategoricalAccuracy();

    /// <summary>The name in logs.</summary>
    public string Name { get; }

    /// <summary>A running value of this metric, empty.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    public abstract MetricState<T> CreateState<T>()
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
