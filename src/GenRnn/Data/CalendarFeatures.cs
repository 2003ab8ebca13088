using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>What a moment says of its place in a cycle, as the sine and cosine of an angle, so that the end of a cycle lies beside its start.</summary>
[Flags]
public enum CalendarFeatures
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The time of the day, to the tick: columns time_of_day_sin and time_of_day_cos.</summary>
    TimeOfDay = 1,

    /// <summary>The day of the week from Monday, and the time of the day: day_of_week_sin and day_of_week_cos.</summary>
    DayOfWeek = 2,

    /// <summary>The day of the month of its days: day_of_month_sin and day_of_month_cos.</summary>
    DayOfMonth = 4,

    /// <summary>The day of the year of its 365 or 366: day_of_year_sin and day_of_year_cos.</summary>
    DayOfYear = 8,

    /// <summary>The month, for rows that are months: month_of_year_sin and month_of_year_cos.</summary>
    MonthOfYear = 16,
}

/// <summary>Adds calendar features to series.</summary>
public static class Calendar
{
    private static readonly (CalendarFeatures Feature, string Name, Func<DateTime, double> Share)[] s_cycles =
    [
        (CalendarFeatures.TimeOfDay, "time_of_day", static time => time.TimeOfDay.TotalDays),
        (CalendarFeatures.DayOfWeek, "day_of_week", static time => (((int)time.DayOfWeek + 6) % 7 + time.TimeOfDay.TotalDays) / 7),
        (CalendarFeatures.DayOfMonth, "day_of_month", static time => (time.Day - 1.0) / DateTime.DaysInMonth(time.Year, time.Month)),
        (CalendarFeatures.DayOfYear, "day_of_year", static time => (time.DayOfYear - 1.0) / (DateTime.IsLeapYear(time.Year) ? 366 : 365)),
        (CalendarFeatures.MonthOfYear, "month_of_year", static time => (time.Month - 1.0) / 12),
    ];

    /// <summary>A copy with two columns for each feature, sin(2 π s) and cos(2 π s) of the share s of the cycle that has passed, behind the others. Add them after scaling: they lie between -1 and 1
    /// already.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="series">The series; its rows have times.</param>
    /// <param name="features">Which features.</param>
    /// <exception cref="ArgumentException">The rows have no times, there is no such feature, or a column has its name already.</exception>
    public static TimeSeries<T> WithCalendar<T>(this TimeSeries<T> series, CalendarFeatures features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Times.IsEmpty)
            throw new ArgumentException("The rows of the series have no times.", nameof(series));
        var names = new List<string>();
        var shares = new List<Func<DateTime, double>>();
        CalendarFeatures known = CalendarFeatures.None;
        foreach ((CalendarFeatures feature, string name, Func<DateTime, double> share) in s_cycles)
        {
            known |= feature;
            if (!features.HasFlag(feature))
                continue;
            names.Add(name + "_sin");
            names.Add(name + "_cos");
            shares.Add(share);
        }

        if (names.Count == 0 || (features & ~known) != 0)
            throw new ArgumentOutOfRangeException(nameof(features), features, "Expected one or several features.");
        var values = new T[checked(series.Length * names.Count)];
        for (int row = 0; row < series.Length; row++)
        {
            for (int i = 0; i < shares.Count; i++)
            {
                (double sine, double cosine) = Turn.SinCos(shares[i](series.Times[row]));
                values[row * names.Count + 2 * i] = T.CreateTruncating(sine);
                values[row * names.Count + 2 * i + 1] = T.CreateTruncating(cosine);
            }
        }

        return series.Join(new TimeSeries<T>(values, names.Count, names));
    }
}
