namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Consecutive slots of a buffer in the arena.</summary>
public sealed record SlotRange(ArenaBuffer Buffer, int First, int Count)
{
    public int Length => Count * Buffer.Layout.SlotStride;
}
