using System;
using System.IO;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Scalers: their figures, their way back, and that they are fitted on the training part alone and refuse other data.</summary>
public sealed class ScalingTests
{
    private static readonly TimeSeries<double> Series = new(new double[] { 1, 10, 2, 30, 4, 20, 9, 40 }, 2, ["a", "b"]);

    public static TheoryData<string, Scaler, double[]> Figures { get; } = new()
    {
        // a: mean 4, squares of the distances 9 + 4 + 0 + 25; b: mean 25, 225 + 25 + 25 + 225.
        { "standard", Scaler.Standard(), [-3 / Math.Sqrt(9.5), -15 / Math.Sqrt(125), -2 / Math.Sqrt(9.5), 5 / Math.Sqrt(125), 0, -5 / Math.Sqrt(125), 5 / Math.Sqrt(9.5), 15 / Math.Sqrt(125)] },
        { "min_max", Scaler.MinMax(), [0, 0, 1 / 8.0, 2 / 3.0, 3 / 8.0, 1 / 3.0, 1, 1] },
        { "min_max", Scaler.MinMax(-1, 1, "a"), [-1, 10, -0.75, 30, -0.25, 20, 1, 40] },
        // a: quartiles 1.75, 3 and 5.25; b: 17.5, 25 and 32.5.
        { "robust", Scaler.Robust(), [-2 / 3.5, -1, -1 / 3.5, 5 / 15.0, 1 / 3.5, -5 / 15.0, 6 / 3.5, 1] },
        { "log", Scaler.Log(1, "a"), [Math.Log(2), 10, Math.Log(3), 30, Math.Log(5), 20, Math.Log(10), 40] },
        { "difference", Scaler.Difference("a"), [1, 30, 2, 20, 5, 40] },
        { "difference", Scaler.SeasonalDifference(2), [3, 10, 7, 10] },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void Has_the_figures_of_its_formula_and_takes_them_back(string kind, Scaler scaler, double[] expected)
    {
        Assert.Equal(kind, scaler.Kind);
        Scaling scaling = Scaling.Fit(Series, scaler);
        TimeSeries<double> scaled = scaling.Transform(Series);
        Close(expected, scaled.Values.Span);
        Close(Series.Values.Span[(scaling.Lag * 2)..], scaling.Undo(scaled.Values.Span, Series.Slice(0, scaling.Lag)));
    }

    [Fact]
    public void Steps_are_undone_in_turn_from_what_was_known_before_the_forecast()
    {
        const int Season = 4;
        var random = new Random(7);
        var whole = new TimeSeries<double>(Enumerable.Range(0, 60).Select(_ => 1 + random.NextDouble()).ToArray(), 2, ["a", "b"]);
        Scaling scaling = Scaling.Fit(whole.Slice(0, 20), Scaler.Log(0, "b"), Scaler.SeasonalDifference(Season), Scaler.Standard(), Scaler.Difference("b"), Scaler.MinMax("a"));
        Assert.Equal(Season + 1, scaling.Lag);
        TimeSeries<double> scaled = scaling.Transform(whole);
        Assert.Equal(30 - scaling.Lag, scaled.Length);
        for (int start = scaling.Lag; start < 20; start += 5)
        {
            TimeSeries<double> known = whole.Slice(0, start), forecast = scaled.Slice(start - scaling.Lag, 7);
            Close(whole.Slice(start, 7).Values.Span, scaling.Undo(forecast.Values.Span, known));
            Close(whole.Slice(start, 7).Select("b").Values.Span, scaling.Undo(forecast.Select("b").Values.Span, known, ["b"]));
        }
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 2)]
    public void Forecasts_for_windows_come_back_as_the_values_that_follow_them(bool eachStep, int horizon)
    {
        var random = new Random(8);
        var whole = new TimeSeries<double>(Enumerable.Range(0, 50).Select(_ => random.NextDouble()).ToArray(), 2, ["a", "b"]);
        Scaling scaling = Scaling.Fit(whole.Slice(0, 15), Scaler.Difference(), Scaler.Standard());
        var options = new WindowOptions { SequenceLength = 4, Horizon = horizon, TargetsAtEachStep = eachStep, TargetColumns = ["b"], SequenceStride = 2, StartIndex = 1 };
        WindowDataSet<double> windows = scaling.Transform(whole).Windows(options);
        WindowDataSet<double> original = whole.Windows(options with { StartIndex = 2 });
        Assert.Equal(original.Count, windows.Count);
        double[] targets = Targets(windows);
        Close(Targets(original), scaling.Undo(targets, windows, whole));
        Refused("Found 1 values; expected", () => scaling.Undo([1.0], windows, whole));
    }

