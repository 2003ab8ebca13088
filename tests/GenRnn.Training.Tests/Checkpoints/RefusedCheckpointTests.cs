using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Training.Tests.Checkpoints;

/// <summary>Checkpoints that are damaged, or of another training: refused with a reason, and nothing changes.</summary>
public sealed class RefusedCheckpointTests(ITestOutputHelper output)
{
    private const int Epochs = 3;

    private static readonly bool s_isExhaustive = Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    /// <summary>1,000 with GEN_EXHAUSTIVE=1, 50 without.</summary>
    [Fact]
    public void A_damaged_checkpoint_is_refused_and_changes_nothing()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        byte[] whole = WriteCheckpoint(folder);
        string path = CheckpointRuns.CheckpointPath(folder.Path);
        string csv = File.ReadAllText(Path.Combine(folder.Path, "log.csv"));
        NoisyModel model = new(seed: 8);
        float[] before = model.Parameters.ToArray();
        for (int i = 0; i < (s_isExhaustive ? 1000 : 50); i++)
        {
            (byte[] damaged, string how) = Damage(whole, random);
            File.WriteAllBytes(path, damaged);
            var seen = new Seeing();
            var exception = Record.Exception(() => CheckpointRuns.Fit(model, CheckpointRuns.Noisy, folder.Path, 1, saveFrequency: 2, Epochs, seen));
            Assert.True(exception is InvalidDataException, $"damage {i}, {how}: {exception}");
            Assert.StartsWith($"Cannot go on from the checkpoint '{path}': ", exception.Message, StringComparison.Ordinal);
            Assert.False(seen.HasSeen, how);
            Assert.Equal(before, model.Parameters.ToArray());
            Assert.Equal(damaged, File.ReadAllBytes(path));
            Assert.Equal(csv, File.ReadAllText(Path.Combine(folder.Path, "log.csv")));
        }

