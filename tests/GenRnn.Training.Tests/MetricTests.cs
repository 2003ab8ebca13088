using System;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Metrics that Keras does not have, and what all have in common.</summary>
public sealed class MetricTests
{
    [Fact]
    public void The_symmetric_percentage_error_is_200_over_the_sum_of_sizes()
    {
        Assert.Equal((200 * 1.0 / 3 + 200 * 2.0 / 2 + 0) / 3, Of(Metric.SymmetricMeanAbsolutePercentageError, [1, 0, 0], [2, -2, 0], 3), 1e-12);
    }

    [Fact]
    public void The_scaled_error_is_that_of_the_forecast_a_season_ago()
    {
        double[] series = [1, 5, 2, 7, 1, 9];
        // |2-1|, |7-5|, |1-2|, |9-7|: 6 / 4.
        Assert.Equal(2.5 / 1.5, Of(Metric.MeanAbsoluteScaledError<double>(series, 2), [1, 2], [4, 0], 2), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.MeanAbsoluteScaledError<double>([1, 2, 3], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.MeanAbsoluteScaledError<double>([1, 2, 1, 2], 2));
    }

    [Fact]
    public void A_confusion_matrix_counts_by_ids_and_by_places()
    {
        double[] predictions = [0.9, 0.1, 0, 0, 0.2, 0.8, 0.1, 0.7, 0.2, 0, 1, 0];
        foreach (double[] targets in (double[][])[[0, 2, 2, 1], [1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0]])
        {
            MetricState<double> state = new ConfusionMatrix(3).CreateState<double>();
            state.Update(Batch(targets, predictions, 4, [1, 1, 2, 1]));
            Assert.Equal([1, 0, 0, 0, 1, 0, 0, 2, 1], state.Results);
            Assert.Equal(3 / 5.0, state.Result);
        }

        MetricState<double> refusing = new ConfusionMatrix(3).CreateState<double>();
        Assert.Contains("target 0 is 3, no class of 0 to 2", Assert.Throws<ArgumentException>(() => refusing.Update(Batch([3], [0, 0, 1], 1, []))).Message, StringComparison.Ordinal);
        refusing.Update(Batch([3, 1], [0, 0, 1, 0, 1, 0], 2, [0, 1]));
        Assert.Equal(1, refusing.Result);
    }

    [Fact]
    public void Weights_reach_weighted_metrics_alone()
    {
        var shape = new AffineShape(Features: 3, Units: 2, Batch: 8);
        double[] x = Models.Random<double>(20 * 3, 1), y = Models.Random<double>(20 * 2, 2), weights = Models.Random<double>(20, 3);
        var model = new AffineModel<double>(shape);
        var predictions = new double[40];
        model.Predict(x, predictions);
        double[] errors = [.. Enumerable.Range(0, 20).Select(row => (Math.Abs(predictions[2 * row] - y[2 * row]) + Math.Abs(predictions[2 * row + 1] - y[2 * row + 1])) / 2)];
        History history = model.Fit(new DataSet<double>(x, y, weights), new FitOptions
        {
            Optimizer = new Sgd { LearningRate = 0 },
            Loss = Loss.MeanSquaredError,
            Metrics = [Metric.MeanAbsoluteError],
            WeightedMetrics = [Metric.Of(Loss.MeanAbsoluteError, "weighted")],
        });
        Assert.Equal(errors.Average(), history["mean_absolute_error"][0], 1e-12);
        Assert.Equal(errors.Zip(weights, (e, w) => e * w).Sum() / weights.Sum(), history["weighted"][0], 1e-12);
    }

    private static double Of(Metric metric, double[] targets, double[] predictions, int positions)
    {
        MetricState<double> state = metric.CreateState<double>();
        state.Update(Batch(targets, predictions, positions, []));
        return state.Result;
    }

    private static PredictionBatch<double> Batch(double[] targets, double[] predictions, int positions, double[] weights) =>
        new(targets, predictions, positions, weights, new double[predictions.Length + PredictionBatch<double>.ScratchPadding]);
}
