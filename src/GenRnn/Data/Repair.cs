using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;

namespace GenRnn;

/// <summary>Finds and mends missing values of a table: see <see cref="MissingValues"/>.</summary>
internal static class Repair
{
    /// <summary>The values, as they are if there is nothing to mend.</summary>
    public static ReadOnlyMemory<T> Apply<T>(ReadOnlyMemory<T> values, IReadOnlyList<string> columns, ReadOnlySpan<DateTime> times, MissingValues policy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Enum.IsDefined(policy))
            throw new ArgumentOutOfRangeException(nameof(policy), policy, "There is no such policy.");
        if (policy is MissingValues.DropWindow or MissingValues.Mask || Finite.All(values.Span))
            return values;
        if (policy == MissingValues.Refuse)
            throw Missing(values.Span, FirstMissing(values.Span), columns, "Ask for a policy (MissingValues) to mend it.");

        T[] mended = values.ToArray();
        for (int column = 0; column < columns.Count; column++)
        {
            if (policy == MissingValues.Interpolate)
                Interpolate(mended, column, columns, times);
            else
                CarryForward(mended, column, columns);
        }

        return mended;
    }

    private static int FirstMissing<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        while (T.IsFinite(values[i]))
            i++;
        return i;
    }

    private static void CarryForward<T>(T[] values, int column, IReadOnlyList<string> columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = column; i < values.Length; i += columns.Count)
        {
            if (T.IsFinite(values[i]))
                continue;
            if (i < columns.Count)
                throw Missing<T>(values, i, columns, "There is nothing before it to carry forward.");
            values[i] = values[i - columns.Count];
        }
    }

    private static void Interpolate<T>(T[] values, int column, IReadOnlyList<string> columns, ReadOnlySpan<DateTime> times)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = columns.Count;
        int rows = values.Length / width;
        int before = -1;
        for (int row = 0; row <= rows; row++)
        {
            if (row < rows && !T.IsFinite(values[row * width + column]))
                continue;
            if (row == rows && before < 0)
                throw Missing<T>(values, column, columns, "The column has no value at all.");
            for (int gap = before + 1; gap < row; gap++)
            {
                double left = double.CreateTruncating(values[(before < 0 ? row : before) * width + column]);
                double right = double.CreateTruncating(values[(row == rows ? before : row) * width + column]);
                double share = before < 0 || row == rows ? 0
                    : times.IsEmpty ? (gap - before) / (double)(row - before) : (times[gap] - times[before]) / (times[row] - times[before]);
                values[gap * width + column] = T.CreateTruncating(left + share * (right - left));
            }

            before = row;
        }
    }

    private static ArgumentException Missing<T>(ReadOnlySpan<T> values, int index, IReadOnlyList<string> columns, string advice)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(string.Create(CultureInfo.InvariantCulture, $"Row {index / columns.Count}, column '{columns[index % columns.Count]}': found {values[index]}, expected a finite number. {advice}"), nameof(values));
}
