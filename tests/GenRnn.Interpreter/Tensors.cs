using System;
using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>The sequences of one run, each [rows, steps, width] (a vector: [rows, width]).</summary>
internal sealed class Tensors<T>(int rows)
    where T : unmanaged
{
    private readonly Dictionary<Sequence, T[]> _values = new();
    private readonly Dictionary<Sequence, (SequenceHistory History, T[] Values)> _histories = new();

    public int Rows => rows;

    /// <summary>Values per row.</summary>
    public static int LengthOf(Sequence sequence) => Math.Max(1, sequence.Steps) * sequence.Width;

    public T[] Add(Sequence sequence) => _values[sequence] = new T[rows * LengthOf(sequence)];

    /// <summary>The sequence as it is, new if no region has written to it yet: several may write its steps.</summary>
    public void Ensure(Sequence sequence) => _values.TryAdd(sequence, new T[rows * LengthOf(sequence)]);

    /// <summary>What stands in front of a sequence, [rows, steps, width].</summary>
    public void AddHistory(SequenceHistory history, T[] values) => _histories[history.Source] = (history, values);

    /// <summary>All rows of a sequence that a region has written.</summary>
    public T[] this[Sequence sequence] => _values.TryGetValue(sequence, out T[]? values)
        ? values
        : throw new InvalidOperationException($"{sequence} is read before it is written.");

    /// <summary>The vector of one row at one of a region's steps. A step outside of the sequence is its history's, or zeros.</summary>
    public Span<T> At(Sequence sequence, TimeAccess access, int row, int step, int steps = 1)
    {
        if (access.IsBlock)
        {
            int lanes = access.Lanes(sequence, steps);
            return this[sequence].AsSpan(row * sequence.Width + access.IndexOf(step, steps) * lanes, lanes);
        }

        return At(sequence, row, access.IndexOf(step, steps));
    }

    /// <summary>The vector of one row at a time index.</summary>
    public Span<T> At(Sequence sequence, int row, int time)
    {
        int steps = Math.Max(1, sequence.Steps);
        row = sequence.IsShared ? 0 : row;
        if (time >= 0 && time < steps)
            return this[sequence].AsSpan((row * steps + time) * sequence.Width, sequence.Width);
        return time < 0 && _histories.TryGetValue(sequence, out (SequenceHistory History, T[] Values) past) && -time <= past.History.Steps
            ? past.Values.AsSpan((row * past.History.Steps + past.History.Steps + time) * sequence.Width, sequence.Width)
            : new T[sequence.Width];
    }
}
