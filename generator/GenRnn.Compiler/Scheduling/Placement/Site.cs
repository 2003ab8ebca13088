using System;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Where a kernel finds a value at step s: slot (s or S - 1 - s) Stride + Shift, modulo the slots that are kept, counted from where the buffer starts.</summary>
public sealed record Site(ArenaBuffer Buffer, int Steps, bool IsReversed, int Shift)
{
    private readonly Layout? _layout;

    /// <summary>A buffer that every step sees at one slot.</summary>
    public static Site Fixed(ArenaBuffer buffer, int slot = 0) => new(buffer, 0, false, slot);

    public Layout Layout
    {
        get => _layout ?? Buffer.Layout;
        init => _layout = value;
    }

    /// <summary>First lane of the value there: a part of a wider one starts behind others.</summary>
    public int Lane { get; init; }

    /// <summary>Lanes that lie in front of where a kernel's reference points.</summary>
    public int LanesBefore { get; private init; }

    /// <summary>The same place for a kernel whose reference points to lane <paramref name="lane"/>: those that differ in nothing else are one kernel.</summary>
    public Site From(int lane) => this with { LanesBefore = LanesBefore + lane, Lane = 0 };

    /// <summary>Whether other values share the rows of this one.</summary>
    public bool IsPart { get; init; }

    /// <summary>Slots from one step to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Elements from one step's block to the next, where the steps go through the lanes of a slot; 0 where they go through the slots.</summary>
    public int BlockStride { get; init; }

    /// <summary>Where a step's value starts in the buffer, given its slot there.</summary>
    public Index Offset(Index step, Index slot) => (BlockStride == 0
        ? slot * Layout.SlotStride
        : (Index)(Shift * Buffer.Layout.SlotStride) + (IsReversed ? (Index)(Steps - 1) - step : step) * BlockStride) + LanesBefore * Layout.LaneStride;

    /// <summary>Where a kernel starts that walks through the steps itself, by <see cref="StepStride"/>: walks that differ in nothing else are one kernel.</summary>
    public Site First => Fixed(Buffer, IsReversed ? (Steps - 1) * Stride + Shift : Shift);

    /// <summary>Elements from one step to the next; negative where steps are counted from the end.</summary>
    public int StepStride =>
        Steps == 0 ? 0
        : Buffer.IsRing ? throw new InvalidOperationException("The slots of " + Buffer.Name + " are used in turn.")
        : (IsReversed ? -Stride : Stride) * Layout.SlotStride;

    /// <summary>The slot of a site that every step sees at the same one.</summary>
    public SlotRange AsRange() => new(Buffer, Shift, 1);

    /// <summary>All slots at once, as the rows of a plan of one row.</summary>
    public Site SlotsAsRows() => Fixed(Buffer, Shift) with
    {
        Layout = new Layout(Buffer.Layout.SlotStride, Stride * Buffer.Layout.SlotStride, Buffer.Layout.LaneStride),
    };

    /// <summary>The slot of a step's value.</summary>
    public Index Slot(Index step)
    {
        Index slot = Steps == 0 ? Shift : (IsReversed ? (Index)(Steps - 1) - step : step) * Stride + Shift;
        return Buffer.Slots == 1 ? 0 : Buffer.IsRing ? slot % Buffer.Slots : Buffer.Start + slot;
    }
}