        File.WriteAllBytes(path, whole);
        CheckpointRuns.Fit(model, CheckpointRuns.Noisy, folder.Path, 1, saveFrequency: 2, Epochs);
    }

    public static TheoryData<string, string> Differences => new()
    {
        { "optimizer", "'options/Optimizer' is 'Sgd { LearningRate = 0.01, Momentum = 0.5, Nesterov = False }' in the checkpoint and 'Sgd { LearningRate = 0.01, Momentum = 0.6, Nesterov = False }' in this training" },
        { "rate", "'options/Optimizer' is 'Sgd { LearningRate = 0.01," },
        { "schedule", "LearningRate = ExponentialDecay(0.1, 10, 0.5) { Staircase = False }" },
        { "loss", "'options/Loss' is 'huber { Delta = 1 }' in the checkpoint and 'huber { Delta = 2 }' in this training" },
        { "metrics", "'options/Metrics' is '' in the checkpoint and 'mean_absolute_error' in this training" },
        { "classes", "'options/ClassWeights' is 'none' in the checkpoint and '0: 2' in this training" },
        { "batch", "'options/BatchSize' is '8' in the checkpoint and '4' in this training" },
        { "seed", "'options/Seed' is '0' in the checkpoint and '1' in this training" },
        { "shuffle", "'options/Shuffle' is 'null' in the checkpoint and 'False' in this training" },
        { "data", "'options/training data' is 'rows 0 to 43, checksum " },
        { "validation", "'options/validation data' is 'none' in the checkpoint and 'rows 33 to 43" },
        { "steps", "'options/steps of an epoch' is '6' in the checkpoint and '3' in this training" },
        { "first", "'options/InitialEpoch' is '0' in the checkpoint and '1' in this training" },
        { "frequency", "'options/SaveFrequency' is '1' in the checkpoint and '2' in this training" },
        { "nonfinite", "'options/OnNonFinite' is 'Stop' in the checkpoint and 'Continue' in this training" },
        { "patience", "'callbacks/EarlyStopping/Patience' is '3' in the checkpoint and '4' in this training" },
        { "callback", "'callbacks/ReduceLROnPlateau/Monitor' is missing, which this training has" },
        { "without", "It holds 'callbacks/EarlyStopping/" },
        { "model", "'model/architecture' is 'affine' in the checkpoint and 'rnn' in this training" },
        { "width", "Line 1 of 'model/variables' is 'affine/kernel [3, 2]' in the checkpoint and 'affine/kernel [3, 4]' in this training" },
        { "precision", "'model/Precision' is 'Double' in the checkpoint and 'Single' in this training" },
        { "weights", "It is no checkpoint of a training" },
        { "text", "It looks like a text file" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void A_checkpoint_of_another_training_is_refused_by_what_differs(string difference, string message)
    {
        using var folder = new TemporaryFolder();
        string path = CheckpointRuns.CheckpointPath(folder.Path);
        var shape = new AffineShape(Features: 3, Units: 2, Batch: 8);
        double[] x = Models.Random<double>(44 * 3, 1), y = Models.Random<double>(44 * 2, 2);
        var interrupted = new AffineModel<double>(shape);
        Assert.Throws<OperationCanceledException>(() => interrupted.Fit(new DataSet<double>(x, y), Options("", path, new Interruption(3))));
        byte[] checkpoint = File.ReadAllBytes(path);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() =>
        {
            switch (difference)
            {
                case "data":
                    y[^1] += 1;
                    goto default;
                case "model":
                    new HandWrittenRnn(8, 1, 3, 4, 2, [new double[12], new double[16], new double[4], new double[8], new double[2]]).Fit(new DataSet<double>(x, y), Options(difference, path));
                    break;
                case "width":
                    new AffineModel<double>(shape with { Units = 4 }).Fit(new DataSet<double>(x, [.. y, .. y]), Options(difference, path));
                    break;
                case "precision":
                    new AffineModel<float>(shape).Fit(Models.Data<float>(shape, 44), Options(difference, path));
                    break;
                case "weights":
                    ((IModel<double>)interrupted).Save(path);
                    checkpoint = File.ReadAllBytes(path);
                    goto default;
                case "text":
                    File.WriteAllText(path, "A text of some length, which is no checkpoint, whatever it is called.");
                    checkpoint = File.ReadAllBytes(path);
                    goto default;
                default:
                    var model = new AffineModel<double>(shape);
                    double[] before = model.Parameters.ToArray();
                    try
                    {
                        model.Fit(new DataSet<double>(x, y), Options(difference, path));
                    }
                    finally
                    {
                        Assert.Equal(before, model.Parameters.ToArray());
                    }

                    break;
            }
        });
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(checkpoint, File.ReadAllBytes(path));
    }

    [Fact]
    public void What_changes_training_alone_must_not_have_changed()
    {
        using var folder = new TemporaryFolder();
        byte[] checkpoint = WriteCheckpoint(folder);
        foreach ((IModel<float> model, string difference) in new (IModel<float>, string)[]
        {
            (new OtherwiseNoisyModel(seed: 3), "Line 2 of 'model/what layers do in training' is 'Gru Dropout=0.2 RecurrentDropout=0.1' in the checkpoint and 'Gru Dropout=0.25 RecurrentDropout=0.1' in this training"),
            (new QuickStatisticsModel(seed: 3), "Line 3 of 'model/what layers do in training' is 'Dropout Rate=0.1' in the checkpoint and 'BatchNormalization Momentum=0.9' in this training"),
        })
        {
            InvalidDataException exception = Assert.Throws<InvalidDataException>(() => CheckpointRuns.Fit(model, CheckpointRuns.Noisy, folder.Path, 1, saveFrequency: 2, Epochs));
            Assert.Contains(difference, exception.Message, StringComparison.Ordinal);
            Assert.Equal(checkpoint, File.ReadAllBytes(CheckpointRuns.CheckpointPath(folder.Path)));
        }
    }

    private static FitOptions Options(string difference, string path, params Callback[] others) => new()
    {
        Optimizer = new Sgd
        {
            Momentum = difference == "optimizer" ? 0.6 : 0.5,
            LearningRate = difference == "rate" ? 0.02 : difference == "schedule" ? new ExponentialDecay(0.1, 10, 0.5) : 0.01,
        },
        Loss = new Huber { Delta = difference == "loss" ? 2 : 1 },
        Metrics = difference == "metrics" ? [Metric.MeanAbsoluteError] : [],
        ClassWeights = difference == "classes" ? new Dictionary<int, double> { [0] = 2 } : null,
        BatchSize = difference == "batch" ? 4 : null,
        Seed = difference == "seed" ? 1 : 0,
        Shuffle = difference == "shuffle" ? false : null,
        ValidationSplit = 0,
        Validation = difference == "validation" ? Models.Data<double>(new AffineShape(3, 2), 44).Slice(33, 11) : null,
        StepsPerEpoch = difference == "steps" ? 3 : null,
        Epochs = 4,
        InitialEpoch = difference == "first" ? 1 : 0,
        OnNonFinite = difference == "nonfinite" ? NonFinite.Continue : NonFinite.Stop,
        Callbacks =
        [
            new BackupAndRestore(path) { SaveFrequency = difference == "frequency" ? 2 : 1 },
            .. difference == "without" ? (Callback[])[] : [new EarlyStopping { Monitor = "loss", Patience = difference == "patience" ? 4 : 3 }],
            .. difference == "callback" ? (Callback[])[new ReduceLROnPlateau { Monitor = "loss" }] : [],
            .. others,
        ],
    };

    private static byte[] WriteCheckpoint(TemporaryFolder folder)
    {
        Assert.Throws<OperationCanceledException>(() => CheckpointRuns.Run(CheckpointRuns.Noisy, folder.Path, 1, saveFrequency: 2, Epochs, new Interruption(10)));
        return File.ReadAllBytes(CheckpointRuns.CheckpointPath(folder.Path));
    }

    private static (byte[] Bytes, string How) Damage(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        int at = random.Next(3) == 0 ? random.Next(64) : random.Next(whole.Length);
        switch (random.Next(5))
        {
            case 0:
                int bit = random.Next(8);
                bytes[at] ^= (byte)(1 << bit);
                return (bytes, $"bit {bit} of byte {at}");
            case 1:
                return (bytes[..at], $"cut at {at}");
            case 2:
                return ([.. bytes, .. new byte[1 + random.Next(20)]], "appended zeros");
            case 3:
                int count = Math.Min(1 + random.Next(5000), bytes.Length - at);
                bytes.AsSpan(at, count).Fill((byte)random.Next(256));
                return bytes.AsSpan().SequenceEqual(whole) ? (bytes[1..], "first byte gone") : (bytes, $"{count} bytes from {at}");
            default:
                return ([.. bytes[..at], .. bytes[(at + 1)..]], $"byte {at} gone");
        }
    }

    private sealed class Seeing : Callback
    {
        public bool HasSeen { get; private set; }

        public override void OnTrainBegin(TrainingRun training) => HasSeen = true;
    }
}
