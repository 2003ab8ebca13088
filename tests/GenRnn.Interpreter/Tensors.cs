using System;
using System.Collections.Generic;
using System.Numerics;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>The sequences of one run, each [rows, steps, width] (a vector: [rows, width]).</summary>
internal sealed class Tensors<T>(int rows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Sequence, T[]> _values = new();

    public int Rows => rows;

    /// <summary>Values per row.</summary>
    public static int LengthOf(Sequence sequence) => Math.Max(1, sequence.Steps) * sequence.Width;

    public T[] Add(Sequence sequence) => _values[sequence] = new T[rows * LengthOf(sequence)];

    /// <summary>All rows of a sequence that a region has written.</summary>
    public T[] this[Sequence sequence] => _values.TryGetValue(sequence, out T[]? values)
        ? values
        : throw new InvalidOperationException($"{sequence} is read before it is written.");

    /// <summary>The vector of one row at one of a region's steps.</summary>
    public Span<T> At(Sequence sequence, TimeAccess access, int row, int step, int steps = 1)
    {
        if (access.IsBlock())
        {
            int lanes = access.Lanes(sequence, steps);
            int block = access == TimeAccess.Block ? step : steps - 1 - step;
            return this[sequence].AsSpan(row * sequence.Width + block * lanes, lanes);
        }

        int time = access switch
        {
            TimeAccess.Same => step,
            TimeAccess.Reversed => sequence.Steps - 1 - step,
            _ => 0,
        };
        return this[sequence].AsSpan((row * Math.Max(1, sequence.Steps) + time) * sequence.Width, sequence.Width);
    }
}
