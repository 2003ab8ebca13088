using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary><c>Fit</c> and <c>Evaluate</c> from end to end on a model written by hand.</summary>
public sealed class FitTests
{
    private static readonly AffineShape Shape = new(Features: 3, Units: 2);

    [Fact]
    public void A_linear_regression_finds_its_weights()
    {
        var model = new AffineModel<float>(Shape);
        var truth = new AffineModel<float>(Shape);
        truth.UpdateParameters(0, static (p, _) =>
        {
            for (int i = 0; i < p.Length; i++)
                p[i] = i - 4;
        });
        float[] x = Models.Random<float>(500 * 3, 7);
        var y = new float[500 * 2];
        truth.Predict(x, y);
        var train = new DataSet<float>(x, y).Slice(0, 400);
        var validation = new DataSet<float>(x, y).Slice(400, 100);

        History history = model.Fit(train, new FitOptions { Validation = validation, Optimizer = new Adam { LearningRate = 0.05 }, Loss = Loss.MeanSquaredError, Epochs = 300 });

        Assert.Equal(300, history.Epochs.Count);
        Assert.True(history["val_loss"][^1] < 1e-6, history.Epochs[^1].ToString());
        Assert.Equal(history.Epochs[3].ValidationLoss, history["val_loss"][3]);
        Assert.Equal(Enumerable.Range(1, 300), history.Epochs.Select(e => e.Epoch));
        int frozen = model.Info.Variables[1].Offset;
        for (int i = 0; i < model.Parameters.Length; i++)
        {
            bool isFrozen = i >= frozen && i < frozen + 3;
            if (!isFrozen)
                Assert.Equal(i - 4, model.Parameters[i], 0.01f);
            else
                Assert.Equal(new AffineModel<float>(Shape).Parameters[i], model.Parameters[i]);
        }
    }

    [Fact]
    public void Fit_equals_a_training_loop_written_out()
    {
        // 100 rows in batches of 32: the last has 4.
        float[] x = Models.Random<float>(100 * 3, 1);
        float[] y = Models.Random<float>(100 * 2, 2);
        float[] weights = Models.Random<float>(100, 3);
        var model = new AffineModel<float>(Shape);
        History history = model.Fit(new DataSet<float>(x, y, weights), new FitOptions { Optimizer = new Sgd { Momentum = 0.5 }, Loss = Loss.MeanSquaredError, Shuffle = false, Epochs = 2 });

        var expected = new AffineModel<float>(Shape);
        OptimizerState<float> optimizer = new Sgd { Momentum = 0.5 }.CreateState<float>(expected.Info);
        ModelWorkspace<float> workspace = expected.CreateWorkspace();
        var losses = new List<double>();
        for (int epoch = 0; epoch < 2; epoch++)
        {
            double total = 0;
            foreach ((int first, int rows) in ((int, int)[])[(0, 32), (32, 32), (64, 32), (96, 4)])
            {
                var outputs = new float[rows * 2];
                var upstream = new float[rows * 2];
                expected.Forward(x.AsSpan(first * 3, rows * 3), outputs, null, workspace, true);
                var batch = new PredictionBatch<float>(y.AsSpan(first * 2, rows * 2), outputs, rows, weights.AsSpan(first, rows), new float[rows * 2 + 16]);
                total += Loss.MeanSquaredError.Evaluate(batch, upstream) * rows;
                expected.Backward(upstream, default, workspace);
                expected.UpdateParameters(0, (p, _) => optimizer.Apply(workspace.Gradients, p));
            }

            losses.Add(total / 100);
        }

        Assert.Equal(expected.Parameters.ToArray(), model.Parameters.ToArray());
        Assert.Equal(losses, history["loss"]);
    }

