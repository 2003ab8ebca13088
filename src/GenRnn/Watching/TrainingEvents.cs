using System;

namespace GenRnn;

/// <summary>The one place that tells what happens in a training: to the console, to <see cref="FitOptions.Progress"/>, and to the meter.</summary>
internal sealed class TrainingEvents(FitOptions options, string model, int? batches, RunProgress progress)
{
    private readonly ProgressReport? _report = ProgressReport.Create(options, batches);
    private int _epoch;

    public void Begin() => Tell(TrainingEventKind.Began);

    public void BeginEpoch()
    {
        _epoch = progress.Epoch + 1;
        _report?.BeginEpoch(_epoch, progress.Batch);
        Tell(TrainingEventKind.EpochBegan);
    }

    /// <summary>A batch is done. Allocates nothing.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="names">Names of the results so far, sorted.</param>
    /// <param name="values">Their values.</param>
    public void EndBatch(int rows, double loss, ReadOnlySpan<string> names, ReadOnlySpan<double> values)
    {
        TrainingMeter.EndBatch(model, rows, loss);
        _report?.EndStep(progress.Batch, names, values);
        Tell(TrainingEventKind.BatchEnded, loss);
    }

    public void EndEpoch(EpochResult result)
    {
        TrainingMeter.EndEpoch(model, result);
        _report?.EndEpoch(result.Logs);
        Tell(TrainingEventKind.EpochEnded, double.NaN, result.Logs);
    }

    public void End() => Tell(TrainingEventKind.Ended);

    private void Tell(TrainingEventKind kind, double loss = double.NaN, Logs? results = null) => options.Progress?.Report(new TrainingEvent
    {
        Kind = kind, Model = model, Epoch = Math.Max(1, _epoch), Epochs = options.Epochs, Batch = progress.Batch, Batches = batches, Loss = loss,
        Elapsed = kind is TrainingEventKind.Began or TrainingEventKind.Ended ? TimeSpan.Zero : progress.Elapsed, Results = results,
    });
}
