using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests.Checkpoints;

/// <summary>Trainings that are interrupted and go on from their checkpoint: the same bits, whatever they are made of.</summary>
public sealed class ResumeTests
{
    private static readonly AffineShape s_shape = new(Features: 3, Units: 2, Batch: 8);

    /// <summary>Batches are six an epoch, or four, so interruptions fall into epochs and between them.</summary>
    [Theory]
    [InlineData(CheckpointRuns.Noisy, null, 7)]
    [InlineData(CheckpointRuns.Noisy, null, 24)]
    [InlineData(CheckpointRuns.Noisy, 1, 6)]
    [InlineData(CheckpointRuns.Noisy, 4, 21)]
    [InlineData(CheckpointRuns.Carrying, null, 9)]
    [InlineData(CheckpointRuns.Carrying, 3, 14)]
    public void A_training_that_was_interrupted_ends_with_the_same_bits(string name, int? saveFrequency, int batches)
    {
        using TemporaryFolder whole = new(), parts = new();
        string expected = CheckpointRuns.Run(name, whole.Path, threads: 1, saveFrequency, epochs: 5);
        Assert.Throws<OperationCanceledException>(() => CheckpointRuns.Run(name, parts.Path, threads: 2, saveFrequency, epochs: 5, new Interruption(batches)));
        Assert.True(File.Exists(CheckpointRuns.CheckpointPath(parts.Path)));
        Assert.Equal(expected, CheckpointRuns.Run(name, parts.Path, threads: 3, saveFrequency, epochs: 5));
        Assert.False(File.Exists(CheckpointRuns.CheckpointPath(parts.Path)));
    }

    public static TheoryData<string> Optimizers => [.. s_optimizers.Keys];

    /// <summary>The model's weights are other ones when the training goes on: all come from the file.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Each_optimiser_comes_back_whole(string name)
    {
        using var folder = new TemporaryFolder();
        double[] Train(params Callback[] callbacks)
        {
            var model = new AffineModel<double>(s_shape);
            if (callbacks.Length == 1)
                model.UpdateParameters(0, static (weights, _) => weights.Fill(77));
            model.Fit(Models.Data<double>(s_shape, 44), new FitOptions { Optimizer = s_optimizers[name], Loss = Loss.MeanSquaredError, Epochs = 4, Callbacks = callbacks });
            return model.Parameters.ToArray();
        }

        double[] expected = Train();
        Assert.Throws<OperationCanceledException>(() => Train(Backup(folder, 1), new Interruption(16)));
        Assert.Equal(expected, Train(Backup(folder, 1)));
    }

    /// <summary>Epochs left off in their middle end with the results of all of their rows.</summary>
    [Fact]
    public void Each_metric_comes_back_whole()
    {
        using var folder = new TemporaryFolder();
        History Train(params Callback[] callbacks)
        {
            var shape = new AffineShape(Features: 2, Units: 3, Batch: 4);
            double[] x = Models.Random<double>(26 * 2, 1), y = [.. Enumerable.Range(0, 26 * 3).Select(i => i * 5 % 7 % 3 == 0 ? 1.0 : 0)];
            return new AffineModel<double>(shape).Fit(new DataSet<double>(x, y), new FitOptions
            {
                Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 2, Callbacks = callbacks,
                Metrics =
                [
                    Metric.MeanAbsoluteError, Metric.RootMeanSquaredError, Metric.R2Score, Metric.CategoricalAccuracy, Metric.BinaryAccuracy, Metric.Precision(), Metric.Recall(0.3), new Auc(),
                    new F1Score(), new ConfusionMatrix(3), Metric.PrecisionAtRecall(0.5), new TopKCategoricalAccuracy(2),
                ],
            });
        }

        History expected = Train();
        Assert.Throws<OperationCanceledException>(() => Train(Backup(folder, 1), new Interruption(11)));
        History found = Train(Backup(folder, 1));
        Assert.Equal(2, found.Epochs.Count);
        foreach ((EpochResult left, EpochResult right) in expected.Epochs.Zip(found.Epochs))
            Assert.Equal(left.Logs, right.Logs);
    }

