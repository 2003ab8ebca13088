using System;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Tables of moments: what is refused by row and column, and how missing values are mended.</summary>
public sealed class TimeSeriesTests
{
    private const double Gap = double.NaN;

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_value_that_is_missing_is_named_by_row_and_column(double value, string text)
    {
        var error = Assert.Throws<ArgumentException>(() => new TimeSeries<double>(new[] { 1, 2, 3, value, 5, 6 }, 2, ["co2", "ppm"]));
        Assert.StartsWith($"Row 1, column 'ppm': found {text}, expected a finite number.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_columns_names_and_times_must_fit()
    {
        Refused("5 values are no whole rows of 2 columns; the last one has 1.", () => new TimeSeries<double>(new double[5], 2));
        Refused("Found 1 names of columns; there are 2 columns.", () => new TimeSeries<double>(new double[4], 2, ["a"]));
        Refused("Two columns are called 'a'.", () => new TimeSeries<double>(new double[4], 2, ["a", "a"]));
        Refused("Column 1 has no name.", () => new TimeSeries<double>(new double[4], 2, ["a", ""]));
        Refused("Found 1 times for 2 rows.", () => new TimeSeries<double>(new double[4], 2, times: new DateTime[1]));
        Refused("Row 1: the time 0001-01-01T00:00:00 is not later than that of the row before, 0001-01-01T00:00:00.", () => new TimeSeries<double>(new double[4], 2, times: new DateTime[2]));
        Refused("Row 2 has 1 value; expected 2: a, b.", () => TimeSeries.FromRows<double>([[1, 2], [3, 4], [5]], ["a", "b"]));
        Refused("Row 1, column 'b': found NaN, expected a finite number.", () => TimeSeries.FromRows<double>([[1, 2], [3, null]], ["a", "b"]));
        Assert.Equal([1, 2, 3, 2], TimeSeries.FromRows<double>([[1, 2], [3, null]], ["a", "b"], missing: MissingValues.CarryForward).Values.ToArray());
    }

    [Fact]
    public void Interpolation_is_a_line_by_row_or_by_time_and_the_nearest_value_at_the_ends()
    {
        double[] values = [Gap, 10, 1, Gap, Gap, 20, 5, 30, Gap, Gap];
        Assert.Equal([1, 10, 1, 15, 3, 20, 5, 30, 5, 30], new TimeSeries<double>(values, 2, missing: MissingValues.Interpolate).Values.ToArray());
        DateTime[] times = [new(2000, 1, 1), new(2000, 1, 2), new(2000, 1, 5)];
        Assert.Equal([0, 1, 4], new TimeSeries<double>(new[] { 0, Gap, 4 }, times: times, missing: MissingValues.Interpolate).Values.ToArray());
        Refused("Row 0, column 'column_0': found NaN, expected a finite number. The column has no value at all.", () => new TimeSeries<double>(new[] { Gap, Gap }, missing: MissingValues.Interpolate));
    }

    [Fact]
    public void Carrying_forward_needs_a_value_before()
    {
        Assert.Equal([1, 1, 1, 2], new TimeSeries<double>(new[] { 1, Gap, double.NegativeInfinity, 2 }, missing: MissingValues.CarryForward).Values.ToArray());
        Refused("Row 0, column 'column_1': found NaN", () => new TimeSeries<double>(new[] { 1, Gap, 2, 3 }, 2, missing: MissingValues.CarryForward));
    }

    [Fact]
    public void Windows_with_a_missing_value_are_dropped()
    {
        var series = new TimeSeries<double>(new[] { 0, 1, 2, 3, Gap, 5, 6, 7, 8, 9 }, missing: MissingValues.DropWindow);
        WindowDataSet<double> windows = series.Windows(new WindowOptions { SequenceLength = 2 });
        Assert.Equal([0, 1, 5, 6, 7], Enumerable.Range(0, windows.Count).Select(i => windows.StartOf(i).Row));
    }

    [Fact]
    public void Masked_steps_have_the_mask_value_and_masked_targets_no_weight()
    {
        double[] values = [0, 100, 1, 101, 2, Gap, 3, 103, 4, 104];
        var series = new TimeSeries<double>(values, 2, ["a", "b"], missing: MissingValues.Mask);
        WindowDataSet<double> windows = series.Windows(new WindowOptions { SequenceLength = 2, TargetColumns = ["b"], MaskValue = -1 });
        var input = new double[4];
        windows.CopyInput(1, input);
        Assert.Equal([1, 101, -1, -1], input);

        // The target of the first window is missing: what is left are those of the windows at 1 and 2, 103 and 104.
        var model = new AffineModel<double>(new AffineShape(4, 1, TimeSteps: 0));
        Assert.True(double.IsFinite(model.Evaluate(windows, Loss.MeanSquaredError).Loss));
        double Error(int first, int count) => model.Evaluate(windows.Slice(first, count), Loss.MeanSquaredError).Loss * count;
        Assert.Equal(0, Error(0, 1));
        Assert.NotEqual(0, Error(1, 1));
        Assert.Equal(Error(1, 1) + Error(2, 1), Error(0, 3), 6);
    }

    [Fact]
    public void Columns_can_be_chosen_and_joined()
    {
        var series = new TimeSeries<double>(new double[] { 1, 2, 3, 4 }, 2, ["a", "b"]);
        TimeSeries<double> b = series.Select("b");
        Assert.Equal([2, 4], b.Values.ToArray());
        Assert.Equal([4, 3], series.Select("b", "a").Row(1).ToArray());
        Refused("Two columns are called 'b'.", () => series.Join(b));
        Assert.Equal(["a", "b", "c"], series.Join(new TimeSeries<double>(new double[] { 5, 6 }, 1, ["c"])).ColumnNames);
        Refused("Found 1 rows; expected 2.", () => series.Join(new TimeSeries<double>(new double[1])));
        Refused("There is no column 'c'; there are a, b.", () => series.Select("c"));
        Refused("Rows 1 to 2 are outside a series of 2 rows.", () => series.Slice(1, 2));
    }

    private static void Refused(string message, Func<object> call) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
}