    [Fact]
    public void Every_row_is_seen_once_an_epoch_in_an_order_that_the_seed_decides()
    {
        List<float[]> first = Orders(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 2, Seed = 5 });
        List<float[]> again = Orders(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 2, Seed = 5 });
        List<float[]> other = Orders(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 2, Seed = 6 });
        List<float[]> straight = Orders(new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 2, Shuffle = false });

        float[] all = [.. Enumerable.Range(0, 100).Select(row => row / 1000f)];
        Assert.All(first, epoch => Assert.Equal(all, epoch.Order()));
        Assert.Equal(first, again);
        Assert.NotEqual(first[0], first[1]);
        Assert.NotEqual(first[0], other[0]);
        Assert.All(straight, epoch => Assert.Equal(all, epoch));
        // A shuffle that leaves most rows near their place is none.
        Assert.InRange(first[0].Where((row, i) => Math.Abs(row * 1000 - i) < 10).Count(), 0, 40);
    }

    [Fact]
    public void Training_twice_goes_on_where_it_was()
    {
        var options = new FitOptions { Optimizer = new Adam(), Loss = Loss.MeanAbsoluteError, Epochs = 4 };
        var half = new FitOptions { Optimizer = new Adam(), Loss = Loss.MeanAbsoluteError, Epochs = 2 };
        DataSet<double> data = Models.Data<double>(Shape, 70);
        var once = new AffineModel<double>(Shape);
        once.Fit(data, options);
        var twice = new AffineModel<double>(Shape);
        using (var trainer = new Trainer<double>(twice, half))
        {
            trainer.Fit(data);
            Assert.Equal(6, trainer.OptimizerState.Iterations);
            trainer.Fit(data);
        }

        Assert.Equal(once.Parameters.ToArray(), twice.Parameters.ToArray());
    }

    [Fact]
    public void The_batch_size_may_be_smaller_than_the_models()
    {
        var model = new AffineModel<float>(Shape) { Records = true };
        model.Fit(Models.Data<float>(Shape, 25), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, BatchSize = 10 });
        Assert.Equal([10, 10, 5], model.SeenRows.Select(rows => rows.Length));
    }

    [Fact]
    public void Metrics_are_running_means_over_rows_and_ignore_weights()
    {
        var model = new AffineModel<double>(Shape);
        double[] x = Models.Random<double>(70 * 3, 1);
        double[] y = Models.Random<double>(70 * 2, 2);
        double[] weights = Models.Random<double>(70, 3);
        Logs logs = model.Evaluate(
            new DataSet<double>(x, y, weights), Loss.MeanSquaredError, Metric.RootMeanSquaredError, Metric.MeanAbsoluteError, Metric.MeanSquaredError);

        var predictions = new double[140];
        model.Predict(x, predictions);
        double[] errors = [.. predictions.Zip(y, (p, t) => p - t)];
        Assert.Equal(errors.Select((e, i) => e * e * weights[i / 2]).Average(), logs.Loss, 1e-12);
        Assert.Equal(errors.Select(Math.Abs).Average(), logs["mean_absolute_error"], 1e-12);
        Assert.Equal(errors.Select(e => e * e).Average(), logs["mean_squared_error"], 1e-12);
        Assert.Equal(Math.Sqrt(errors.Select(e => e * e).Average()), logs["root_mean_squared_error"], 1e-12);
        Assert.Equal(["loss", "mean_absolute_error", "mean_squared_error", "root_mean_squared_error"], logs.Select(entry => entry.Key));
    }

    [Fact]
    public void Metrics_start_again_each_epoch_and_validation_measures_the_updated_model()
    {
        var model = new AffineModel<double>(Shape);
        DataSet<double> data = Models.Data<double>(Shape, 40);
        var frozen = new FitOptions { Optimizer = new Sgd { LearningRate = 0 }, Loss = Loss.MeanSquaredError, Metrics = [Metric.MeanAbsoluteError], Epochs = 3, Shuffle = false };
        Assert.Single(model.Fit(data, frozen)["mean_absolute_error"].Distinct());

        var moving = new FitOptions { Optimizer = new Sgd { LearningRate = 0.1 }, Loss = Loss.MeanSquaredError, Metrics = [Metric.MeanAbsoluteError], Validation = data };
        EpochResult epoch = model.Fit(data, moving).Epochs[0];
        Logs after = model.Evaluate(data, Loss.MeanSquaredError, Metric.MeanAbsoluteError);
        Assert.Equal(after.Loss, epoch.ValidationLoss);
        Assert.Equal(after["mean_absolute_error"], epoch.Logs["val_mean_absolute_error"]);
        Assert.NotEqual(after.Loss, epoch.Loss);
        Assert.Equal(["loss", "mean_absolute_error", "val_loss", "val_mean_absolute_error"], epoch.Logs.Select(entry => entry.Key));
    }

    [Fact]
    public void TrainOnBatch_returns_the_loss_before_the_update()
    {
        var model = new AffineModel<double>(Shape);
        DataSet<double> batch = Models.Data<double>(Shape, 32);
        using var trainer = new Trainer<double>(model, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });
        double before = trainer.Evaluate(batch).Loss;
        Assert.Equal(before, trainer.TrainOnBatch(batch));
        Assert.True(trainer.TrainOnBatch(batch) < before);
        Assert.Contains("at most 32 rows", Assert.Throws<ArgumentException>(() => trainer.TrainOnBatch(Models.Data<double>(Shape, 33))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_callback_sees_each_epoch_and_can_stop()
    {
        var seen = new List<string>();
        History history = new AffineModel<float>(Shape).Fit(Models.Data<float>(Shape, 40), new FitOptions
        {
            Optimizer = new Sgd { LearningRate = 0 },
            Loss = Loss.MeanSquaredError,
            Epochs = 10,
            OnEpochEnd = result =>
            {
                seen.Add(result.ToString());
                result.StopTraining = result.Epoch == 3;
            },
        });
        Assert.Equal(3, history.Epochs.Count);
        Assert.StartsWith("epoch 3/10 - loss: 0.", seen[2], StringComparison.Ordinal);
        Assert.Null(history.Epochs[0].ValidationLoss);
    }

    [Fact]
    public void Cancelling_leaves_the_parameters_of_the_last_update()
    {
        var model = new AffineModel<float>(Shape);
        using var source = new CancellationTokenSource();
        int batches = 0;
        model.OnForwardRows = _ =>
        {
            if (++batches == 2)
                source.Cancel();
        };
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Shuffle = false };
        Assert.Throws<OperationCanceledException>(() => model.Fit(Models.Data<float>(Shape, 100), options, source.Token));

        var expected = new AffineModel<float>(Shape);
        expected.Fit(Models.Data<float>(Shape, 100).Slice(0, 64), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Shuffle = false });
        Assert.Equal(expected.Parameters.ToArray(), model.Parameters.ToArray());
    }

    [Fact]
    public void What_is_cancelled_before_it_begins_changes_nothing()
    {
        var model = new AffineModel<float>(Shape) { Records = true };
        float[] before = model.Parameters.ToArray();
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError };
        DataSet<float> data = Models.Data<float>(Shape, 100);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => model.Fit(data, options, cancelled));
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(data, Loss.MeanSquaredError, [], cancelled));
        using var trainer = new Trainer<float>(model, options with { Epochs = 2 });
        Assert.Throws<OperationCanceledException>(() => trainer.Evaluate(data, cancelled));
        Assert.Empty(model.SeenRows);
        Assert.Equal(before, model.Parameters.ToArray());

        // The trainer goes on as if nothing had been asked of it.
        trainer.Fit(data);
        var expected = new AffineModel<float>(Shape);
        expected.Fit(data, options with { Epochs = 2 });
        Assert.Equal(expected.Parameters.ToArray(), model.Parameters.ToArray());
    }

    /// <summary>A pass of evaluation stops between two batches: a stateful model's state is that of whole batches.</summary>
    [Fact]
    public void An_evaluation_is_cancelled_between_batches()
    {
        var shape = new AffineShape(Features: 3, Units: 2, Batch: 8, IsStateful: true);
        DataSet<double> data = Models.Data<double>(shape, 32);
        using var source = new CancellationTokenSource();
        var model = new AffineModel<double>(shape);
        using var trainer = new Trainer<double>(model, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Metrics = [new Cancelling(source, after: 2)] });
        Assert.Throws<OperationCanceledException>(() => trainer.Evaluate(data, source.Token));
        Assert.Equal(2, trainer.State!.Arena.Span[0]);
    }

    [Fact]
    public void Predict_gives_arrays_for_scripts()
    {
        var shape = new AffineShape(Features: 3, Units: 2, HasSecondInput: true, HasSecondOutput: true);
        var model = new AffineModel<float>(shape);
        float[] x = Models.Random<float>(5 * (3 + 2), 3);
        var expected = new float[5 * 4];
        model.Predict(x, expected);
        Assert.Equal(expected[..10], model.Predict(x));
        Assert.Equal([expected[..10], expected[10..]], model.PredictAll(x));
        Assert.Contains("a multiple of 5, the length of one row", Assert.Throws<ArgumentException>("inputs", () => model.Predict(x.AsSpan(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("inputs", () => model.Predict([]));
    }

    [Fact]
    public void A_batch_allocates_nothing()
    {
        // The same rows in 200 and in 400 batches: what a call, an epoch and a row cost is the same, so any difference is a batch's.
        AffineShape modified = Shape with { KernelPenalty = new RegularizerInfo { L1 = 0.1, L2 = 0.1, Orthogonal = 0.1, Mode = OrthogonalMode.Columns }, KernelConstraint = new ConstraintInfo { Kind = ConstraintKind.MinMaxNorm, Min = 0.5, Max = 1.5, Rate = 0.9 } };
        foreach ((int threads, AffineShape shape) in (ReadOnlySpan<(int, AffineShape)>)[(1, Shape), (2, Shape), (1, modified), (2, modified)])
        {
            long few = AllocatedBytes(shape, batchSize: 2, threads);
            long many = AllocatedBytes(shape, batchSize: 1, threads);
            Assert.Equal(0, many - few);
        }
    }

    private static long AllocatedBytes(AffineShape shape, int batchSize, int threads)
    {
        DataSet<float> data = Models.Data<float>(shape, 400, weighted: true);
        var options = new FitOptions
        {
            Optimizer = new Adam { GlobalClipNorm = 1 },
            Loss = Loss.MeanSquaredError,
            Metrics = [Metric.MeanAbsoluteError],
            Validation = data,
            BatchSize = batchSize,
            Threads = threads,
        };
        using var trainer = new Trainer<float>(new AffineModel<float>(shape), options);
        trainer.Fit(data);
        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Fit(data);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static List<float[]> Orders(FitOptions options)
    {
        var model = new AffineModel<float>(Shape) { Records = true };
        model.Fit(Models.Data<float>(Shape, 100), options);
        return [.. model.SeenRows.Chunk(4).Select(epoch => epoch.SelectMany(rows => rows).ToArray())];
    }

    /// <summary>Cancels when it has seen some batches.</summary>
    private sealed class Cancelling(CancellationTokenSource source, int after) : Metric("cancelling")
    {
        public override MetricState<T> CreateState<T>() => new State<T>(source, after);

        private sealed class State<T>(CancellationTokenSource source, int after) : MetricState<T>
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            private int _batches;

            public override double Result => 0;

            public override void Update(in PredictionBatch<T> batch)
            {
                if (++_batches == after)
                    source.Cancel();
            }

            public override void Reset() => _batches = 0;
        }
    }
}
