using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;

namespace GenRnn;

/// <summary>A table with a row for each moment, the oldest first, and named columns: what windows, scalers and calendars work on. It never changes.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
public sealed class TimeSeries<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostColumns = 1 << 16;

    private readonly ReadOnlyMemory<DateTime> _times;

    /// <param name="values">[row][column]. Not copied, unless <paramref name="missing"/> mends them; they must not change meanwhile.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="columnNames">Their names; null calls them column_0, column_1, ...</param>
    /// <param name="times">When each row was, rising; null if nobody knows.</param>
    /// <param name="missing">What happens to values that are not finite.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, two columns have one name, a time is not later than the one before, or a value is missing: the message names row and column, from 0.</exception>
    public TimeSeries(
        ReadOnlyMemory<T> values, int columns = 1, IReadOnlyList<string>? columnNames = null, ReadOnlyMemory<DateTime> times = default, MissingValues missing = MissingValues.Refuse)
        : this(values, columns, ColumnNamesOf(WholeRows(values.Length, columns), columnNames), times, missing, isChecked: false)
    {
    }

    private TimeSeries(ReadOnlyMemory<T> values, int columns, IReadOnlyList<string> columnNames, ReadOnlyMemory<DateTime> times, MissingValues missing, bool isChecked)
    {
        Length = values.Length / columns;
        ColumnNames = columnNames;
        Missing = missing;
        _times = times;
        if (!isChecked)
            CheckTimes();
        Values = isChecked ? values : Repair.Apply(values, columnNames, times.Span, missing);
    }

    /// <summary>Number of rows.</summary>
    public int Length { get; }

    /// <summary>Number of columns.</summary>
    public int Columns => ColumnNames.Count;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>[row][column].</summary>
    public ReadOnlyMemory<T> Values { get; }

    /// <summary>When each row was; empty if nobody knows.</summary>
    public ReadOnlySpan<DateTime> Times => _times.Span;

    /// <summary>What happens to values that are missing.</summary>
    public MissingValues Missing { get; }

    /// <summary>What scaled the values; null if nothing did.</summary>
    public Scaling? Scaling { get; private init; }

    /// <summary>One value.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="column">Which column.</param>
    public T this[int row, int column = 0] => Row(row)[column];

    /// <summary>One row.</summary>
    /// <param name="row">Which row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<T> Row(int row)
    {
        if ((uint)row >= (uint)Length)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"A series of {Length} rows has none of this number.");
        return Values.Span.Slice(row * Columns, Columns);
    }

    /// <summary>The place of a column.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Columns; i++)
        {
            if (ColumnNames[i] == name)
                return i;
        }

        throw new ArgumentException($"There is no column '{name}'; there are {string.Join(", ", ColumnNames)}.", nameof(name));
    }

    /// <summary>A view of some of the rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such rows.</exception>
    public TimeSeries<T> Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > Length - first)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Rows {first} to {(long)first + count - 1} are outside a series of {Length} rows.");
        return new TimeSeries<T>(
            Values.Slice(first * Columns, count * Columns), Columns, ColumnNames, _times.IsEmpty ? default : _times.Slice(first, count), Missing, isChecked: true) { Scaling = Scaling };
    }

    /// <summary>A copy of some of the columns.</summary>
    /// <param name="names">Their names, in the order that is wanted.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public TimeSeries<T> Select(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        int[] chosen = IndicesOf(names);
        var values = new T[checked(Length * chosen.Length)];
        for (int row = 0; row < Length; row++)
        {
            for (int c = 0; c < chosen.Length; c++)
                values[row * chosen.Length + c] = this[row, chosen[c]];
        }

        return new TimeSeries<T>(values, chosen.Length, ColumnNamesOf(chosen.Length, names), _times, Missing, isChecked: true) { Scaling = Scaling };
    }

    /// <summary>A copy with columns of another table behind those of this one.</summary>
    /// <param name="other">The columns: as many rows.</param>
    /// <exception cref="ArgumentException">There are other rows, or a name comes twice.</exception>
    public TimeSeries<T> Join(TimeSeries<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Length != Length)
            throw new ArgumentException($"Found {other.Length} rows; expected {Length}.", nameof(other));
        int columns = Columns + other.Columns;
        var values = new T[checked(Length * columns)];
        for (int row = 0; row < Length; row++)
        {
            Row(row).CopyTo(values.AsSpan(row * columns));
            other.Row(row).CopyTo(values.AsSpan(row * columns + Columns));
        }

        return new TimeSeries<T>(values, columns, ColumnNamesOf(columns, [.. ColumnNames, .. other.ColumnNames]), _times, Missing, isChecked: true) { Scaling = Scaling };
    }

    /// <summary>What a scaling makes of the rows from <paramref name="first"/> on.</summary>
    internal TimeSeries<T> Scaled(T[] values, int first, Scaling scaling) =>
        new(values, Columns, ColumnNames, _times.IsEmpty ? default : _times[first..], Missing, isChecked: true) { Scaling = scaling };

    /// <summary>Places of columns.</summary>
    internal int[] IndicesOf(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            throw new ArgumentException("Found no column; expected at least one.", nameof(names));
        var indices = new int[names.Count];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = IndexOf(names[i]);
        return indices;
    }

    // Before anything is made for each column.
    private static int WholeRows(int values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (values % columns != 0)
            throw new ArgumentException($"{values} values are no whole rows of {columns} columns; the last one has {values % columns}.", nameof(values));
        return values == 0 && columns > MostColumns ? throw new ArgumentException($"A table without rows has at most {MostColumns} columns; found {columns}.", nameof(columns)) : columns;
    }

    private static IReadOnlyList<string> ColumnNamesOf(int columns, IReadOnlyList<string>? names)
    {
        if (names is not null && names.Count != columns)
            throw new ArgumentException($"Found {names.Count} names of columns; there are {columns} columns.", nameof(names));
        var all = new string[columns];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < columns; i++)
        {
            all[i] = names is null ? string.Create(CultureInfo.InvariantCulture, $"column_{i}") : names[i];
            if (string.IsNullOrEmpty(all[i]))
                throw new ArgumentException($"Column {i} has no name.", nameof(names));
            if (!seen.Add(all[i]))
                throw new ArgumentException($"Two columns are called '{all[i]}'.", nameof(names));
        }

        return all;
    }

    private void CheckTimes()
    {
        ReadOnlySpan<DateTime> times = Times;
        if (times.IsEmpty)
            return;
        if (times.Length != Length)
            throw new ArgumentException($"Found {times.Length} times for {Length} rows.", nameof(times));
        for (int row = 1; row < times.Length; row++)
        {
            if (times[row] <= times[row - 1])
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Row {row}: the time {times[row]:s} is not later than that of the row before, {times[row - 1]:s}."), nameof(times));
        }
    }
}
