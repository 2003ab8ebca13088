using System;
using System.Globalization;
using System.Numerics;

namespace GenRnn;

/// <summary>A series cut by time: what comes later is validated and tested with.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <param name="Training">The first part.</param>
/// <param name="Validation">The part after it, and in front of it the rows of context.</param>
/// <param name="Test">The last part, and in front of it the rows of context; without rows if there is none.</param>
public sealed record TimeSplit<T>(TimeSeries<T> Training, TimeSeries<T> Validation, TimeSeries<T> Test)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>Cuts series into parts by time, never at random.</summary>
public static class TimeSplit
{
    /// <summary>By shares of the rows; the test part is what is left.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="series">The series.</param>
    /// <param name="training">The share of the training part, in (0, 1).</param>
    /// <param name="validation">The share of the validation part, in (0, 1); the two are at most 1.</param>
    /// <param name="context">Rows before a part that stand in front of it, for windows whose first target is the part's first row: the windows' length; and <see cref="Scaling.Lag"/> more, if
    /// it is scaled afterwards.</param>
    /// <exception cref="ArgumentException">A part has no row, or there are too few before it.</exception>
    public static TimeSplit<T> Split<T>(this TimeSeries<T> series, double training, double validation, int context = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(series);
        if (!(training > 0 && validation > 0 && training + validation <= 1))
            throw new ArgumentOutOfRangeException(nameof(validation), validation, FormattableString.Invariant($"The shares {training} and {validation} lie above 0 and are at most 1 together."));
        int first = (int)Math.Round(series.Length * training);
        return At(series, first, Math.Max(first, (int)Math.Round(series.Length * (training + validation))), context);
    }

    /// <summary>By moments.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="series">The series; its rows have times.</param>
    /// <param name="validation">When the validation part begins.</param>
    /// <param name="test">When the test part begins; null for none.</param>
    /// <param name="context">As in <see cref="Split{T}(TimeSeries{T}, double, double, int)"/>.</param>
    /// <exception cref="ArgumentException">The rows have no times, a part has no row, or there are too few before it.</exception>
    public static TimeSplit<T> Split<T>(this TimeSeries<T> series, DateTime validation, DateTime? test = null, int context = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Times.IsEmpty)
            throw new ArgumentException("The rows of the series have no times.", nameof(series));
        return At(series, FirstFrom(series.Times, validation), test is { } moment ? FirstFrom(series.Times, moment) : series.Length, context);
    }

    private static int FirstFrom(ReadOnlySpan<DateTime> times, DateTime moment)
    {
        int place = times.BinarySearch(moment);
        return place < 0 ? ~place : place;
    }

    private static TimeSplit<T> At<T>(TimeSeries<T> series, int validation, int test, int context)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(context);
        if (validation <= 0 || test <= validation)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Training ends before row {validation} and validation before row {test} of {series.Length}: each needs a row."), nameof(series));
        if (context > validation)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {validation} rows before the validation part, and {context} of context are asked for."), nameof(context));
        return new TimeSplit<T>(
            series.Slice(0, validation), From(validation, test), test == series.Length ? series.Slice(test, 0) : From(test, series.Length));

        TimeSeries<T> From(int first, int end) => series.Slice(first - context, end - first + context);
    }
}
