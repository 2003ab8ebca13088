using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>What training refuses before it starts.</summary>
internal static class TrainingChecks
{
    /// <summary>The options that do not depend on data. Returns the rows per update.</summary>
    public static int Options(ModelInfo info, FitOptions options) => Options(info, options, ThreadChoice.HasThreads);

    /// <param name="info">The model.</param>
    /// <param name="options">The options.</param>
    /// <param name="hasThreads">Whether the platform can start any.</param>
    internal static int Options(ModelInfo info, FitOptions options, bool hasThreads)
    {
        // Required, which null is no way around.
        if (options.Optimizer is null)
            throw new ArgumentException("Optimizer is null; expected what updates the parameters.", nameof(options));
        if (options.Loss is null)
            throw new ArgumentException("Loss is null; expected what is minimised.", nameof(options));
        if (options.Metrics is null)
            throw new ArgumentException("Metrics is null; expected a list, empty for none.", nameof(options));
        if (options.WeightedMetrics is null)
            throw new ArgumentException("WeightedMetrics is null; expected a list, empty for none.", nameof(options));
        if (options.Callbacks is null)
            throw new ArgumentException("Callbacks is null; expected a list, empty for none.", nameof(options));
        if (options.Frozen is null)
            throw new ArgumentException("Frozen is null; expected a list, empty for none.", nameof(options));
        options.Loss.CheckOutputs(info);
        LossWeightsOf(info, options);
        foreach (Metric metric in options.Metrics.Concat(options.WeightedMetrics))
            metric.CheckOutputs(info);
        if (options.Epochs < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Epochs, "Epochs is at least 1.");
        if (options.InitialEpoch < 0 || options.InitialEpoch >= options.Epochs)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.InitialEpoch, $"InitialEpoch lies before the end, Epochs = {options.Epochs}.");
        }

        if (options.StepsPerEpoch < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.StepsPerEpoch, "StepsPerEpoch is at least 1, or null.");
        if (!(options.ValidationSplit >= 0 && options.ValidationSplit < 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.ValidationSplit, "ValidationSplit lies in (0, 1), or is 0 for none.");
        if (options.ValidationSplit > 0 && options.Validation is not null)
            throw new ArgumentException("Validation and ValidationSplit are both set; one says what to validate on.", nameof(options));
        if (options.Threads < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Threads, "Threads is at least 1.");
        if (options.Threads > 1 && !hasThreads)
            throw new ArgumentOutOfRangeException(nameof(options), options.Threads, "Threads is 1 on WebAssembly, which has no others.");
        int batchSize = options.BatchSize ?? info.Batch;
        if (batchSize < 1 || batchSize > info.Batch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), batchSize, $"BatchSize is 1 to {info.Batch}, the Batch that {info.Name} is compiled for.");
        }

        if (info.IsStateful && batchSize != info.Batch)
        {
            throw new ArgumentException(
                $"{info.Name} is stateful: it carries {info.Batch} rows from batch to batch, so BatchSize can't be {batchSize}.", nameof(options));
        }

        if (info.IsStateful && options.Shuffle == true)
        {
            throw new ArgumentException(
                $"{info.Name} is stateful: row i of a batch continues row i of the one before, which Shuffle would break. Leave Shuffle unset.", nameof(options));
        }

        return batchSize;
    }

    /// <summary>What the loss of each output counts.</summary>
    /// <exception cref="ArgumentException">A name is no output's, or a weight no number that is 0 or more.</exception>
    public static double[] LossWeightsOf(ModelInfo info, FitOptions options)
    {
        var weights = new double[info.Outputs.Count];
        Array.Fill(weights, 1);
        foreach ((string name, double weight) in options.LossWeights ?? new Dictionary<string, double>())
        {
            weights[IndexOfOutput(info, name, nameof(FitOptions.LossWeights))] = weight >= 0 && double.IsFinite(weight)
                ? weight
                : throw new ArgumentOutOfRangeException(nameof(options), weight, $"LossWeights['{name}'] is a number from 0.");
        }

        return weights;
    }

    /// <summary>An output by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int IndexOfOutput(ModelInfo info, string name, string where)
    {
        for (int i = 0; i < info.Outputs.Count; i++)
        {
            if (info.Outputs[i].Name == name)
                return i;
        }

        throw new ArgumentException($"{where} names the output '{name}'; {info.Name} has {string.Join(", ", info.Outputs.Select(o => o.Name))}.", nameof(name));
    }

    /// <summary>A stateful model carries one state per row of the batch, so every batch must be full.</summary>
    public static void FullBatches<T>(ModelInfo info, BoundDataSet<T> data, string parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (info.IsStateful && data.Rows % info.Batch != 0)
        {
            throw new ArgumentException(
                $"{info.Name} is stateful and needs full batches: {data.Rows} rows are not a multiple of its Batch, {info.Batch}.", parameter);
        }
    }

    /// <summary>Options that say something about rows which a stream does not know before.</summary>
    public static void Stream(FitOptions options)
    {
        if (options.Shuffle == true)
            throw new ArgumentException("Shuffle is set; rows of a stream come in its own order: shuffle there.", nameof(options));
        if (options.ValidationSplit > 0)
            throw new ArgumentException("ValidationSplit is set; a stream has no last part that is known before.", nameof(options));
    }

    /// <summary>The rows to train on and those to validate with: as the options say, or the last part of the former.</summary>
    public static (DataSet<T> Training, DataSet? Validation) Split<T>(ModelInfo info, FitOptions options, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (options.ValidationSplit == 0)
            return (data, options.Validation);
        int rows = data.RowsFor(info);
        int kept = RowsBeforeSplit(options.ValidationSplit, rows, nameof(data));
        return (data.Slice(0, kept), data.Slice(kept, rows - kept));
    }

    /// <summary>The rows in front of those that are validated with.</summary>
    /// <param name="split">The share of the latter.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="parameter">The data.</param>
    public static int RowsBeforeSplit(double split, int rows, string parameter)
    {
        int kept = (int)double.Floor(rows * (1 - split));
        return kept > 0 && kept < rows ? kept : throw new ArgumentException(
            FormattableString.Invariant($"ValidationSplit = {split} of {rows} rows leaves {kept} to train on and {rows - kept} to validate with; expected at least one of each."), parameter);
    }
}
