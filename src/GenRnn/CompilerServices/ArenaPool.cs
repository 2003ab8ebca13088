using System;
using System.Numerics;
using System.Threading;

namespace GenRnn.CompilerServices;

/// <summary>Arenas for inference calls, kept for the next ones: as many as calls overlap at once, up to a limit.</summary>
internal sealed class ArenaPool<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // More threads than processors run calls that overlap, one of which waits for a processor in the middle.
    private static readonly int s_limit = Math.Max(4, 2 * Environment.ProcessorCount);

    private readonly int _arenaLength;
    private readonly AlignedBuffer<T>?[] _others = new AlignedBuffer<T>?[s_limit - 1];
    private int _otherCount;

    // Looked at first: calls that do not overlap need no other.
    private AlignedBuffer<T>? _first;

    public ArenaPool(int arenaLength) => _arenaLength = arenaLength;

    public AlignedBuffer<T> Rent() => Interlocked.Exchange(ref _first, null) ?? RentOther();

    public void Return(AlignedBuffer<T> arena)
    {
        // Two calls that end at once must not overwrite each other's arena: it would be made anew.
        if (Interlocked.CompareExchange(ref _first, arena, null) is not null)
            ReturnOther(arena);
    }

    private AlignedBuffer<T> RentOther()
    {
        lock (_others)
        {
            if (_otherCount > 0)
                return _others[--_otherCount]!;
        }

        // Every other arena is some call's, or has just come back here.
        return Interlocked.Exchange(ref _first, null) ?? new AlignedBuffer<T>(_arenaLength);
    }

    private void ReturnOther(AlignedBuffer<T> arena)
    {
        lock (_others)
        {
            if (_otherCount < _others.Length)
                _others[_otherCount++] = arena;
        }
    }
}
