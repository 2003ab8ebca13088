using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>A buffer with its place.</summary>
/// <param name="Live">The buffer, and when it lives.</param>
/// <param name="Offset">Its first element in the arena.</param>
/// <param name="Length">Elements reserved for it.</param>
public sealed record PlacedBuffer(LiveBuffer Live, int Offset, long Length)
{
    public ArenaBuffer Buffer => Live.Buffer;
}

/// <summary>Where every buffer of a plan lies: what the memory plan decided.</summary>
public sealed class Arena
{
    private readonly Dictionary<ArenaBuffer, PlacedBuffer> _places;
    private readonly HashSet<ArenaBuffer> _inPlace;
    private readonly Dictionary<ArenaBuffer, string> _names = new();

    /// <param name="length">Elements of it.</param>
    /// <param name="buffers">All buffers that live, in the order of the plan.</param>
    /// <param name="inPlace">Buffers of which every step reads and writes the first slot.</param>
    public Arena(int length, IReadOnlyList<PlacedBuffer> buffers, IEnumerable<ArenaBuffer> inPlace)
    {
        Length = length;
        Buffers = buffers;
        _places = buffers.ToDictionary(b => b.Buffer);
        _inPlace = new HashSet<ArenaBuffer>(inPlace);
        ReaderNames names = new();
        foreach (PlacedBuffer buffer in buffers)
            _names.Add(buffer.Buffer, names.Unique(buffer.Buffer.Label));
    }

    /// <summary>Elements of the arena.</summary>
    public int Length { get; }

    public IReadOnlyList<PlacedBuffer> Buffers { get; }

    /// <summary>Whether every step reads and writes a buffer's first slot: a state whose next value is written over the one before.</summary>
    public bool IsInPlace(ArenaBuffer buffer) => buffer.Slots == 1 || _inPlace.Contains(buffer);

    /// <summary>Offset of a buffer.</summary>
    public int OffsetOf(ArenaBuffer buffer) => _places[buffer].Offset;

    /// <summary>Offset of a range of slots.</summary>
    public int OffsetOf(SlotRange range) => OffsetOf(range.Buffer) + range.First * range.Buffer.Layout.SlotStride;

    /// <summary>What a reader calls a buffer: no other one of the arena has the name.</summary>
    public string NameOf(ArenaBuffer buffer) => _names[buffer];

    /// <summary>Offset of a buffer, with its name.</summary>
    public Index At(ArenaBuffer buffer) => Index.Named(_names[buffer], OffsetOf(buffer));

    /// <inheritdoc cref="At(ArenaBuffer)"/>
    public Index At(SlotRange range) => At(range.Buffer) + range.First * range.Buffer.Layout.SlotStride;

    /// <summary>Offset of the key of a random source.</summary>
    public Index At(RandomKeys keys, int source) => At(keys.Buffer!) + source * RandomKeys.Elements;

    /// <summary>Offset of the value that a site holds at a step: in the arena, or behind the reference of an external buffer.</summary>
    public Index OffsetOf(Site site, Index step)
    {
        Index offset = site.Offset(step, IsInPlace(site.Buffer) ? 0 : site.Slot(step));
        return site.Buffer.External is null ? At(site.Buffer) + offset : offset;
    }
}