    [Fact]
    public void A_checkpoint_that_stays_gives_weights_and_history_of_the_end_at_once_and_more_epochs_go_on()
    {
        using var folder = new TemporaryFolder();
        (double[] Weights, History History, int Batches) Train(int epochs)
        {
            var model = new AffineModel<double>(s_shape);
            var calls = new Counting();
            History history = model.Fit(Models.Data<double>(s_shape, 44), new FitOptions
            {
                Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Epochs = epochs, Callbacks = [new BackupAndRestore(Path.Combine(folder.Path, "a.safetensors")) { DeleteCheckpoint = false }, calls],
            });
            return (model.Parameters.ToArray(), history, calls.Batches);
        }

        (double[] Weights, History History, int Batches) first = Train(3), second = Train(3), longer = Train(5);
        Assert.Equal((18, 0, 12), (first.Batches, second.Batches, longer.Batches));
        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.History["loss"], second.History["loss"]);
        Assert.Equal(5, longer.History.Epochs.Count);
        var whole = new AffineModel<double>(s_shape);
        whole.Fit(Models.Data<double>(s_shape, 44), new FitOptions { Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Epochs = 5 });
        Assert.Equal(whole.Parameters.ToArray(), longer.Weights);
        Assert.Contains("has done 5 epochs", Assert.Throws<InvalidDataException>(() => Train(4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_callback_of_ones_own_keeps_what_it_shows()
    {
        using var folder = new TemporaryFolder();
        var first = new Keeping();
        Assert.Throws<OperationCanceledException>(() => Fit(first, new Interruption(9)));
        var second = new Keeping();
        Fit(second);
        Assert.Equal((6, 44.0, "epoch 3", true), (second.Calls, second.Sum, second.Text, second.HasBegun));
        // Of the epochs that the file holds: the second was interrupted in its middle, and begun anew.
        Assert.Equal([1.0, 2, 3, 4], second.Values!);

        void Fit(params Callback[] callbacks) => new AffineModel<double>(s_shape).Fit(Models.Data<double>(s_shape, 44), new FitOptions
        {
            Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Epochs = 4, Callbacks = [Backup(folder, null), .. callbacks],
        });
    }

    [Fact]
    public void A_metric_that_keeps_nothing_is_refused_before_anything_is_trained()
    {
        using var folder = new TemporaryFolder();
        var model = new AffineModel<double>(s_shape);
        double[] before = model.Parameters.ToArray();
        FitOptions Options(int? frequency) => new() { Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Metrics = [new Forgetful()], Callbacks = [Backup(folder, frequency)] };
        Assert.Contains("SaveFrequency", Assert.Throws<NotSupportedException>(() => model.Fit(Models.Data<double>(s_shape, 44), Options(3))).Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.ToArray());
        model.Fit(Models.Data<double>(s_shape, 44), Options(null));
        Assert.NotEqual(before, model.Parameters.ToArray());
    }

    [Fact]
    public void One_checkpoint_is_enough_and_its_name_says_what_it_is()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("'run.h5'", Assert.Throws<ArgumentException>(() => new BackupAndRestore("run.h5")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackupAndRestore("run.safetensors") { SaveFrequency = 0 });
        Assert.Contains("one checkpoint", Assert.Throws<ArgumentException>(() => new AffineModel<double>(s_shape).Fit(
            Models.Data<double>(s_shape, 44), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Callbacks = [Backup(folder, 1), Backup(folder, 1)] })).Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, Optimizer> s_optimizers = new()
    {
        ["Sgd"] = new Sgd { LearningRate = new OneCycle(0.1, 24), Momentum = 0.9, Nesterov = true, ClipValue = 0.5 },
        ["RmsProp"] = new RmsProp { Centered = true, Momentum = 0.5, LearningRate = new CosineDecayRestarts(0.01, 5) },
        ["Adam"] = new Adam { GradientAccumulationSteps = 5 },
        ["AdamW"] = new AdamW { ExcludeFromWeightDecay = ["bias"], UseEma = true, EmaMomentum = 0.5 },
        ["Nadam"] = new Nadam { UseEma = true, EmaOverwriteFrequency = 3, GradientAccumulationSteps = 2 },
        ["Adamax"] = new Adamax { LearningRate = new ExponentialDecay(0.1, 3, 0.9) },
        ["Adagrad"] = new Adagrad(),
        ["Adadelta"] = new Adadelta { LearningRate = 1 },
        ["Lion"] = new Lion { ClipNorm = 0.1 },
        ["Ftrl"] = new Ftrl { L1 = 0.01 },
    };

    private static BackupAndRestore Backup(TemporaryFolder folder, int? frequency) => new(CheckpointRuns.CheckpointPath(folder.Path)) { SaveFrequency = frequency };

    private sealed class Counting : Callback
    {
        public int Batches { get; private set; }

        public override void OnTrainBatchEnd(TrainingRun training, int batch, double loss) => Batches++;
    }

    private sealed class Keeping : Callback
    {
        private int _calls;
        private double _sum;
        private string? _text;
        private bool _hasBegun;
        private long _large;
        private int? _maybe;
        private double[]? _values;

        public int Calls => _calls;

        public double Sum => _sum;

        public string? Text => _text;

        public bool HasBegun => _hasBegun;

        public double[]? Values => _values;

        public override void OnTrainBegin(TrainingRun training) => _hasBegun = true;

        public override void OnEpochBegin(TrainingRun training, int epoch) => _calls++;

        public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
        {
            _sum += 11;
            _text = $"epoch {epoch}";
            _large = long.MinValue + epoch;
            _maybe = epoch % 2 == 0 ? null : epoch;
            _values = [.. _values ?? [], epoch + 1];
        }

        public override void OnTrainEnd(TrainingRun training)
        {
            // One call more, of the epoch that was interrupted, is not in the file.
            _calls += 2;
            Assert.Equal(long.MinValue + 3, _large);
            Assert.Equal(3, _maybe);
        }

        public override void OnCheckpoint(CheckpointPart part)
        {
            part.Keep("calls", ref _calls);
            part.Keep("sum", ref _sum);
            part.Keep("text", ref _text);
            part.Keep("has begun", ref _hasBegun);
            part.Keep("large", ref _large);
            part.Keep("maybe", ref _maybe);
            part.Keep("values", ref _values);
        }
    }

    private sealed class Forgetful() : Metric("forgetful")
    {
        public override MetricState<T> CreateState<T>() => new State<T>();

        private sealed class State<T> : MetricState<T>
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            public override double Result => 0;

            public override void Update(in PredictionBatch<T> batch)
            {
            }

            public override void Reset()
            {
            }
        }
    }
}
