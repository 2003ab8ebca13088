using System;

namespace GenRnn;

/// <summary>The order in which an epoch visits the rows of a data set: as they stand, or shuffled.</summary>
internal sealed class RowOrder
{
    // Initialisers use the streams from 0 of the same seed; the sign bit keeps the epochs' apart from them.
    private const int FirstStream = int.MinValue;

    private readonly int[] _rows;
    private readonly RandomStream _random = new(0, FirstStream);
    private int _first;
    private int _count;

    /// <summary>Rows [first, first + count), in order.</summary>
    public RowOrder(int first, int count)
    {
        _rows = new int[count];
        Assign(first, count);
    }

    /// <summary>Other rows, at most as many as at first, in order.</summary>
    public void Assign(int first, int count)
    {
        _first = first;
        _count = count;
        Reset();
    }

    /// <summary>Part of the order: a batch.</summary>
    public ReadOnlySpan<int> Slice(int start, int count) => _rows.AsSpan(start, count);

    /// <summary>A uniformly random order that depends on seed, epoch and number of rows only (Fisher and Yates).</summary>
    public void Shuffle(int seed, int epoch)
    {
        Reset();
        _random.Restart(seed, FirstStream + epoch);
        for (int i = _count - 1; i > 0; i--)
        {
            int j = (int)NextBelow(_random, (uint)i + 1);
            (_rows[i], _rows[j]) = (_rows[j], _rows[i]);
        }
    }

    private void Reset()
    {
        for (int i = 0; i < _count; i++)
            _rows[i] = _first + i;
    }

    // Unbiased, by multiplication (Lemire, "Fast random integer generation in an interval", 2019).
    private static uint NextBelow(RandomStream random, uint bound)
    {
        ulong product = (ulong)random.NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint rejected = (0u - bound) % bound;
            while ((uint)product < rejected)
                product = (ulong)random.NextUInt32() * bound;
        }

        return (uint)(product >> 32);
    }
}
