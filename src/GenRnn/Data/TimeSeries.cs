using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;

namespace GenRnn;

/// <summary>Makes a <see cref="TimeSeries{T}"/> of rows, as readers of files give them.</summary>
public static class TimeSeries
{
    /// <summary>A table of rows, one array each.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="rows">The rows, the oldest first; null is a missing value.</param>
    /// <param name="columnNames">Names of the columns.</param>
    /// <param name="times">When each row was, rising; empty if nobody knows.</param>
    /// <param name="missing">What happens to values that are missing.</param>
    /// <exception cref="ArgumentException">A row has other columns than there are names, or a value is missing: the message names row and column, from 0.</exception>
    public static TimeSeries<T> FromRows<T>(
        IEnumerable<T?[]> rows, IReadOnlyList<string> columnNames, ReadOnlyMemory<DateTime> times = default, MissingValues missing = MissingValues.Refuse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columnNames);
        var values = new List<T>();
        int count = 0;
        foreach (T?[] row in rows)
        {
            int found = row?.Length ?? 0;
            if (found != columnNames.Count)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Row {count} has {found} value{(found == 1 ? "" : "s")}; expected {columnNames.Count}: {string.Join(", ", columnNames)}."), nameof(rows));
            }

            foreach (T? value in row!)
                values.Add(value ?? T.NaN);
            count++;
        }

        return new TimeSeries<T>(values.ToArray(), columnNames.Count, columnNames, times, missing);
    }
}
