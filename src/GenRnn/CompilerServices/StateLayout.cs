using System.ComponentModel;

namespace GenRnn.CompilerServices;

/// <summary>The memory of a <see cref="ModelState{T}"/>: how much there is, and what lies where.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record StateLayout
{
    /// <summary>Values of the arena.</summary>
    public required int ArenaLength { get; init; }

    /// <summary>Which states there are, and where in the arena; none unless said.</summary>
    public StateSlot[] Slots { get; init; } = [];
}
