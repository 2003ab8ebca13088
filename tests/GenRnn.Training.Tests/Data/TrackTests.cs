using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Truncated back-propagation through time: the state crosses windows, gradients don't, rows start anew where their series does.</summary>
public sealed class TrackTests
{
    private const int Steps = 4;
    private static readonly WindowOptions Each = new() { SequenceLength = Steps, TargetsAtEachStep = true };

    [Fact]
    public void Rows_of_a_batch_go_on_where_those_of_the_one_before_ended()
    {
        // 41 rows are 10 windows with a target each; the tenth fills no track of three.
        WindowDataSet<double> windows = Random(41, 1).Tracks(Each, 3);
        Assert.Equal(3, windows.Tracks);
        Assert.Equal([0, 12, 24, 4, 16, 28, 8, 20, 32], Enumerable.Range(0, windows.Count).Select(i => windows.StartOf(i).Row));
        // Several series lie end to end: windows 0 to 2 of the first, 0 to 4 of the second.
        WindowDataSet<double> several = WindowDataSet.Tracks([Random(13, 2), Random(23, 3)], Each, 2);
        Assert.Equal([(0, 0), (1, 4), (0, 4), (1, 8), (0, 8), (1, 12), (1, 0), (1, 16)], Enumerable.Range(0, several.Count).Select(several.StartOf));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Forward_is_one_long_forward_of_each_track(int tracks)
    {
        TimeSeries<double> series = Random(121, 4);
        double[] outputs = new LeakyModel(tracks, Steps, 0.75).Predict(series.Tracks(Each, tracks));
        int length = 120 / Steps / tracks * Steps;
        for (int track = 0; track < tracks; track++)
        {
            double[] whole = new LeakyModel(1, length, 0.75).Predict(series.Slice(track * length, length).Windows(new WindowOptions { SequenceLength = length, Horizon = 0 }));
            Assert.Equal(whole, Enumerable.Range(0, length / Steps).SelectMany(k => outputs.Skip((k * tracks + track) * Steps).Take(Steps)));
        }
    }

    [Fact]
    public void A_generated_model_on_tracks_has_the_bits_of_one_long_forward_and_of_single_steps()
    {
        var random = new Random(10);
        var series = new TimeSeries<float>(Enumerable.Range(0, 61).Select(_ => random.NextSingle() - 0.5f).ToArray());
        var options = new WindowOptions { SequenceLength = TrackedModel.TimeSteps, TargetsAtEachStep = true };
        var tracked = new TrackedModel(seed: 2);
        var whole = new WholeModel();
        whole.SetWeights(tracked.GetWeights());
        float[] outputs = tracked.Predict(series.Tracks(options, TrackedModel.Batch));
        float[] expected = whole.Predict(series.Windows(new WindowOptions { SequenceLength = 30, SequenceStride = 30, Horizon = 0 }));
        TrackedModel.State state = tracked.CreateState(1);
        var step = new float[1];
        for (int i = 0; i < 60; i++)
        {
            (int track, int t) = (i / 30, i % 30);
            Assert.Equal(expected[i], outputs[(t / 5 * 2 + track) * 5 + t % 5]);
            if (t == 0)
                state.Reset(0);
            tracked.Step(series.Values.Span.Slice(i, 1), step, state);
            Assert.Equal(expected[i], step[0]);
        }

        // A training on tracks sees the same states: with a rate of 0 the loss of an epoch is that of one long forward.
        History history = tracked.Fit(series.Tracks(options, TrackedModel.Batch), new FitOptions
        {
            Optimizer = new Sgd { LearningRate = 0 }, Loss = Loss.MeanSquaredError, Epochs = 2, Verbose = Verbosity.Silent,
        });
        double error = Enumerable.Range(0, 60).Average(i => Math.Pow((double)expected[i] - series[i + 1], 2));
        Assert.Equal(error, history["loss"][0], 5);
        Assert.Equal(history["loss"][0], history["loss"][1]);
    }

    [Fact]
    public void A_row_starts_from_zeros_where_its_series_ends_and_the_others_go_on()
    {
        TimeSeries<double> first = Random(13, 5), second = Random(23, 6);
        double[] outputs = new LeakyModel(2, Steps, 0.5).Predict(WindowDataSet.Tracks([first, second], Each, 2));
        double[] ofFirst = Alone(first.Slice(0, 12)), start = Alone(second.Slice(0, 4)), middle = Alone(second.Slice(4, 16));
        Assert.Equal([.. ofFirst, .. start], Track(outputs, 0, 2));
        Assert.Equal(middle, Track(outputs, 1, 2));
    }

    [Fact]
    public void Every_epoch_and_every_validation_starts_from_zeros_and_gradients_end_at_windows()
    {
        const double Rate = 0.01;
        TimeSeries<double> series = Random(25, 7), other = Random(9, 8);
        var model = new LeakyModel(1, Steps, 0.9);
        History history = model.Fit(series.Tracks(Each, 1), new FitOptions
        {
            Optimizer = new Sgd { LearningRate = Rate }, Loss = Loss.MeanSquaredError, Epochs = 3, Validation = other.Tracks(Each, 1), Verbose = Verbosity.Silent,
        });

        double decay = 0.9;
        for (int epoch = 0; epoch < 3; epoch++)
        {
            double h = 0, losses = 0;
            for (int window = 0; window < 6; window++)
            {
                // dh / da is 0 where a window starts; h is not.
                double slope = 0, gradient = 0, loss = 0;
                for (int t = window * Steps; t < (window + 1) * Steps; t++)
                {
                    slope = h + decay * slope;
                    h = decay * h + series[t];
                    double error = h - series[t + 1];
                    loss += error * error / Steps;
                    gradient += 2 * error * slope / Steps;
                }

                losses += loss;
                decay -= Rate * gradient;
            }

            Assert.Equal(losses / 6, history["loss"][epoch], 12);
            Assert.Equal(Error(decay, other, 8), history["val_loss"][epoch], 12);
        }

        Assert.Equal(decay, model.Parameters[0], 12);
    }

    [Fact]
    public void What_would_break_a_track_is_refused()
    {
        TimeSeries<double> series = Random(41, 9);
        FitOptions options = new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Verbose = Verbosity.Silent };
        Refused("10 windows are too few for 11 tracks.", () => series.Tracks(Each, 11));
        Refused("SequenceStride = 2, but on a track the next window begins 4 rows later, where one ends. Leave it unset.", () => series.Tracks(Each with { SequenceStride = 2 }, 1));
        Refused("Shuffle would break the order of the windows on a track. Leave it unset.", () => series.Tracks(Each with { Shuffle = true }, 1));
        Refused("Leaky is not stateful: it would start each window of a track from zeros. Declare its recurrent layers with Stateful = true.",
            () => new LeakyModel(2, Steps, 0, isStateful: false).Fit(series.Tracks(Each, 2), options));
        Refused("Leaky carries 2 rows, its Batch, from batch to batch; the data set has 3 tracks.", () => new LeakyModel(2, Steps, 0).Fit(series.Tracks(Each, 3), options));
        Refused("The view begins at row 1, in the middle of a batch of 2 tracks.", () => new LeakyModel(2, Steps, 0).Predict(series.Tracks(Each, 2).Slice(1, 4)));
    }

    private static TimeSeries<double> Random(int rows, int seed)
    {
        var random = new Random(seed);
        return new TimeSeries<double>(Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5).ToArray());
    }

    private static double[] Alone(TimeSeries<double> series) =>
        new LeakyModel(1, series.Length, 0.5).Predict(series.Windows(new WindowOptions { SequenceLength = series.Length, Horizon = 0 }));

    private static IEnumerable<double> Track(double[] outputs, int track, int tracks) => outputs.Chunk(Steps).Where((_, i) => i % tracks == track).SelectMany(w => w);

    private static double Error(double decay, TimeSeries<double> series, int steps)
    {
        double h = 0, sum = 0;
        for (int t = 0; t < steps; t++)
        {
            h = decay * h + series[t];
            sum += (h - series[t + 1]) * (h - series[t + 1]);
        }

        return sum / steps;
    }

    private static void Refused(string message, Func<object> call) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
}
