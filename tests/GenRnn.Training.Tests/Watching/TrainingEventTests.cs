using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests.Watching;

/// <summary>What happens in a training is told by one place: to whoever asks for progress, and to listeners of the meter.</summary>
public sealed class TrainingEventTests
{
    private static readonly AffineShape s_shape = new(Features: 3, Units: 2, Batch: 8);

    [Fact]
    public void Progress_is_told_what_happens()
    {
        var told = new Told();
        History history = Fit(told, epochs: 2);
        TrainingEventKind[] epoch = [TrainingEventKind.EpochBegan, TrainingEventKind.BatchEnded, TrainingEventKind.BatchEnded, TrainingEventKind.BatchEnded, TrainingEventKind.EpochEnded];
        Assert.Equal([TrainingEventKind.Began, .. epoch, .. epoch, TrainingEventKind.Ended], told.Events.Select(e => e.Kind));
        TrainingEvent batch = told.Events[^4], end = told.Events[^2];
        Assert.Equal(("Affine", 2, 2, 2, (int?)3), (batch.Model, batch.Epoch, batch.Epochs, batch.Batch, batch.Batches));
        Assert.True(double.IsFinite(batch.Loss));
        Assert.Same(history.Epochs[1].Logs, end.Results);
        Assert.Equal($"Affine, epoch 2/2: {history.Epochs[1].Logs}", end.ToString());
        Assert.StartsWith("Affine, epoch 2/2, batch 2/3: loss: ", batch.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Listeners_of_the_meter_hear_batches_rows_and_losses()
    {
        var heard = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "GenRnn")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument.Name, value, tags, adds: true));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument.Name, value, tags, adds: false));
        listener.Start();
        // A name of its own: other tests train meanwhile.
        History history = new Renamed().Fit(epochs: 2);
        Assert.Equal((6.0, 40.0, 2.0), (heard["genrnn.training.batches"], heard["genrnn.training.rows"], heard["genrnn.training.epochs"]));
        Assert.Equal(history["val_loss"][^1], heard["genrnn.training.validation_loss"]);
        Assert.True(double.IsFinite(heard["genrnn.training.loss"]));

        void Hear(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, bool adds)
        {
            if (tags[0].Key == "model" && (string?)tags[0].Value == Renamed.Name)
                heard[name] = adds ? heard.GetValueOrDefault(name) + value : value;
        }
    }

    [Fact]
    public void A_batch_that_is_told_allocates_nothing()
    {
        var counting = new Counting();
        var model = new AffineModel<float>(s_shape);
        model.Fit(Models.Data<float>(s_shape, 800), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Progress = counting, Verbose = Verbosity.Silent });
        Assert.Equal(0, counting.AllocatedBetweenBatches);
    }

    private static History Fit(IProgress<TrainingEvent> progress, int epochs) => new AffineModel<float>(s_shape).Fit(
        Models.Data<float>(s_shape, 20), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = epochs, Progress = progress });

    private sealed class Told : IProgress<TrainingEvent>
    {
        public List<TrainingEvent> Events { get; } = [];

        public void Report(TrainingEvent value) => Events.Add(value);
    }

    private sealed class Counting : IProgress<TrainingEvent>
    {
        private long _before = -1;

        public long AllocatedBetweenBatches { get; private set; }

        public void Report(TrainingEvent value)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            // The first batches make what is made once.
            if (value.Kind == TrainingEventKind.BatchEnded && value.Batch > 3)
                AllocatedBetweenBatches += now - _before;
            _before = now;
        }
    }

    private sealed class Renamed
    {
        public const string Name = "AffineThatIsListenedTo";

        public History Fit(int epochs)
        {
            var model = new AffineModel<float>(s_shape with { Name = Name });
            DataSet<float> data = Models.Data<float>(s_shape, 20);
            return model.Fit(data, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = epochs, Validation = data });
        }
    }
}