    [Fact]
    public void What_is_missing_stays_missing_and_a_constant_column_is_shifted()
    {
        var series = new TimeSeries<double>(new[] { 1, 5, double.NaN, 5, 3, 5 }, 2, missing: MissingValues.DropWindow);
        Assert.Equal([-1, 0, double.NaN, 0, 1, 0], Scaling.Fit(series, Scaler.Standard()).Transform(series).Values.ToArray());
        Assert.Equal([-1, 0, double.NaN, 0, 1, 0], Scaling.Fit(series, Scaler.Robust()).Transform(series).Values.ToArray().Select(v => v));
    }

    [Fact]
    public void Is_its_text_again()
    {
        Scaling scaling = Scaling.Fit(Series, Scaler.Log(0.1, "a"), Scaler.Standard(), Scaler.MinMax("b"), Scaler.Robust("a"), Scaler.SeasonalDifference(2, "b"));
        Scaling again = Scaling.Parse(scaling.ToString());
        Assert.Equal(scaling, again);
        Assert.Equal(scaling.GetHashCode(), again.GetHashCode());
        Assert.Equal(scaling.Transform(Series).Values.ToArray(), again.Transform(Series).Values.ToArray());
        Assert.NotEqual(scaling, Scaling.Fit(Series, Scaler.Standard()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"columns\": [\"a\"]}")]
    [InlineData("{\"columns\": [], \"steps\": []}")]
    [InlineData("{\"columns\": [\"a\", \"a\"], \"steps\": []}")]
    [InlineData("{\"columns\": [\"a\"], \"steps\": [{\"kind\": \"square\", \"columns\": [\"a\"]}]}")]
    [InlineData("{\"columns\": [\"a\"], \"steps\": [{\"kind\": \"log\", \"columns\": [\"b\"], \"offset\": 0}]}")]
    [InlineData("{\"columns\": [\"a\"], \"steps\": [{\"kind\": \"log\", \"columns\": [\"a\"], \"offset\": 1e999}]}")]
    [InlineData("{\"columns\": [\"a\"], \"steps\": [{\"kind\": \"standard\", \"columns\": [\"a\"], \"shift\": [0], \"scale\": [0]}]}")]
    [InlineData("{\"columns\": [\"a\"], \"steps\": [{\"kind\": \"standard\", \"columns\": [\"a\"], \"shift\": [0, 1], \"scale\": [1]}]}")]
    [InlineData("{\"columns\": [\"a\"], \"steps\": [{\"kind\": \"difference\", \"columns\": [\"a\"], \"lag\": 0}]}")]
    [InlineData("{\"columns\": [\"a\"], \"steps\": [{\"kind\": \"difference\", \"columns\": [\"a\"], \"lag\": 2e9}, {\"kind\": \"difference\", \"columns\": [\"a\"], \"lag\": 2000000000}]}")]
    public void Damaged_text_is_refused(string text) =>
        Assert.StartsWith("The scaling is damaged: ", Assert.Throws<InvalidDataException>(() => Scaling.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_columns_are_refused_by_name_and_values_by_row_and_column()
    {
        Scaling scaling = Scaling.Fit(Series, Scaler.Log(0, "b"), Scaler.Difference());
        Refused("Found the columns b, a; the scaling is of a, b.", () => scaling.Transform(Series.Select("b", "a")));
        Refused("Row 1, column 'b': -1 + 0 has no logarithm; expected more than 0.", () => scaling.Transform(new TimeSeries<double>(new double[] { 1, 1, 1, -1 }, 2, ["a", "b"])));
        Refused("There is no column 'c'; there are a, b.", () => Scaling.Fit(Series, Scaler.Standard("c")));
        Refused("A column comes twice: a, a.", () => Scaling.Fit(Series, Scaler.Standard("a", "a")));
        Refused("Column 'a' of the training part has no value.", () => Scaling.Fit(Series, Scaler.SeasonalDifference(4), Scaler.Standard()));
        Refused("Found 0 rows before the forecast; the differences need 1.", () => scaling.Undo<double>([1, 2]));
        Refused("3 values are no whole rows of 2 columns.", () => scaling.Undo<double>([1, 2, 3], Series));
        Refused("The range ends behind its start, 1.", () => Scaler.MinMax(1, 1));
    }

    [Fact]
    public void A_model_keeps_the_scaling_of_its_data_and_refuses_another()
    {
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Verbose = Verbosity.Silent };
        var cut = new WindowOptions { SequenceLength = 1 };
        Scaling standard = Scaling.Fit(Series, Scaler.Standard());
        WindowDataSet<double> data = standard.Transform(Series).Windows(cut), other = Scaling.Fit(Series, Scaler.MinMax()).Transform(Series).Windows(cut);
        var model = new ScaledModel();
        Assert.Null(model.GetScaling());
        Assert.Equal(standard, model.Fit(data, options).Scaling);
        Assert.Equal(standard, model.GetScaling());
        const string Refusal = "Another scaling: the data are scaled by ";
        Refused(Refusal, () => model.Fit(other, options));
        Refused(Refusal, () => model.Evaluate(other.Slice(0, 1), Loss.MeanSquaredError));
        Refused(Refusal, () => model.Predict(other));
        Refused("Another scaling: the data have the columns b, a; Scaled was trained on a, b.", () => model.Predict(Scaling.Fit(Series.Select("b", "a")).Transform(Series.Select("b", "a")).Windows(cut)));
        Assert.Equal(standard, model.Fit(Series.Windows(cut), options).Scaling);
        model.SetScaling(null);
        Assert.Equal(other.Scaling, model.Fit(other, options).Scaling);
        Refused(Refusal, () => new ScaledModel().Fit(data, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Verbose = Verbosity.Silent, Validation = other }));
    }

    [Fact]
    public void Parts_are_cut_by_share_or_moment_with_what_windows_need_before_them()
    {
        DateTime[] times = [.. Enumerable.Range(0, 20).Select(d => new DateTime(2000, 1, 1).AddDays(d))];
        var series = new TimeSeries<double>(Enumerable.Range(0, 20).Select(v => (double)v).ToArray(), times: times);
        foreach (TimeSplit<double> split in new[] { series.Split(0.5, 0.25, context: 3), series.Split(times[10], times[15].AddHours(-1), context: 3) })
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(v => (double)v), split.Training.Values.ToArray());
            Assert.Equal(Enumerable.Range(7, 8).Select(v => (double)v), split.Validation.Values.ToArray());
            Assert.Equal(Enumerable.Range(12, 8).Select(v => (double)v), split.Test.Values.ToArray());
            Assert.Equal(times[7], split.Validation.Times[0]);
        }

