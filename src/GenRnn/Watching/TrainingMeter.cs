using System.Collections.Generic;
using System.Diagnostics.Metrics;

namespace GenRnn;

/// <summary>What <c>System.Diagnostics.Metrics</c> sees of all trainings of the process: the meter <c>GenRnn</c>. An instrument that nobody listens to costs a check.</summary>
internal static class TrainingMeter
{
    private static readonly Meter s_meter = new("GenRnn");
    private static readonly Counter<long> s_batches = s_meter.CreateCounter<long>("genrnn.training.batches", "{batch}", "Batches trained.");
    private static readonly Counter<long> s_rows = s_meter.CreateCounter<long>("genrnn.training.rows", "{row}", "Rows trained.");
    private static readonly Counter<long> s_epochs = s_meter.CreateCounter<long>("genrnn.training.epochs", "{epoch}", "Epochs trained.");
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>("genrnn.training.epoch.duration", "s", "Duration of an epoch, validation included.");
    private static readonly Gauge<double> s_loss = s_meter.CreateGauge<double>("genrnn.training.loss", description: "Loss of the last batch.");
    private static readonly Gauge<double> s_validationLoss = s_meter.CreateGauge<double>("genrnn.training.validation_loss", description: "Loss of the last validation.");

    public static void EndBatch(string model, int rows, double loss)
    {
        KeyValuePair<string, object?> tag = new("model", model);
        s_batches.Add(1, tag);
        s_rows.Add(rows, tag);
        s_loss.Record(loss, tag);
    }

    public static void EndEpoch(string model, EpochResult result)
    {
        KeyValuePair<string, object?> tag = new("model", model);
        s_epochs.Add(1, tag);
        s_duration.Record(result.Duration.TotalSeconds, tag);
        if (result.ValidationLoss is { } loss)
            s_validationLoss.Record(loss, tag);
    }
}
