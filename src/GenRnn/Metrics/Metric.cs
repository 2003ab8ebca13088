using System.Numerics;

namespace GenRnn;

/// <summary>What training reports beside the loss, with Keras 3's definitions: a running mean over the rows of an epoch.</summary>
/// <remarks>Sample weights do not reach metrics, as in Keras' <c>metrics=</c>; masked time steps are left out.</remarks>
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

    /// <summary>The name in logs.</summary>
    public string Name { get; }

    /// <summary>A running value of this metric, empty.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    public abstract MetricState<T> CreateState<T>()
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