        Assert.Equal(0, series.Split(0.5, 0.5).Test.Length);
        Refused("Training ends before row 0 and validation before row 20 of 20: each needs a row.", () => series.Split(new DateTime(1999, 1, 1)));
        Refused("There are 10 rows before the validation part, and 11 of context are asked for.", () => series.Split(0.5, 0.5, context: 11));
        Refused("The shares 0.5 and 0.6 lie above 0 and are at most 1 together.", () => series.Split(0.5, 0.6));
        Refused("The rows of the series have no times.", () => Series.Split(times[0]));
    }

    [Fact]
    public void Calendar_features_are_angles_of_their_cycles()
    {
        // A Thursday, the 15th of 31 days, the 74th day of a year of 366, a quarter past the day's start.
        DateTime[] times = [new(2012, 3, 15, 6, 0, 0)];
        TimeSeries<double> series = new TimeSeries<double>(new double[1], times: times).WithCalendar(
            CalendarFeatures.TimeOfDay | CalendarFeatures.DayOfWeek | CalendarFeatures.DayOfMonth | CalendarFeatures.DayOfYear | CalendarFeatures.MonthOfYear);
        Assert.Equal(
            ["column_0", "time_of_day_sin", "time_of_day_cos", "day_of_week_sin", "day_of_week_cos", "day_of_month_sin", "day_of_month_cos", "day_of_year_sin", "day_of_year_cos", "month_of_year_sin", "month_of_year_cos"],
            series.ColumnNames);
        double[] shares = [0.25, 3.25 / 7, 14 / 31.0, 74 / 366.0, 2 / 12.0];
        Assert.Equal(74, new DateTime(2012, 3, 15).DayOfYear - 1);
        Close([0, .. shares.SelectMany(s => new[] { Math.Sin(2 * Math.PI * s), Math.Cos(2 * Math.PI * s) })], series.Values.Span);
        Refused("The rows of the series have no times.", () => Series.WithCalendar(CalendarFeatures.DayOfYear));
        Refused("Expected one or several features.", () => series.WithCalendar(CalendarFeatures.None));
        Refused("Expected one or several features.", () => series.WithCalendar((CalendarFeatures)64));
    }

    private static double[] Targets(WindowDataSet<double> windows)
    {
        var targets = new double[windows.Count * windows.TargetLength];
        for (int i = 0; i < windows.Count; i++)
            windows.CopyTarget(i, targets.AsSpan(i * windows.TargetLength));
        return targets;
    }

    private static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 12);
    }

    private static void Refused(string message, Func<object> call) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
}
