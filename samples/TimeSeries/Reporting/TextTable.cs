using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TimeSeries.Reporting;

/// <summary>A table on the console: the first column is aligned left, the others, which are numbers, right.</summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string[] row)
    {
        if (row.Length != _rows[0].Length)
            throw new ArgumentException($"{row.Length} cells in a table of {_rows[0].Length} columns.", nameof(row));
        _rows.Add(row);
    }

    public void Write(TextWriter writer)
    {
        int[] widths = [.. Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length))];
        for (int i = 0; i < _rows.Count; i++)
        {
            writer.WriteLine(string.Join("  ", _rows[i].Select((cell, column) =>
                column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
            if (i == 0)
                writer.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
        }
    }
}
