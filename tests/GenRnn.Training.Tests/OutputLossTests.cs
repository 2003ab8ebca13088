using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>A loss, a weight and metrics for each output.</summary>
public sealed class OutputLossTests
{
    private static readonly AffineShape s_shape = new(Features: 2, Units: 1, Batch: 16, HasSecondOutput: true);
    private static readonly double[] s_x = Models.Random<double>(50 * 2, 1), s_y = Models.Random<double>(50, 2), s_twice = Models.Random<double>(50, 3);

    private static DataSet<double> Data => new([s_x], [s_y, s_twice]);

    private static Loss Losses => Loss.ForOutputs(new Dictionary<string, Loss> { ["y"] = Loss.Huber, ["twice"] = Loss.MeanAbsoluteError });

    /// <summary>The loss is the weighted sum over rows; that of each output is the plain mean over batches, as in Keras, without its weight.</summary>
    [Fact]
    public void Each_output_has_its_own()
    {
        var model = new AffineModel<double>(s_shape);
        var options = new FitOptions
        {
            Optimizer = new Sgd { LearningRate = 0 },
            Loss = Losses,
            LossWeights = new Dictionary<string, double> { ["twice"] = 0.3 },
            Metrics = [Metric.MeanSquaredError.For("y")],
            WeightedMetrics = [Metric.MeanAbsoluteError.For("twice")],
            Validation = Data.Slice(0, 20),
            Shuffle = false,
            Verbose = Verbosity.Silent,
        };
        Logs logs = model.Fit(Data, options).Epochs[0].Logs;
        Assert.Equal(
            ["loss", "twice_loss", "twice_mean_absolute_error", "val_loss", "val_twice_loss", "val_twice_mean_absolute_error", "val_y_loss", "val_y_mean_squared_error", "y_loss", "y_mean_squared_error"],
            logs.Select(l => l.Key));
        double[] ofY = Batches(rows => Alone(rows, s_y, isFirst: true, Loss.Huber)), ofTwice = Batches(rows => Alone(rows, s_twice, isFirst: false, Loss.MeanAbsoluteError));
        double[] rows = [16, 16, 16, 2];
        Assert.Equal(ofY.Average(), logs["y_loss"], 1e-14);
        Assert.Equal(ofTwice.Average(), logs["twice_loss"], 1e-14);
        Assert.Equal(Enumerable.Range(0, 4).Sum(i => rows[i] * (ofY[i] + 0.3 * ofTwice[i])) / 50, logs.Loss, 1e-14);
        Assert.Equal(Enumerable.Range(0, 4).Sum(i => rows[i] * ofTwice[i]) / 50, logs["twice_mean_absolute_error"], 1e-14);
    }

    /// <summary>A step by both is the sum of a step by each, times its weight.</summary>
    [Fact]
    public void Gradients_are_weighted()
    {
        double[] both = Step(Losses, new() { ["y"] = 2, ["twice"] = 0.25 }), y = Step(Loss.ForOutputs(new Dictionary<string, Loss> { ["y"] = Loss.Huber }), []), twice = Step(Losses, new() { ["y"] = 0 });
        for (int i = 0; i < both.Length; i++)
            Assert.Equal(2 * y[i] + 0.25 * twice[i], both[i], 1e-14);
        Assert.NotEqual(y, twice);
    }

    [Fact]
    public void Wrong_names_and_weights_are_refused_before_anything_runs()
    {
        Assert.Equal("Loss names the output 'z'; Affine has y, twice. (Parameter 'name')", Refusal(Loss.ForOutputs(new Dictionary<string, Loss> { ["z"] = Loss.Huber }), []));
        Assert.StartsWith("LossWeights names the output 'z'; Affine has y, twice.", Refusal(Losses, new() { ["z"] = 1 }), StringComparison.Ordinal);
        Assert.StartsWith("LossWeights['y'] is a number from 0.", Refusal(Losses, new() { ["y"] = -1 }), StringComparison.Ordinal);
        Assert.StartsWith("For names the output 'z'", Refusal(Losses, [], Metric.MeanSquaredError.For("z")), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Loss.ForOutputs(new Dictionary<string, Loss>()));
        Assert.Throws<ArgumentException>(() => Loss.ForOutputs(new Dictionary<string, Loss> { ["y"] = Losses }));
        Assert.Throws<InvalidOperationException>(() => Losses.WithReduction(Reduction.Sum));
    }

    /// <summary>The gradient of each is held against finite differences.</summary>
    [Fact]
    public void Each_is_checked()
    {
        var wrong = Loss.FromFormula("wrong", (y, p) => (y - p) * (y - p), (y, p) => y - p);
        var options = new FitOptions
        {
            Optimizer = new Sgd(), Loss = Loss.ForOutputs(new Dictionary<string, Loss> { ["y"] = Loss.Huber, ["twice"] = wrong }), CheckLossGradient = true, Verbose = Verbosity.Silent,
        };
        Assert.StartsWith("wrong:", Assert.Throws<InvalidOperationException>(() => new AffineModel<double>(s_shape).Fit(Data, options)).Message, StringComparison.Ordinal);
    }

    private static string Refusal(Loss loss, Dictionary<string, double> weights, params Metric[] metrics) => Assert.ThrowsAny<ArgumentException>(
        () => new Trainer<double>(new AffineModel<double>(s_shape), new FitOptions { Optimizer = new Sgd(), Loss = loss, LossWeights = weights, Metrics = metrics })).Message;

    private static double[] Step(Loss loss, Dictionary<string, double> weights)
    {
        var model = new AffineModel<double>(s_shape);
        double[] before = model.Parameters.ToArray();
        using var trainer = new Trainer<double>(model, new FitOptions { Optimizer = new Sgd { LearningRate = 1 }, Loss = loss, LossWeights = weights });
        trainer.TrainOnBatch(Data.Slice(0, 16));
        return [.. before.Zip(model.Parameters.ToArray(), (a, b) => a - b)];
    }

    private static double[] Batches(Func<(int First, int Count), double> loss) => [.. new[] { (0, 16), (16, 16), (32, 16), (48, 2) }.Select(loss)];

    private static double Alone((int First, int Count) rows, double[] target, bool isFirst, Loss loss)
    {
        DataSet<double> all = isFirst ? new([s_x], [target, default]) : new([s_x], [default, target]);
        return new AffineModel<double>(s_shape).Evaluate(all.Slice(rows.First, rows.Count), loss).Loss;
    }
}
