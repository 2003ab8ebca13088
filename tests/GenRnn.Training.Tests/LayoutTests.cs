using System;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Sequences in both layouts, several inputs and several outputs: how rows of a data set become a batch.</summary>
public sealed class LayoutTests
{
    private static readonly FitOptions Options = new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 3, Seed = 2 };

    /// <summary>Arrays, collection expressions and memory, in any combination that C# can name the type of.</summary>
    [Fact]
    public void The_same_data_in_every_form()
    {
        double[] x = [1, 2, 3, 4];
        double[] y = [0, 1];
        double[] weights = [0.5, 2];
        var model = new AffineModel<double>(new AffineShape(Features: 2, Units: 1, TimeSteps: 1, Batch: 2));
        DataSet<double>[] plain = [new(x, [0, 1]), new([1, 2, 3, 4], [0, 1]), new(x, y, null), new(x, y, []), new(x.AsMemory(), y), new([x], [y])];
        DataSet<double>[] weighted = [new(x, y, weights), new([1, 2, 3, 4], [0, 1], [0.5, 2]), new(x, y, weights.AsMemory()), new(x.AsMemory(), y.AsMemory(), weights), new([x], [y], weights)];

        double Loss(DataSet<double> data) => model.Evaluate(data, GenRnn.Loss.MeanSquaredError).Loss;
        Assert.Single(plain.Select(Loss).Distinct());
        Assert.Single(weighted.Select(Loss).Distinct());
        Assert.NotEqual(Loss(plain[0]), Loss(weighted[0]));
    }

    [Fact]
    public void A_time_major_model_trains_on_row_first_data()
    {
        var shape = new AffineShape(Features: 3, Units: 2, TimeSteps: 5, Batch: 8);
        var batchMajor = new AffineModel<double>(shape);
        var timeMajor = new AffineModel<double>(shape with { Layout = DataLayout.TimeMajor });
        DataSet<double> data = Models.Data<double>(shape, 21, weighted: true);

        History expected = batchMajor.Fit(data, Options);
        History actual = timeMajor.Fit(data, Options);

        // Sums run over the same values in another order.
        for (int i = 0; i < batchMajor.Parameters.Length; i++)
            Assert.Equal(batchMajor.Parameters[i], timeMajor.Parameters[i], 1e-12);
        for (int epoch = 0; epoch < 3; epoch++)
            Assert.Equal(expected["loss"][epoch], actual["loss"][epoch], 1e-12);
        Assert.Equal(batchMajor.Evaluate(data, Loss.MeanAbsoluteError).Loss, timeMajor.Evaluate(data, Loss.MeanAbsoluteError).Loss, 1e-12);
    }

    [Fact]
    public void A_rows_weight_counts_for_each_time_step()
    {
        foreach (DataLayout layout in Enum.GetValues<DataLayout>())
        {
            var shape = new AffineShape(Features: 1, Units: 2, TimeSteps: 3, Batch: 2, Layout: layout);
            var model = new AffineModel<double>(shape);
            double[] x = Models.Random<double>(2 * 3, 1);
            double[] y = Models.Random<double>(2 * 3 * 2, 2);
            var predictions = new double[12];
            new AffineModel<double>(shape with { Layout = DataLayout.BatchMajor }).Predict(x, predictions);
            double expected = predictions.Select((p, i) => (p - y[i]) * (p - y[i]) * (i < 6 ? 0.25 : 3)).Sum() / 12;
            Assert.Equal(expected, model.Evaluate(new DataSet<double>(x, y, new double[] { 0.25, 3 }), Loss.MeanSquaredError).Loss, 1e-12);
        }
    }

    [Fact]
    public void Several_inputs_are_packed_item_after_item()
    {
        var shape = new AffineShape(Features: 2, Units: 2, HasSecondInput: true);
        double[] x = Models.Random<double>(50 * 2, 1);
        double[] offsets = Models.Random<double>(50 * 2, 2);
        double[] y = Models.Random<double>(50 * 2, 3);
        var two = new AffineModel<double>(shape);
        two.Fit(new DataSet<double>([x, offsets], [y]), Options);

        // y = xW + b + offset has the gradients of y - offset = xW + b.
        var one = new AffineModel<double>(shape with { HasSecondInput = false });
        one.Fit(new DataSet<double>(x, y.Zip(offsets, (a, b) => a - b).ToArray()), Options);
        for (int i = 0; i < one.Parameters.Length; i++)
            Assert.Equal(one.Parameters[i], two.Parameters[i], 1e-12);
    }

    [Fact]
    public void An_output_without_a_target_weighs_nothing()
    {
        var shape = new AffineShape(Features: 2, Units: 2, HasSecondOutput: true);
        DataSet<double> data = Models.Data<double>(shape, 50);
        var two = new AffineModel<double>(shape);
        var one = new AffineModel<double>(shape with { HasSecondOutput = false });
        DataSet<double> alone = Models.Data<double>(shape with { HasSecondOutput = false }, 50);
        Assert.Equal(one.Fit(alone, Options)["loss"], two.Fit(data, Options)["loss"]);
        Assert.Equal(one.Parameters.ToArray(), two.Parameters.ToArray());
    }

    [Fact]
    public void The_loss_is_the_sum_over_outputs_and_metrics_are_named_after_them()
    {
        var shape = new AffineShape(Features: 2, Units: 1, HasSecondOutput: true);
        double[] x = Models.Random<double>(50 * 2, 1);
        double[] y = Models.Random<double>(50, 2);
        double[] twice = Models.Random<double>(50, 3);
        var model = new AffineModel<double>(shape);
        Logs both = model.Evaluate(new DataSet<double>([x], [y, twice]), Loss.MeanSquaredError, Metric.MeanAbsoluteError);
        Logs first = model.Evaluate(new DataSet<double>([x], [y, default]), Loss.MeanSquaredError, Metric.MeanAbsoluteError);
        Logs second = model.Evaluate(new DataSet<double>([x], [default, twice]), Loss.MeanSquaredError, Metric.MeanAbsoluteError);
        Assert.Equal(first.Loss + second.Loss, both.Loss, 1e-12);
        Assert.Equal(["loss", "twice_loss", "twice_mean_absolute_error", "y_loss", "y_mean_absolute_error"], both.Select(entry => entry.Key));
        Assert.Equal(first["mean_absolute_error"], both["y_mean_absolute_error"]);
        Assert.Equal(second["mean_absolute_error"], both["twice_mean_absolute_error"]);

        model.Fit(new DataSet<double>([x], [y, twice]), new FitOptions { Optimizer = new Adam { LearningRate = 0.05 }, Loss = Loss.MeanSquaredError, Epochs = 50 });
        Assert.True(model.Evaluate(new DataSet<double>([x], [y, twice]), Loss.MeanSquaredError).Loss < both.Loss / 2);
    }

    [Fact]
    public void A_slice_is_a_view_of_its_rows()
    {
        var shape = new AffineShape(Features: 2, Units: 1);
        DataSet<double> all = Models.Data<double>(shape, 50);
        DataSet<double> slice = all.Slice(10, 30).Slice(5, 20);
        var model = new AffineModel<double>(shape) { Records = true };
        Assert.Equal((50, 20), (all.RowsFor(model.Info), slice.RowsFor(model.Info)));
        model.Fit(slice, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Shuffle = false });
        Assert.Equal([.. Enumerable.Range(15, 20).Select(row => (double)(row / 1000f))], model.SeenRows.Single());
    }
}
