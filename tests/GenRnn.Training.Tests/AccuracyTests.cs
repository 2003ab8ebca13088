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

    /// <summary>Those of TensorFlow's page: larger ones are counted, so all that are equal at the border are among the first k.</summary>
    [Theory]
    [InlineData(1, 1 / 4.0)]
    [InlineData(2, 3 / 4.0)]
    [InlineData(4, 1)]
    [InlineData(9, 1)]
    public void Top_k_accuracy_counts_what_is_larger(int k, double expected)
    {
        float[] predictions = [1.2f, -0.3f, 2.8f, 5.2f, 0.1f, 0, 0, 0, 0, 0.5f, 0.3f, 0.3f, 4, 3, 2, 1];
        Assert.Equal(expected, Of(new SparseTopKCategoricalAccuracy(k), [0, 1, 3, 0], predictions, 4));
        Assert.Equal(expected, Of(new TopKCategoricalAccuracy(k), [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0], predictions, 4));
    }

    [Fact]
    public void Top_k_accuracy_has_a_name_and_a_k_of_5()
    {
        Assert.Equal((5, "top_k_categorical_accuracy"), (((TopKCategoricalAccuracy)Metric.TopKCategoricalAccuracy).K, Metric.TopKCategoricalAccuracy.Name));
        Assert.Equal((5, "sparse_top_k_categorical_accuracy"), (((SparseTopKCategoricalAccuracy)Metric.SparseTopKCategoricalAccuracy).K, Metric.SparseTopKCategoricalAccuracy.Name));
        Assert.Equal("top_3", new TopKCategoricalAccuracy(3, "top_3").Name);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKCategoricalAccuracy(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseTopKCategoricalAccuracy(-1));
        Assert.Equal(0.5, Of(Metric.SparseTopKCategoricalAccuracy, [0, 5], [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], 2));
    }

    [Fact]
    public void What_is_no_class_or_no_number_is_not_among_the_first() =>
        Assert.Equal(1 / 6.0, Of(new SparseTopKCategoricalAccuracy(9), [0, 2, -1, float.NaN, 0, 1], [1, 2, 1, 2, 1, 2, 1, 2, 1, float.NaN, float.PositiveInfinity, 1], 6));

    [Fact]
    public void Accuracy_goes_by_shape()
    {
        Assert.Equal(0.5, Of(Metric.Accuracy, [1, 1], [0.6f, 0.4f], 2));
        Assert.Equal(1, Of(Metric.Accuracy, [1, 0], [0.2f, 0.8f, 0.7f, 0.3f], 2));
        Assert.Equal(0, Of(Metric.Accuracy, [1, 0, 0, 1], [0.2f, 0.8f, 0.7f, 0.3f], 2));
    }

    [Fact]
    public void It_is_a_mean_over_all_rows_so_far_each_by_its_weight()
    {
        MetricState<float> state = Metric.Accuracy.CreateState<float>();
        Assert.Equal(0, state.Result);
        state.Update(Batch([1], [0.9f], 1));
        state.Update(Batch([1, 1, 1], [0, 0, 0], 3, [5, 5, 5]));
        Assert.Equal(1 / 16.0, state.Result);
        state.Reset();
        Assert.Equal(0, state.Result);
    }

    [Fact]
    public void Targets_of_another_kind_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Of(Metric.CategoricalAccuracy, [1, 0], [0.2f, 0.8f, 0.7f, 0.3f], 2));
        Assert.Throws<ArgumentException>(() => Of(Metric.SparseCategoricalAccuracy, [1, 0, 0, 1], [0.2f, 0.8f, 0.7f, 0.3f], 2));
        Assert.Throws<ArgumentException>(() => Of(Metric.TopKCategoricalAccuracy, [1, 0], [0.2f, 0.8f, 0.7f, 0.3f], 2));
        Assert.Throws<ArgumentException>(() => Of(Metric.SparseTopKCategoricalAccuracy, [1, 0, 0, 1], [0.2f, 0.8f, 0.7f, 0.3f], 2));
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        MetricState<float>[] states = [.. new[] { Metric.Accuracy, Metric.BinaryAccuracy, Metric.CategoricalAccuracy, Metric.TopKCategoricalAccuracy }.Select(m => m.CreateState<float>())];
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
