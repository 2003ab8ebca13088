using System;
using System.Numerics;

namespace GenRnn;

/// <summary>What training reports beside the loss, with Keras 3's definitions, over the rows of an epoch.</summary>
/// <remarks>
/// Sample weights reach those in <see cref="FitOptions.WeightedMetrics"/>, not those in <see cref="FitOptions.Metrics"/>. Rows of weight 0 and masked time steps are left out of both, whatever stands there.
/// </remarks>
public abstract class Metric
{
    /// <param name="name">The name in logs.</param>
    protected Metric(string name) => Name = name;

    /// <summary>Mean of (target - prediction)^2; <c>mean_squared_error</c> in logs.</summary>
    public static Metric MeanSquaredError { get; } = new LossMetric(Loss.MeanSquaredError.Name, Loss.MeanSquaredError);

    /// <summary>Mean of |target - prediction|; <c>mean_absolute_error</c> in logs.</summary>
    public static Metric MeanAbsoluteError { get; } = new LossMetric(Loss.MeanAbsoluteError.Name, Loss.MeanAbsoluteError);

    /// <summary>Mean of 100 |target - prediction| / max(|target|, 1e-7); <c>mean_absolute_percentage_error</c> in logs.</summary>
    public static Metric MeanAbsolutePercentageError { get; } = Of(Loss.MeanAbsolutePercentageError);

    /// <summary>Mean of (ln(target + 1) - ln(prediction + 1))^2; <c>mean_squared_logarithmic_error</c> in logs.</summary>
    public static Metric MeanSquaredLogarithmicError { get; } = Of(Loss.MeanSquaredLogarithmicError);

    /// <summary>Mean of 200 |target - prediction| / max(|target| + |prediction|, 1e-7), sMAPE; <c>symmetric_mean_absolute_percentage_error</c> in logs.</summary>
    public static Metric SymmetricMeanAbsolutePercentageError { get; } = Of(Loss.SymmetricMeanAbsolutePercentageError);

    /// <summary>Mean of ln cosh(prediction - target); <c>logcosh</c> in logs.</summary>
    public static Metric LogCoshError { get; } = Of(Loss.LogCosh, "logcosh");

    /// <summary>Mean of prediction - target ln prediction; <c>poisson</c> in logs.</summary>
    public static Metric Poisson { get; } = Of(Loss.Poisson);

    /// <summary>Mean of target ln(target / prediction), summed over classes; <c>kl_divergence</c> in logs.</summary>
    public static Metric KLDivergence { get; } = Of(Loss.KLDivergence);

    /// <summary>Mean cosine of the angle between target and prediction (the loss is minus this); <c>cosine_similarity</c> in logs.</summary>
    public static Metric CosineSimilarity { get; } = new LossMetric("cosine_similarity", Loss.CosineSimilarity, factor: -1);

    /// <summary>Cross-entropy of probabilities; <c>binary_crossentropy</c> in logs.</summary>
    public static Metric BinaryCrossentropy { get; } = Of(Loss.BinaryCrossentropy);

    /// <summary>Cross-entropy of probabilities; <c>categorical_crossentropy</c> in logs.</summary>
    public static Metric CategoricalCrossentropy { get; } = Of(Loss.CategoricalCrossentropy);

    /// <summary>Cross-entropy of probabilities; <c>sparse_categorical_crossentropy</c> in logs.</summary>
    public static Metric SparseCategoricalCrossentropy { get; } = Of(Loss.SparseCategoricalCrossentropy);

    /// <summary>The share of the targets' variance that is explained; <c>r2_score</c> in logs.</summary>
    public static Metric R2Score { get; } = new R2Score();

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

    /// <summary>Any loss as a metric: the mean of its values, each by its weight.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="name">The name in logs; the loss's unless said.</param>
    public static Metric Of(Loss loss, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new LossMetric(name ?? loss.Name, loss);
    }

    /// <summary>Mean absolute error over that of the forecast "as one season ago" on the training part (Hyndman and Koehler, 2006): MASE; <c>mean_absolute_scaled_error</c> in logs.</summary>
    /// <typeparam name="T">The element type of the series.</typeparam>
    /// <param name="training">The training part of the series, in the units of the targets.</param>
    /// <param name="season">How many steps ago, m: 1 for the step before.</param>
    /// <exception cref="ArgumentOutOfRangeException">The season is not shorter than the series, or nothing changes in the series.</exception>
    public static Metric MeanAbsoluteScaledError<T>(ReadOnlySpan<T> training, int season = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(season);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(season, training.Length);
        double sum = 0;
        for (int i = season; i < training.Length; i++)
            sum += double.Abs(double.CreateTruncating(training[i]) - double.CreateTruncating(training[i - season]));
        double scale = sum / (training.Length - season);
        if (!(scale > 0))
            throw new ArgumentOutOfRangeException(nameof(training), scale, "The series does not change over a season: there is nothing to scale by.");
        return new LossMetric("mean_absolute_scaled_error", Loss.MeanAbsoluteError, factor: 1 / scale);
    }

