using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>A table that is being scaled, in double. Rows in front of <see cref="First"/> are lost.</summary>
internal sealed class ScaledTable
{
    private readonly double[] _values;

    public ScaledTable(double[] values, IReadOnlyList<string> names)
    {
        _values = values;
        Names = names;
        Rows = values.Length / names.Count;
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The first row that is there.</summary>
    public int First { get; set; }

    public ref double this[int row, int column] => ref _values[row * Names.Count + column];

    /// <summary>A copy of rows of a series.</summary>
    public static ScaledTable Of<T>(TimeSeries<T> series)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = series.Values.Span;
        var values = new double[source.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = double.CreateTruncating(source[i]);
        return new ScaledTable(values, series.ColumnNames);
    }

    /// <summary>The rows that are there.</summary>
    public T[] ToArray<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> source = _values.AsSpan(First * Names.Count);
        var values = new T[source.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = T.CreateTruncating(source[i]);
        return values;
    }
}
