using System;
using System.Collections.Generic;
using System.IO;

namespace GenRnn;

/// <summary>Writes event files that TensorBoard shows: Keras' <c>TensorBoard</c>.</summary>
/// <remarks>
/// <c>train</c> and <c>validation</c> below the folder hold a file each, as Keras writes them: <c>epoch_loss</c> and the other results of an epoch at the number of the epoch, from 0, with
/// <c>epoch_learning_rate</c>; and in <c>validation</c> also <c>evaluation_loss_vs_iterations</c> at the number of batches. Histograms of weights are called by their path:
/// <c>dense/kernel/histogram</c>. There is no graph, and there are no images, embeddings or profiles.
/// </remarks>
/// <param name="logDirectory">The folder: <c>logs</c> unless said. Keras' <c>log_dir</c>.</param>
/// <exception cref="ArgumentException">There is no path.</exception>
public sealed class TensorBoard(string logDirectory = "logs") : Callback
{
    // As many as Keras' histograms have.
    private const int Buckets = 30;
    private const string ValidationPrefix = "val_";

    private readonly string _folder = string.IsNullOrEmpty(logDirectory) ? throw new ArgumentException("Found no path.", nameof(logDirectory)) : logDirectory;
    private EventFile? _train;
    private EventFile? _validation;

    /// <summary>After how many epochs histograms of the weights are written, the first epoch's among them; 0, the default, for none. Keras' <c>histogram_freq</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int HistogramFrequency
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(HistogramFrequency), value, "HistogramFrequency is not negative.");
    }

    /// <summary>After how many batches of an epoch its results so far are written too, as <c>batch_loss</c> and so on at the number of batches; null, the default, for epochs alone. Keras' <c>update_freq</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? UpdateFrequency
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(UpdateFrequency), value, "UpdateFrequency is at least 1, or null for epochs alone.");
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun training)
    {
        Close();
        _train = new EventFile(Path.Combine(_folder, "train"));
        _validation = new EventFile(Path.Combine(_folder, "validation"));
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingRun training, int batch, double loss)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (UpdateFrequency is not { } frequency || batch % frequency != 0)
            return;
        DateTimeOffset now = training.Now;
        foreach ((string name, double value) in training.GetResults())
            _train!.Scalar(now, training.Batches, "batch_" + name, value);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(result);
        DateTimeOffset now = training.Now;
        WriteTraining(now, training, epoch, result.Logs);
        WriteValidation(now, training, epoch, result.Logs);
        if (HistogramFrequency > 0 && epoch % HistogramFrequency == 0)
            WriteHistograms(now, training, epoch);
        _train!.Flush();
        _validation!.Flush();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingRun training) => Close();

    /// <inheritdoc/>
    public override void OnCheckpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        // Checked before training begins, there are no files yet.
        (_train ?? new EventFile(_folder)).Checkpoint(part.Part("train"));
        (_validation ?? new EventFile(_folder)).Checkpoint(part.Part("validation"));
    }

    private void WriteTraining(DateTimeOffset now, TrainingRun training, int epoch, Logs logs)
    {
        foreach ((string name, double value) in logs)
        {
            if (!name.StartsWith(ValidationPrefix, StringComparison.Ordinal) && name != "learning_rate")
                _train!.Scalar(now, epoch, "epoch_" + name, value);
        }

        _train!.Scalar(now, epoch, "epoch_learning_rate", training.LearningRate);
    }

    private void WriteValidation(DateTimeOffset now, TrainingRun training, int epoch, Logs logs)
    {
        var results = new List<(string Name, double Value)>();
        foreach ((string name, double value) in logs)
        {
            if (name.StartsWith(ValidationPrefix, StringComparison.Ordinal))
                results.Add((name[ValidationPrefix.Length..], value));
        }

        foreach ((string name, double value) in results)
            _validation!.Scalar(now, training.Batches, $"evaluation_{name}_vs_iterations", value);
        foreach ((string name, double value) in results)
            _validation!.Scalar(now, epoch, "epoch_" + name, value);
    }

    private void WriteHistograms(DateTimeOffset now, TrainingRun training, int epoch)
    {
        foreach (VariableInfo variable in training.Model.Variables)
        {
            var weights = new double[variable.Length];
            training.CopyWeights(variable, weights);
            _train!.Histogram(now, epoch, variable.Path + "/histogram", Histogram.Of(weights, Buckets));
        }
    }

    private void Close()
    {
        _train?.Dispose();
        _validation?.Dispose();
    }
}