    /// <summary>True positives over all that are predicted as positive; 0 where none is. <c>precision</c> in logs.</summary>
    /// <param name="threshold">Above which prediction a value is predicted as positive.</param>
    /// <param name="name">The name in logs.</param>
    public static Metric Precision(double threshold = 0.5, string name = "precision") => new ConfusionMetric(name, threshold, static c => c.Precision);

    /// <summary>True positives over all that are positive; 0 where none is. <c>recall</c> in logs.</summary>
    /// <param name="threshold">Above which prediction a value is predicted as positive.</param>
    /// <param name="name">The name in logs.</param>
    public static Metric Recall(double threshold = 0.5, string name = "recall") => new ConfusionMetric(name, threshold, static c => c.Recall);

    /// <summary>How many positives were predicted as such; <c>true_positives</c> in logs.</summary>
    /// <param name="threshold">Above which prediction a value is predicted as positive.</param>
    /// <param name="name">The name in logs.</param>
    public static Metric TruePositives(double threshold = 0.5, string name = "true_positives") => new ConfusionMetric(name, threshold, static c => c.TruePositives);

    /// <summary>How many negatives were predicted as such; <c>true_negatives</c> in logs.</summary>
    /// <param name="threshold">Above which prediction a value is predicted as positive.</param>
    /// <param name="name">The name in logs.</param>
    public static Metric TrueNegatives(double threshold = 0.5, string name = "true_negatives") => new ConfusionMetric(name, threshold, static c => c.TrueNegatives);

    /// <summary>How many negatives were predicted as positives; <c>false_positives</c> in logs.</summary>
    /// <param name="threshold">Above which prediction a value is predicted as positive.</param>
    /// <param name="name">The name in logs.</param>
    public static Metric FalsePositives(double threshold = 0.5, string name = "false_positives") => new ConfusionMetric(name, threshold, static c => c.FalsePositives);

    /// <summary>How many positives were predicted as negatives; <c>false_negatives</c> in logs.</summary>
    /// <param name="threshold">Above which prediction a value is predicted as positive.</param>
    /// <param name="name">The name in logs.</param>
    public static Metric FalseNegatives(double threshold = 0.5, string name = "false_negatives") => new ConfusionMetric(name, threshold, static c => c.FalseNegatives);

    /// <summary>The best precision of all thresholds at which the recall is large enough; <c>precision_at_recall</c> in logs.</summary>
    /// <param name="recall">The least recall.</param>
    /// <param name="thresholds">Number of thresholds, spread evenly over 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The recall is not between 0 and 1, or there are fewer than 2 thresholds.</exception>
    public static Metric PrecisionAtRecall(double recall, int thresholds = 200) =>
        Best("precision_at_recall", recall, thresholds, static c => c.Recall, static c => c.Precision);

    /// <summary>The best recall of all thresholds at which the precision is large enough; <c>recall_at_precision</c> in logs.</summary>
    /// <param name="precision">The least precision.</param>
    /// <param name="thresholds">Number of thresholds, spread evenly over 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The precision is not between 0 and 1, or there are fewer than 2 thresholds.</exception>
    public static Metric RecallAtPrecision(double precision, int thresholds = 200) =>
        Best("recall_at_precision", precision, thresholds, static c => c.Precision, static c => c.Recall);

    /// <summary>The best recall of all thresholds at which the share of true negatives among all negatives is large enough; <c>sensitivity_at_specificity</c> in logs.</summary>
    /// <param name="specificity">The least share.</param>
    /// <param name="thresholds">Number of thresholds, spread evenly over 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1, or there are fewer than 2 thresholds.</exception>
    public static Metric SensitivityAtSpecificity(double specificity, int thresholds = 200) =>
        Best("sensitivity_at_specificity", specificity, thresholds, static c => c.Specificity, static c => c.Recall);

    /// <summary>The name in logs.</summary>
    public string Name { get; }

    /// <summary>A running value of this metric, empty.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    public abstract MetricState<T> CreateState<T>()
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same metric of one output alone, in a model with several: Keras' <c>metrics={"price": ["mae"]}</c>.</summary>
    /// <param name="output">The output's name (<see cref="ModelInfo.Outputs"/>). With several outputs that have targets the name in logs is the output's, an underscore, and the metric's.</param>
    public Metric For(string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        return new OutputMetric(this, output);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether it is reported for an output.</summary>
    internal virtual bool IsOf(TensorInfo tensor) => true;

    /// <summary>The same metric of what an output's activation was given, if it is known of that; else null. See <see cref="Loss.OnLogits"/>.</summary>
    internal virtual Metric? OnLogits(Activation activation) => null;

    /// <summary>Checks that the model has the output that the metric names.</summary>
    /// <exception cref="ArgumentException">It has not.</exception>
    internal virtual void CheckOutputs(ModelInfo info)
    {
    }

    private static BestAtThreshold Best(string name, double least, int thresholds, Func<Confusion, double> condition, Func<Confusion, double> value)
    {
        if (!(least >= 0 && least <= 1))
            throw new ArgumentOutOfRangeException(nameof(least), least, $"What {name} is given lies between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(thresholds, 2);
        return new BestAtThreshold(name, thresholds, least, condition, value);
    }
}
