using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace GenRnn.Training.Tests.Checkpoints;

/// <summary>Whole trainings with all that a checkpoint has to hold, by name, and the bits that they end with.</summary>
internal static class CheckpointRuns
{
    public const string Noisy = "noisy";
    public const string Carrying = "carrying";

    /// <summary>Trains from the checkpoint on, if there is one, and gives the bits of weights and history.</summary>
    /// <param name="name">Which training.</param>
    /// <param name="folder">Where its files are.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="saveFrequency">See <see cref="BackupAndRestore.SaveFrequency"/>.</param>
    /// <param name="epochs">Number of epochs.</param>
    /// <param name="others">Further callbacks, behind its own.</param>
    public static string Run(string name, string folder, int threads, int? saveFrequency, int epochs, params Callback[] others)
    {
        IModel<float> model = CreateModel(name);
        History history = Fit(model, name, folder, threads, saveFrequency, epochs, others);
        return Bits(model, history) + Csv(folder);
    }

    public static IModel<float> CreateModel(string name) => name == Noisy ? new NoisyModel(seed: 3) : new CarryingModel(seed: 3);

    public static string CheckpointPath(string folder) => Path.Combine(folder, "run.safetensors");

    public static History Fit(IModel<float> model, string name, string folder, int threads, int? saveFrequency, int epochs, params Callback[] others)
    {
        bool isNoisy = name == Noisy;
        Callback[] callbacks =
        [
            new BackupAndRestore(CheckpointPath(folder)) { SaveFrequency = saveFrequency },
            .. isNoisy ? (Callback[])[new ReduceLROnPlateau { Patience = 1, Factor = 0.7 }] : [new LearningRateScheduler((_, rate) => rate * 0.95)],
            new EarlyStopping { Patience = epochs, RestoreBestWeights = true },
            new CsvLogger(Path.Combine(folder, "log.csv")),
            new ModelCheckpoint(Path.Combine(folder, "best.safetensors")) { SaveBestOnly = true },
            .. others,
        ];
        return model.Fit(Data(name, rows: 192, seed: 1), new FitOptions
        {
            Optimizer = isNoisy
                ? new Adam { AmsGrad = true, UseEma = true, EmaOverwriteFrequency = 7, GradientAccumulationSteps = 3, WeightDecay = 0.01, GlobalClipNorm = 0.5 }
                : new Nadam { LearningRate = 0.01, UseEma = true },
            Loss = Loss.MeanSquaredError,
            Metrics = [Metric.MeanAbsoluteError, Metric.R2Score, Metric.RootMeanSquaredError],
            Validation = Data(name, rows: 96, seed: 5),
            Epochs = epochs,
            Seed = 11,
            Threads = threads,
            MultiplyAddsPerThread = 1,
            Verbose = Verbosity.Silent,
            Callbacks = callbacks,
        });
    }

    public static DataSet<float> Data(string name, int rows, int seed)
    {
        (int steps, int features) = name == Noisy ? (6, 3) : (4, 2);
        return new DataSet<float>(Models.Random<float>(rows * steps * features, seed), Models.Random<float>(rows, seed + 1));
    }

    /// <summary>Weights and history, each bit of them.</summary>
    public static string Bits(IModel<float> model, History history)
    {
        var text = new StringBuilder();
        foreach (float weight in model.Parameters)
            text.Append(CultureInfo.InvariantCulture, $"{BitConverter.SingleToUInt32Bits(weight):x8}");
        foreach (EpochResult epoch in history.Epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{epoch.Epoch}");
            foreach ((string result, double value) in epoch.Logs)
                text.Append(CultureInfo.InvariantCulture, $" {result} {BitConverter.DoubleToUInt64Bits(value):x16}");
        }

        return text.ToString();
    }

    private static string Csv(string folder) => "\n" + File.ReadAllText(Path.Combine(folder, "log.csv"));
}

/// <summary>Ends a training the hard way: by an exception after some batches.</summary>
internal sealed class Interruption(int batches) : Callback
{
    private int _left = batches;

    public override void OnTrainBatchEnd(TrainingRun training, int batch, double loss)
    {
        if (--_left == 0)
            throw new OperationCanceledException("interrupted");
    }
}

/// <summary>A folder that is gone at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gen-checkpoint-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
