using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Callbacks: their hooks, their order, and what each of Keras' own does. Whole fits with them are compared with Keras' by the goldens.</summary>
public sealed class CallbackTests
{
    private static readonly AffineShape Shape = new(Features: 3, Units: 2, Batch: 8);

    [Fact]
    public void Hooks_are_called_in_Keras_order_and_callbacks_in_theirs()
    {
        var calls = new List<string>();
        DataSet<float> data = Models.Data<float>(Shape, 32);
        new AffineModel<float>(Shape).Fit(data, Options([new Noting("a", calls), new Noting("b", calls)], epochs: 3, initialEpoch: 1, validation: data, steps: 2));
        string[] epoch(int e) =>
        [
            $"epoch {e}", .. Twice("batch 0"), .. Twice("end of batch 0"), .. Twice("batch 1"), .. Twice("end of batch 1"), .. Twice("test"), .. Twice("end of test"), $"end of epoch {e}",
        ];
        string[] Twice(string call) => [call];
        string[] expected = ["train", .. epoch(1), .. epoch(2), "end of train"];
        Assert.Equal(expected.SelectMany(call => (string[])["a " + call, "b " + call]), calls);
    }

    [Fact]
    public void Training_stops_after_the_batch_that_asks_for_it_with_the_end_of_its_epoch()
    {
        var calls = new List<string>();
        History history = new AffineModel<float>(Shape).Fit(Models.Data<float>(Shape, 40), Options([new Noting("", calls) { StopsAtBatch = 2 }], epochs: 5));
        Assert.Single(history.Epochs);
        Assert.Equal([" end of batch 2", " end of epoch 0", " end of train"], calls[^3..]);
    }

