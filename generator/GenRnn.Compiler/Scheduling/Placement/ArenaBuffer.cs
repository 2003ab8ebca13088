using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Room for values: a range of the arena, wherever it will lie, or (External) an input or output where the caller holds it.</summary>
public sealed class ArenaBuffer
{
    private readonly string? _label;

    public ArenaBuffer(string name, Layout layout, int slots, int width)
    {
        Name = name;
        Layout = layout;
        Slots = slots;
        Width = width;
    }

    public string Name { get; }

    /// <summary>What it holds, for a reader: <c>c_1</c> is a value of the first layer.</summary>
    public string Label
    {
        get => _label ?? Name;
        init => _label = value;
    }

    public Layout Layout { get; }

    /// <summary>Number of time slots that are kept.</summary>
    public int Slots { get; }

    public int Width { get; }

    /// <summary>Whether slots are used in turn.</summary>
    public bool IsRing { get; init; }

    /// <summary>Says at which slot the first one of this step stands, in a ring of a State; null where slots stay.</summary>
    public StepCounter? Window { get; init; }

    /// <summary>The slot that counts as the first.</summary>
    public Index Start => Window is null ? 0 : Index.Variable(Window.Name);

    /// <summary>Elements reserved: perhaps more than an arena can hold, which the memory plan refuses.</summary>
    public long Length => Target.Pad(Extent ?? (long)Slots * Layout.SlotStride);

    /// <summary>Whether all rows have its elements in common.</summary>
    public bool IsShared => Layout.RowStride == 0;

    /// <summary>Elements that the buffer covers, where slots are not its outermost axis.</summary>
    public long? Extent { get; init; }

    /// <summary>Name of the driver's reference parameter, if the buffer is not in the arena.</summary>
    public string? External { get; init; }

    /// <summary>The copy in the arena that an external reference may point to; null if there is none.</summary>
    public ArenaBuffer? Staged { get; init; }
}
