using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Windows of series: what they hold, and that training on views is training on copies.</summary>
public sealed class WindowTests
{
    // Row r holds r and 100 + r.
    private static readonly TimeSeries<double> Series = Counting(20);

    public static TheoryData<int, bool, int, int> Cuts { get; } = new()
    {
        { 1, false, 1, 1 }, { 3, false, 1, 1 }, { 1, true, 1, 1 }, { 3, true, 2, 1 }, { 2, true, 1, 3 }, { 2, false, 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Targets_follow_each_window_or_each_of_its_steps(int horizon, bool eachStep, int stride, int rate)
    {
        const int Length = 4;
        WindowDataSet<double> windows = Series.Windows(new WindowOptions
        {
            SequenceLength = Length, Horizon = horizon, TargetsAtEachStep = eachStep, SequenceStride = stride, SamplingRate = rate, TargetColumns = ["b"],
        });
        int span = (Length - 1 + horizon) * rate;
        Assert.Equal((20 - span - 1) / stride + 1, windows.Count);
        for (int i = 0; i < windows.Count; i++)
        {
            int start = i * stride;
            Assert.Equal((0, start), windows.StartOf(i));
            Assert.Equal(start + Length * rate, windows.ForecastRow(i));
            var input = new double[windows.InputLength];
            windows.CopyInput(i, input);
            Assert.Equal(Enumerable.Range(0, Length).SelectMany(t => new double[] { start + t * rate, 100 + start + t * rate }), input);
            var target = new double[windows.TargetLength];
            windows.CopyTarget(i, target);
            IEnumerable<int> steps = eachStep ? Enumerable.Range(0, Length) : [Length - 1];
            Assert.Equal(steps.SelectMany(t => Enumerable.Range(1, horizon).Select(h => 100.0 + start + (t + h) * rate)), target);
        }
    }

    [Fact]
    public void A_window_can_be_its_own_target()
    {
        WindowDataSet<double> windows = Series.Windows(new WindowOptions { SequenceLength = 4, SamplingRate = 2, InputColumns = ["b"], TargetsAreInputs = true });
        Assert.Equal(14, windows.Count);
        double[] input = new double[4], target = new double[4];
        windows.CopyInput(13, input);
        windows.CopyTarget(13, target);
        Assert.Equal([113, 115, 117, 119], target);
        Assert.Equal(target, input);
        Refused("With TargetsAreInputs, Horizon, TargetsAtEachStep and TargetColumns stay unset", () => Series.Windows(windows.Options with { Horizon = 2 }));
    }

    [Fact]
    public void No_window_reaches_over_the_end_of_a_series()
    {
        WindowDataSet<double> windows = WindowDataSet.Of([Counting(6), Counting(3), Counting(7)], new WindowOptions { SequenceLength = 4 });
        Assert.Equal([(0, 0), (0, 1), (2, 0), (2, 1), (2, 2)], Enumerable.Range(0, windows.Count).Select(windows.StartOf));
    }

    [Fact]
    public void A_shuffle_keeps_the_windows_and_depends_on_the_seed()
    {
        int[] Starts(int seed) => [.. Enumerable.Range(0, 16).Select(Series.Windows(new WindowOptions { SequenceLength = 4, Shuffle = true, Seed = seed }).StartOf).Select(s => s.Row)];
        Assert.Equal(Enumerable.Range(0, 16), Starts(1).Order());
        Assert.Equal(Starts(1), Starts(1));
        Assert.NotEqual(Starts(1), Starts(2));
    }

    [Theory]
    [InlineData(DataLayout.BatchMajor, true, 1)]
    [InlineData(DataLayout.TimeMajor, true, 1)]
    [InlineData(DataLayout.TimeMajor, true, 3)]
    [InlineData(DataLayout.TimeMajor, false, 5)]
    public void Training_on_views_is_training_on_copies(DataLayout layout, bool eachStep, int horizon)
    {
        var random = new Random(5);
        var series = new TimeSeries<double>(Enumerable.Range(0, 240).Select(_ => random.NextDouble()).ToArray(), 2, ["a", "b"]);
        WindowDataSet<double> views = series.Windows(new WindowOptions { SequenceLength = 5, Horizon = horizon, TargetsAtEachStep = eachStep, TargetColumns = ["b"], SamplingRate = 2 });
        var inputs = new double[views.Count * views.InputLength];
        var targets = new double[views.Count * views.TargetLength];
        for (int i = 0; i < views.Count; i++)
        {
            views.CopyInput(i, inputs.AsSpan(i * views.InputLength));
            views.CopyTarget(i, targets.AsSpan(i * views.TargetLength));
        }

        // Five steps ahead at the end are five steps of one value as well.
        var shape = new AffineShape(Features: 2, Units: eachStep ? horizon : 1, Batch: 16, TimeSteps: 5, Layout: layout);
        (double[] ofViews, History viewed) = Train(shape, views);
        (double[] ofCopies, History copied) = Train(shape, new DataSet<double>(inputs, targets));
        Assert.Equal(ofCopies, ofViews);
        Assert.Equal(copied["loss"], viewed["loss"]);
        Assert.Equal(copied["val_loss"], viewed["val_loss"]);
        Assert.NotEqual(viewed["loss"][0], viewed["loss"][1]);
    }

    [Fact]
    public void Predictions_stand_row_first_whatever_the_layout()
    {
        WindowDataSet<double> windows = Series.Windows(new WindowOptions { SequenceLength = 4, Horizon = 0 });
        Assert.Equal(17, windows.Count);
        double[][] predictions = [.. Enum.GetValues<DataLayout>().Select(layout => new AffineModel<double>(new AffineShape(2, 3, Batch: 5, TimeSteps: 4, Layout: layout)).Predict(windows))];
        Assert.Equal(17 * 4 * 3, predictions[0].Length);
        Assert.Equal(predictions[0], predictions[1]);
        Assert.Equal(predictions[0][^3..], new AffineModel<double>(new AffineShape(2, 3)).Predict(new DataSet<double>([.. Series.Row(19)], [])));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var options = new WindowOptions { SequenceLength = 4 };
        Refused("No window fits in: one takes 21 rows, the series has 20 from StartIndex on.", () => Series.Windows(options with { SequenceLength = 20 }));
        Refused("SequenceLength is at least 1.", () => Series.Windows(options with { SequenceLength = 0 }));
        Refused("SequenceStride is at least 1.", () => Series.Windows(options with { SequenceStride = 0 }));
        Refused("SamplingRate is at least 1.", () => Series.Windows(options with { SamplingRate = -1 }));
        Refused("StartIndex is at least 0.", () => Series.Windows(options with { StartIndex = -1 }));
        Refused("EndIndex is at least 6.", () => Series.Windows(options with { StartIndex = 5, EndIndex = 5 }));
        Refused("EndIndex lies behind series 0, which has 20 rows.", () => Series.Windows(options with { EndIndex = 21 }));
        Refused("Horizon is at least 0.", () => Series.Windows(options with { Horizon = -1 }));
        Refused("There is no column 'c'; there are a, b.", () => Series.Windows(options with { TargetColumns = ["c"] }));
        Refused("Column 1 of series 1 is missing; that of the first series is 'b'.", () => WindowDataSet.Of([Series, Series.Select("a")], options));
        Refused("The last window starts at row 16; there are 16 targets.", () => WindowDataSet.FromArray<double>(Series.Values, 2, options, new double[16]));
        var model = new AffineModel<double>(new AffineShape(2, 2, TimeSteps: 5));
        Refused("Affine: input 'x' takes 5 time steps of 2; the windows hold 4 time steps of 2.", () => model.Predict(Series.Windows(options)));
        Refused(
            "Affine: the target of output 'y' takes 5 time steps of 2; the windows hold 1 time step of 2.",
            () => model.Evaluate(Series.Windows(options with { SequenceLength = 5 }), Loss.MeanSquaredError));
        Refused("Affine has 1 output; the data set holds 0 targets.", () => model.Evaluate(Series.Windows(options with { SequenceLength = 5, Horizon = 0 }), Loss.MeanSquaredError));
    }

    private static TimeSeries<double> Counting(int rows) => new(Enumerable.Range(0, rows).SelectMany(r => new double[] { r, 100 + r }).ToArray(), 2, ["a", "b"]);

    private static (double[] Weights, History History) Train(AffineShape shape, DataSet<double> data)
    {
        var model = new AffineModel<double>(shape);
        History history = model.Fit(data, new FitOptions
        {
            Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Epochs = 3, ValidationSplit = 0.25, Seed = 3, Verbose = Verbosity.Silent,
        });
        return (model.Parameters.ToArray(), history);
    }

    private static void Refused(string message, Func<object> call) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
}
