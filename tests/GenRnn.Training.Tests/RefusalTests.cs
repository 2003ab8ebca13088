using System;
using Xunit;

// What the analyzers say of options is wrong here on purpose.
#pragma warning disable GEN0613

namespace GenRnn.Training.Tests;

/// <summary>Options and data that do not fit are refused, in words, before anything changes.</summary>
public sealed class RefusalTests
{
    private static readonly AffineShape Shape = new(Features: 3, Units: 2, TimeSteps: 4, Batch: 8);

    [Fact]
    public void Data_that_do_not_fit_the_model()
    {
        Refuse(new DataSet<float>(new float[25], new float[16]), "input 'x' holds 25 values, which is not a multiple of 12");
        Refuse(new DataSet<float>(new float[24], new float[24]), "the target of output 'y' holds 3 rows (24 values, 8 a row); input 'x' holds 2");
        Refuse(new DataSet<float>(new float[24], new float[16], new float[3]), "sample weights holds 3 rows");
        Refuse(new DataSet<float>(Array.Empty<float>(), new float[16]), "The data set is empty: input 'x' of Affine holds no values; expected at least one row of 12.");
        Refuse(new DataSet<float>([], []), "The data set is empty: input 'x' of Affine");
        Refuse(new DataSet<float>(new float[24], []), "holds no target");
        Refuse(new DataSet<float>([new float[24], new float[24]], [new float[16]]), "has 1 input(s); the data set holds 2");
        Refuse(new DataSet<float>([new float[24]], [new float[16], new float[16]]), "has 1 output; the data set holds 2 targets.");
        Refuse(new DataSet<float>(new float[24], new float[16]).Slice(1, 2), "asks for rows 1 to 2; the data set holds 2 rows");
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataSet<float>(new float[24], new float[16]).Slice(0, 4).Slice(2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataSet<float>(new float[24], new float[16]).Slice(-1, 3));
        Assert.Equal("inputs", Assert.Throws<ArgumentNullException>(() => new DataSet<float>(null!, new float[16])).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentNullException>(() => new DataSet<float>(new float[24], null!)).ParamName);
    }

    // An output without a target would keep its random weights, and nothing would say so.
    [Fact]
    public void Fewer_targets_than_outputs()
    {
        var model = new AffineModel<float>(Shape with { HasSecondOutput = true });
        float[] before = model.Parameters.ToArray();
        const string Message = "Affine has 2 outputs (y, twice); the data set holds 1 target. Give each output an array, and an empty one to what shall not count.";
        foreach (DataSet<float> data in new DataSet<float>[] { new(new float[24], new float[16]), new([new float[24]], [new float[16]]) })
        {
            Assert.StartsWith(Message, Assert.Throws<ArgumentException>("data", () => model.Fit(data, Options())).Message, StringComparison.Ordinal);
            Assert.StartsWith(Message, Assert.Throws<ArgumentException>("data", () => model.Evaluate(data, Loss.MeanSquaredError)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, model.Parameters.ToArray());
        model.Fit(new DataSet<float>([new float[24]], [new float[16], default]), Options());
    }

    [Fact]
    public void Targets_that_are_no_classes()
    {
        var model = new AffineModel<float>(Shape);
        float[] before = model.Parameters.ToArray();
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.SparseCategoricalCrossentropy, Verbose = Verbosity.Silent };

        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => model.Fit(new DataSet<float>(new float[24], new float[] { 0, 1, 0, 1, 0, 1, 2, 0 }), options));
        Assert.Contains("target 6 is 2, no class of 0 to 1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.ToArray());
        Assert.Contains("which is not a multiple of 4", Assert.Throws<ArgumentException>(
            () => model.Fit(new DataSet<float>(new float[24], new float[6]), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_fit_the_model()
    {
        RefuseOptions(new FitOptions { Optimizer = null!, Loss = Loss.MeanSquaredError }, "Optimizer is null");
        RefuseOptions(new FitOptions { Optimizer = new Sgd(), Loss = null! }, "Loss is null");
        RefuseOptions(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Metrics = null! }, "Metrics is null");
        RefuseOptions(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, BatchSize = 9 }, "BatchSize is 1 to 8");
        RefuseOptions(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, BatchSize = 0 }, "BatchSize is 1 to 8");
        RefuseOptions(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 0 }, "Epochs is at least 1");
        RefuseOptions(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = 0 }, "Threads is at least 1");
        RefuseOptions(
            new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Validation = Models.Data<double>(Shape, 8) },
            "Validation holds Double values; Affine works on Single");
        RefuseOptions(
            new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Metrics = [Metric.MeanAbsoluteError, Metric.MeanAbsoluteError] },
            "Two results would be called 'mean_absolute_error'");
    }

    [Fact]
    public void A_stateful_model_wants_full_batches_in_order()
    {
        var model = new AffineModel<float>(Shape with { IsStateful = true });
        DataSet<float> full = Models.Data<float>(Shape, 16);
        Assert.Contains(
            "20 rows are not a multiple of its Batch, 8",
            Assert.Throws<ArgumentException>(() => model.Fit(Models.Data<float>(Shape, 20), Options())).Message,
            StringComparison.Ordinal);
        Assert.Contains("Leave Shuffle unset", Assert.Throws<ArgumentException>(() => model.Fit(full, Options(shuffle: true))).Message, StringComparison.Ordinal);
        Assert.Contains("BatchSize can't be 4", Assert.Throws<ArgumentException>(() => model.Fit(full, Options(batchSize: 4))).Message, StringComparison.Ordinal);
        ArgumentException validation = Assert.Throws<ArgumentException>(() => model.Fit(full, Options(validation: Models.Data<float>(Shape, 12))));
        Assert.Equal("Validation", validation.ParamName);
        Assert.Contains("12 rows", validation.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Evaluate(Models.Data<float>(Shape, 12), Loss.MeanSquaredError));
    }

    private static FitOptions Options(bool? shuffle = null, int? batchSize = null, DataSet? validation = null) =>
        new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Shuffle = shuffle, BatchSize = batchSize, Validation = validation };

    private static void Refuse(DataSet<float> data, string message)
    {
        var model = new AffineModel<float>(Shape);
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Fit(data, Options()));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("data", error.ParamName);
        Assert.Equal(new AffineModel<float>(Shape).Parameters.ToArray(), model.Parameters.ToArray());
    }

    private static void RefuseOptions(FitOptions options, string message)
    {
        var model = new AffineModel<float>(Shape);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => model.Fit(Models.Data<float>(Shape, 16), options));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(new AffineModel<float>(Shape).Parameters.ToArray(), model.Parameters.ToArray());
    }
}
