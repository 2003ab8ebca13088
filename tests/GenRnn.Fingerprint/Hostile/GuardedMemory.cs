using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace GenRnn.Fingerprint.Hostile;

/// <summary>Memory in which spans of a call lie at random, over each other too. What no writable span covers must be the same after the call.</summary>
internal sealed class GuardedMemory(Random random)
{
    private const int Length = 1 << 16;

    private readonly byte[] _memory = new byte[Length];
    private readonly byte[] _before = new byte[Length];
    private readonly List<(int Start, int End)> _writable = [];

    /// <summary>New values; no span of the last call counts any more.</summary>
    public void Begin()
    {
        Span<float> values = MemoryMarshal.Cast<byte, float>(_memory.AsSpan());
        int kind = random.Next(3);
        for (int i = 0; i < values.Length; i++)
            values[i] = kind == 0 ? random.Next(4) : kind == 1 ? random.NextSingle() - 0.5f : BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        _memory.CopyTo(_before, 0);
        _writable.Clear();
    }

    /// <summary>A span somewhere.</summary>
    public Span<T> Take<T>(int length, bool isWritable)
        where T : unmanaged
    {
        int size = Marshal.SizeOf<T>(), bytes = Math.Min(length, Length / size) * size;
        int start = random.Next((Length - bytes) / size + 1) * size;
        // Near the last one, so that they overlap now and then.
        if (_writable.Count > 0 && random.Next(4) == 0)
            start = Math.Clamp(_writable[^1].Start / size * size + random.Next(-8, 9) * size, 0, (Length - bytes) / size * size);
        if (isWritable)
            _writable.Add((start, start + bytes));
        return MemoryMarshal.Cast<byte, T>(_memory.AsSpan(start, bytes));
    }

    /// <summary>The first byte that was written outside, or -1.</summary>
    public int FindStray()
    {
        int from = 0;
        _writable.Sort();
        foreach ((int start, int end) in _writable)
        {
            if (start > from && Difference(from, start) is >= 0 and int at)
                return at;
            from = Math.Max(from, end);
        }

        return Difference(from, Length);
    }

    private int Difference(int from, int to)
    {
        int same = _memory.AsSpan(from, to - from).CommonPrefixLength(_before.AsSpan(from, to - from));
        return same == to - from ? -1 : from + same;
    }
}
