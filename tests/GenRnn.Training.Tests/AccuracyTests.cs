using System;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Accuracies against counting by hand.</summary>
public sealed class AccuracyTests
{
    [Fact]
    public void Binary_accuracy_takes_each_value_by_itself() =>
        Assert.Equal(4 / 6.0, Of(Metric.BinaryAccuracy, [1, 0, 1, 0, 1, 1], [0.9f, 0.5f, 0.4f, 0.51f, 1, 0.6f], 3), 1e-12);

    [Fact]
    public void Categorical_accuracy_compares_the_places_of_the_largest() =>
        Assert.Equal(0.5, Of(Metric.CategoricalAccuracy, [0, 1, 0, 0, 0, 1], [0.2f, 0.5f, 0.3f, 0.4f, 0.4f, 0.2f], 2), 1e-12);

    [Fact]
    public void Sparse_accuracy_takes_an_id() =>
        Assert.Equal(2 / 3.0, Of(Metric.SparseCategoricalAccuracy, [1, 0, 2], [0.2f, 0.8f, 0, 0.1f, 0.5f, 0.4f, 0, 0, 1], 3), 1e-12);

    [Fact]
    public void Accuracy_goes_by_shape()
    {
        Assert.Equal(0.5, Of(Metric.Accuracy, [1, 1], [0.6f, 0.4f], 2));
        Assert.Equal(1, Of(Metric.Accuracy, [1, 0], [0.2f, 0.8f, 0.7f, 0.3f], 2));
        Assert.Equal(0, Of(Metric.Accuracy, [1, 0, 0, 1], [0.2f, 0.8f, 0.7f, 0.3f], 2));
    }

    [Fact]
    public void It_is_a_mean_over_all_rows_so_far_and_sample_weights_do_not_reach_it()
    {
        MetricState<float> state = Metric.Accuracy.CreateState<float>();
        Assert.Equal(0, state.Result);
        state.Update(Batch([1], [0.9f], 1));
        state.Update(Batch([1, 1, 1], [0, 0, 0], 3, [5, 5, 5]));
        Assert.Equal(0.25, state.Result);
        state.Reset();
        Assert.Equal(0, state.Result);
    }

    [Fact]
    public void Targets_of_another_kind_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Of(Metric.CategoricalAccuracy, [1, 0], [0.2f, 0.8f, 0.7f, 0.3f], 2));
        Assert.Throws<ArgumentException>(() => Of(Metric.SparseCategoricalAccuracy, [1, 0, 0, 1], [0.2f, 0.8f, 0.7f, 0.3f], 2));
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        MetricState<float>[] states = [.. new[] { Metric.Accuracy, Metric.BinaryAccuracy, Metric.CategoricalAccuracy }.Select(m => m.CreateState<float>())];
        float[] targets = new float[12], predictions = new float[12], scratch = new float[28];
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (MetricState<float> state in states)
                state.Update(new PredictionBatch<float>(targets, predictions, 4, default, scratch));
            if (round > 0)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static double Of(Metric metric, float[] targets, float[] predictions, int positions)
    {
        MetricState<float> state = metric.CreateState<float>();
        state.Update(Batch(targets, predictions, positions));
        return state.Result;
    }

    private static PredictionBatch<float> Batch(float[] targets, float[] predictions, int positions, float[]? weights = null) =>
        new(targets, predictions, positions, weights ?? [], new float[predictions.Length + PredictionBatch<float>.ScratchPadding]);
}
