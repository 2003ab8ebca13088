using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Training.Tests.Checkpoints;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Epochs of so many batches go through the rows of a data set as Keras' iterator does: each takes the next ones, and the last of a pass has what is left.</summary>
public sealed class StepsPerEpochTests
{
    // Seven batches, the last of one row.
    private const int Rows = 25;
    private static readonly AffineShape s_shape = new(Features: 2, Units: 1, Batch: 4);

    [Fact]
    public void An_epoch_goes_on_where_the_one_before_ended()
    {
        List<int[]> seen = Seen(epochs: 5, steps: 3, shuffle: false);
        int[][] pass = [.. Enumerable.Range(0, Rows).Chunk(4)];
        Assert.Equal<int[]>([.. pass, .. pass[..6]], seen);
    }

    [Fact]
    public void A_pass_of_whole_epochs_is_followed_by_the_next() => Assert.Equal<int[]>(
        [.. Enumerable.Repeat(Enumerable.Range(0, Rows).Chunk(4).ToArray(), 2).SelectMany(pass => pass)], Seen(epochs: 2, steps: 7, shuffle: false));

    [Fact]
    public void A_random_order_is_that_of_a_pass()
    {
        List<int[]> seen = Seen(epochs: 5, steps: 3, shuffle: true), whole = Seen(epochs: 4, steps: null, shuffle: true);
        // The passes begin with epochs 0 and 3.
        Assert.Equal(whole[..7], seen[..7]);
        Assert.Equal(whole[21..27], seen[7..]);
        Assert.Equal(Enumerable.Range(0, Rows), seen[..7].SelectMany(rows => rows).Order());
        Assert.NotEqual(seen[0], seen[7]);
    }

    [Fact]
    public void Another_call_of_Fit_begins_a_pass()
    {
        var model = new AffineModel<double>(s_shape) { Records = true };
        using var trainer = new Trainer<double>(model, Options(epochs: 1, steps: 3, shuffle: false));
        trainer.Fit(Models.Data<double>(s_shape, Rows));
        trainer.Fit(Models.Data<double>(s_shape, Rows));
        Assert.Equal(model.SeenRows[..3], model.SeenRows[3..]);
    }

    [Fact]
    public void A_training_that_was_interrupted_goes_on_amid_a_pass()
    {
        double[] Trained(string folder, params Callback[] others)
        {
            var model = new AffineModel<double>(s_shape);
            model.Fit(Models.Data<double>(s_shape, Rows), Options(epochs: 6, steps: 3, shuffle: true, [new BackupAndRestore(Path.Combine(folder, "run.safetensors")) { SaveFrequency = 1 }, .. others]));
            return model.Parameters.ToArray();
        }

        using var whole = new TemporaryFolder();
        double[] expected = Trained(whole.Path);
        for (int batches = 1; batches < 14; batches++)
        {
            using var cut = new TemporaryFolder();
            Assert.Throws<OperationCanceledException>(() => Trained(cut.Path, new Interruption(batches)));
            Assert.Equal(expected, Trained(cut.Path));
        }
    }

    [Fact]
    public void Validation_amid_a_pass_takes_nothing_from_the_states_of_tracks()
    {
        double Trained(bool validates)
        {
            double[] values = Models.Random<double>(41, 3);
            WindowDataSet<double> tracks = new TimeSeries<double>(values).Tracks(new WindowOptions { SequenceLength = 4, TargetsAtEachStep = true }, 1);
            var model = new LeakyModel(1, 4, 0.9);
            model.Fit(tracks, new FitOptions
            {
                Optimizer = new Sgd { LearningRate = 0.01 }, Loss = Loss.MeanSquaredError, Epochs = 4, StepsPerEpoch = 3, Validation = validates ? tracks : null, Verbose = Verbosity.Silent,
            });
            return model.Parameters[0];
        }

        Assert.Equal(Trained(validates: false), Trained(validates: true));
    }

    private static List<int[]> Seen(int epochs, int? steps, bool shuffle)
    {
        var model = new AffineModel<double>(s_shape) { Records = true };
        model.Fit(Models.Data<double>(s_shape, Rows), Options(epochs, steps, shuffle));
        return [.. model.SeenRows.Select(rows => rows.Select(row => (int)Math.Round(row * 1000)).ToArray())];
    }

    private static FitOptions Options(int epochs, int? steps, bool shuffle, params Callback[] callbacks) => new()
    {
        Optimizer = new Sgd { Momentum = 0.5 }, Loss = Loss.MeanSquaredError, Epochs = epochs, StepsPerEpoch = steps, Shuffle = shuffle, Verbose = Verbosity.Silent, Callbacks = callbacks,
    };
}
