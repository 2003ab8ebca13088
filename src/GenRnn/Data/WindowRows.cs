using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>Windows of one or several series as rows: views, of which no value is copied before a batch is gathered.</summary>
/// <remarks>Position (t, h) of the row that starts at s holds the columns of row s + offset + (t + h) rate of its series, for t &lt; steps and h &lt; horizon.</remarks>
/// <param name="series">Values of each series, [time][column].</param>
/// <param name="columns">Columns of a series.</param>
/// <param name="chosen">Which of them, in order; null for all.</param>
/// <param name="starts">Where each window starts.</param>
/// <param name="offset">Rows from a window's start to its first position.</param>
/// <param name="steps">Time steps of a window.</param>
/// <param name="horizon">Positions of each step: 1 for an input.</param>
/// <param name="rate">Rows of the series from step to step.</param>
internal sealed class WindowRows<T>(
    IReadOnlyList<ReadOnlyMemory<T>> series, int columns, int[]? chosen, WindowStart[] starts, int offset, int steps, int horizon, int rate) : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _width = chosen?.Length ?? columns;

    public override bool IsEmpty => false;

    /// <summary>Values of a row.</summary>
    public int Length => checked(steps * horizon * _width);

    public override void Count(RowCount rows, string item, TensorInfo tensor, int length)
    {
        bool fits = length == Length && (tensor.TimeSteps == 0 || tensor.TimeSteps == steps || (steps == 1 && tensor.TimeSteps == horizon));
        if (!fits)
            throw rows.ModelError($"{item} takes {Describe(Math.Max(1, tensor.TimeSteps), length / Math.Max(1, tensor.TimeSteps))}; the windows hold {Describe(steps, horizon * _width)}.");
        rows.Add(item, starts.Length);
    }

    public override ReadOnlySpan<T> Row(int row, int length, Span<T> scratch)
    {
        Gather([row], 0, length, timeMajor: false, scratch[..length]);
        return scratch[..length];
    }

    public override void AddTo(ref DataChecksum checksum)
    {
        foreach (ReadOnlyMemory<T> values in series)
            checksum.Append(MemoryMarshal.AsBytes(values.Span));
        checksum.Append(MemoryMarshal.AsBytes(chosen.AsSpan()));
        checksum.Append(MemoryMarshal.AsBytes(starts.AsSpan()));
        checksum.Append(MemoryMarshal.AsBytes((ReadOnlySpan<int>)[columns, offset, steps, horizon, rate]));
    }

    public override void Gather(ReadOnlySpan<int> rows, int timeSteps, int length, bool timeMajor, Span<T> destination)
    {
        bool isTurned = timeMajor && timeSteps > 0;
        int features = isTurned ? length / timeSteps : length;
        for (int i = 0; i < rows.Length; i++)
        {
            WindowStart start = starts[rows[i]];
            ReadOnlySpan<T> values = series[start.Series].Span[((start.Row + offset) * columns)..];
            if (!isTurned && rate == 1 && chosen is null && (steps == 1 || horizon == 1))
            {
                values[..length].CopyTo(destination.Slice(i * length, length));
                continue;
            }

            for (int position = 0; position < steps * horizon; position++)
            {
                // Where a time step holds all rows, a row's values of one step are features apart from those of the next.
                int at = position * _width;
                Span<T> place = destination.Slice(isTurned ? (at / features * rows.Length + i) * features + at % features : i * length + at, _width);
                ReadOnlySpan<T> row = values.Slice((position / horizon + position % horizon) * rate * columns, columns);
                for (int c = 0; c < place.Length; c++)
                    place[c] = row[chosen is null ? c : chosen[c]];
            }
        }
    }

    private static string Describe(int steps, int features) => $"{steps} time step{(steps == 1 ? "" : "s")} of {features}";
}

/// <summary>Where a window starts.</summary>
/// <param name="Series">Which series.</param>
/// <param name="Row">Which of its rows.</param>
internal readonly record struct WindowStart(int Series, int Row);