    [Fact]
    public void TerminateOnNaN_lets_Fit_return()
    {
        float[] x = Models.Random<float>(40 * 3, 1), y = Models.Random<float>(40 * 2, 2);
        y[20] = float.NaN;
        var batches = new List<string>();
        var model = new AffineModel<float>(Shape);
        History history = model.Fit(new DataSet<float>(x, y), Options([new TerminateOnNaN(), new Noting("", batches)], epochs: 5));
        Assert.Single(history.Epochs);
        Assert.True(double.IsNaN(history["loss"][0]));
        Assert.Equal(2, batches.Count(call => call.StartsWith(" end of batch", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_validation_split_is_the_last_part_and_class_weights_are_not_for_it()
    {
        var shape = new AffineShape(Features: 2, Units: 3, Batch: 4);
        double[] x = Models.Random<double>(10 * 2, 1), y = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0];
        var whole = new DataSet<double>(x, y);
        var options = new FitOptions
        {
            Optimizer = new Sgd { LearningRate = 0.1 }, Loss = new SparseCategoricalCrossentropy { FromLogits = true }, ValidationSplit = 0.25, Epochs = 2, Shuffle = false,
            ClassWeights = new Dictionary<int, double> { [0] = 3, [2] = 0.5 },
        };
        var model = new AffineModel<double>(shape);
        History history = model.Fit(whole, options);

        var expected = new AffineModel<double>(shape);
        double[] weights = [3, 1, 0.5, 3, 1, 0.5, 3];
        History own = expected.Fit(new DataSet<double>(x[..14], y[..7], weights), new FitOptions
        {
            Optimizer = new Sgd { LearningRate = 0.1 }, Loss = new SparseCategoricalCrossentropy { FromLogits = true }, Validation = whole.Slice(7, 3), Epochs = 2, Shuffle = false,
        });
        Assert.Equal(expected.Parameters.ToArray(), model.Parameters.ToArray());
        Assert.Equal(own["loss"], history["loss"]);
        Assert.Equal(own["val_loss"], history["val_loss"]);

        Assert.Contains("ClassWeights and sample weights", Assert.Throws<ArgumentException>(
            () => model.Fit(new DataSet<double>(x, y, Models.Random<double>(10, 3)), options)).Message, StringComparison.Ordinal);
        Assert.Contains("leaves 0 to train on and 1 to validate", Assert.Throws<ArgumentException>(
            () => model.Fit(whole.Slice(0, 1), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_for_each_step_weighs_the_step()
    {
        foreach (DataLayout layout in (DataLayout[])[DataLayout.BatchMajor, DataLayout.TimeMajor])
        {
            var shape = new AffineShape(Features: 2, Units: 3, Batch: 4, TimeSteps: 5, layout);
            double[] x = Models.Random<double>(6 * 5 * 2, 1), y = Models.Random<double>(6 * 5 * 3, 2), weights = Models.Random<double>(6 * 5, 3);
            weights[7] = 0;
            var model = new AffineModel<double>(shape);
            double loss = model.Evaluate(new DataSet<double>(x, y, weights), Loss.MeanSquaredError).Loss;

            var rows = new AffineModel<double>(shape with { Layout = DataLayout.BatchMajor });
            var predictions = new double[y.Length];
            rows.Predict(x, predictions);
            double expected = Enumerable.Range(0, y.Length).Sum(i => weights[i / 3] * (predictions[i] - y[i]) * (predictions[i] - y[i])) / y.Length;
            // The last batch has two rows of six.
            double first = Enumerable.Range(0, 60).Sum(i => weights[i / 3] * (predictions[i] - y[i]) * (predictions[i] - y[i])) / 60;
            double last = Enumerable.Range(60, 30).Sum(i => weights[i / 3] * (predictions[i] - y[i]) * (predictions[i] - y[i])) / 30;
            Assert.Equal((first * 4 + last * 2) / 6, loss, 1e-12);
            Assert.Equal(expected, loss, 1e-12);
        }
    }

    [Fact]
    public void CsvLogger_writes_Keras_lines()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            DataSet<double> data = Models.Data<double>(Shape, 20);
            History history = new AffineModel<double>(Shape).Fit(data, Options([new CsvLogger(path)], epochs: 2, validation: data));
            string[] expected = [.. history.Epochs.Select((e, i) => FormattableString.Invariant($"{i},{e.Loss:R},{e.ValidationLoss:R}"))];
            Assert.Equal("epoch,loss,val_loss\r\n" + string.Concat(expected.Select(line => line + "\r\n")), File.ReadAllText(path));

            new AffineModel<double>(Shape).Fit(data, Options([new CsvLogger(path) { Append = true }], epochs: 3, initialEpoch: 2));
            Assert.Matches("^2,[0-9.e-]+,NA$", File.ReadAllLines(path)[^1]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ModelCheckpoint_writes_the_best_and_refuses_other_files()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            DataSet<float> data = Models.Data<float>(Shape, 20);
            var all = new ModelCheckpoint(Path.Combine(folder, "w-{epoch:02d}.safetensors"));
            var best = new ModelCheckpoint(Path.Combine(folder, "best-{up:.1f}.safetensors")) { SaveBestOnly = true, Monitor = "up", Mode = MonitorMode.Max };
            new AffineModel<float>(Shape).Fit(data, Options([new Reporting("up", [1, 3, 2, 3, 5]), all, best], epochs: 5));
            string[] files = [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
            Assert.Equal([.. new[] { 1, 3, 5 }.Select(v => $"best-{v}.0.safetensors"), .. Enumerable.Range(1, 5).Select(e => $"w-0{e}.safetensors")], files);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Assert.Contains("found 'model.keras'", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("model.keras")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EarlyStopping_takes_a_first_NaN_as_the_best_and_brings_its_weights_back()
    {
        var stopping = new EarlyStopping { Monitor = "up", Patience = 2, RestoreBestWeights = true };
        var model = new AffineModel<float>(Shape);
        var seen = new List<float[]>();
        History history = model.Fit(Models.Data<float>(Shape, 20), Options([new Reporting("up", [double.NaN, 1, 0, 0, 0, 0]), stopping, new Weights(model, seen)], epochs: 6));
        Assert.Equal((3, 2, 0), (history.Epochs.Count, stopping.StoppedEpoch, stopping.BestEpoch));
        Assert.Equal(seen[0], model.Parameters.ToArray());
    }

    [Fact]
    public void A_result_that_is_not_there_is_named()
    {
        Assert.Contains("EarlyStopping monitors 'val_loss', which the training does not have; it has: loss", Assert.Throws<ArgumentException>(
            () => new AffineModel<float>(Shape).Fit(Models.Data<float>(Shape, 20), Options([new EarlyStopping()], epochs: 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau { Factor = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { Patience = -1 });
        Assert.Throws<ArgumentNullException>(() => new LearningRateScheduler(null!));
    }

    [Fact]
    public void A_callback_costs_a_batch_nothing()
    {
        long Allocated(int batchSize)
        {
            var options = new FitOptions { Optimizer = new Adam(), Loss = Loss.MeanSquaredError, BatchSize = batchSize, Callbacks = [new TerminateOnNaN()], WeightedMetrics = [Metric.R2Score, new Auc()] };
            using var trainer = new Trainer<float>(new AffineModel<float>(Shape), options);
            DataSet<float> data = Models.Data<float>(Shape, 400, weighted: true);
            trainer.Fit(data);
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(Allocated(2), Allocated(1));
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1, "1.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.25e-7, "1.25e-07")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(-123456789012345680.0, "-1.2345678901234568e+17")]
    [InlineData(1e-300, "1e-300")]
    [InlineData(double.NaN, "nan")]
    public void Numbers_are_written_as_Python_writes_them(double value, string text)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            new AffineModel<float>(Shape).Fit(Models.Data<float>(Shape, 8), Options([new Reporting("a", [value]), new CsvLogger(path)], epochs: 1));
            Assert.Equal(text, File.ReadAllLines(path)[1].Split(',')[1]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static FitOptions Options(IReadOnlyList<Callback> callbacks, int epochs, int initialEpoch = 0, DataSet? validation = null, int? steps = null) => new()
    {
        Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Callbacks = callbacks, Epochs = epochs, InitialEpoch = initialEpoch, Validation = validation, StepsPerEpoch = steps, Shuffle = false,
    };

    private sealed class Noting(string name, List<string> calls) : Callback
    {
        public int StopsAtBatch { get; init; } = -1;

        public override void OnTrainBegin(TrainingRun training) => calls.Add(name + " train");

        public override void OnEpochBegin(TrainingRun training, int epoch) => calls.Add($"{name} epoch {epoch}");

        public override void OnTrainBatchBegin(TrainingRun training, int batch) => calls.Add($"{name} batch {batch}");

        public override void OnTrainBatchEnd(TrainingRun training, int batch, double loss)
        {
            calls.Add($"{name} end of batch {batch}");
            training.StopTraining |= batch == StopsAtBatch;
        }

        public override void OnTestBegin(TrainingRun training) => calls.Add(name + " test");

        public override void OnTestEnd(TrainingRun training) => calls.Add(name + " end of test");

        public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result) => calls.Add($"{name} end of epoch {epoch}");

        public override void OnTrainEnd(TrainingRun training) => calls.Add(name + " end of train");
    }

    private sealed class Reporting(string name, double[] values) : Callback
    {
        public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result) => result.Report(name, values[epoch]);
    }

    private sealed class Weights(AffineModel<float> model, List<float[]> seen) : Callback
    {
        public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result) => seen.Add(model.Parameters.ToArray());
    }
}
