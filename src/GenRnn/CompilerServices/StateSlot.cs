using System.ComponentModel;

namespace GenRnn.CompilerServices;

/// <summary>
/// Where a carried state lives in the arena of a <see cref="ModelState{T}"/>: element (row, lane) stands at
/// <c>Offset + step * StepStride + row * RowStride + lane * LaneStride</c>. The history of a sequence is a ring of <c>2 Steps</c> slots: its steps stand,
/// the oldest first, at <c>step = RingStart, RingStart + 1, ...</c>, so that they lie in one piece wherever the ring has come to.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StateSlot
{
    /// <summary>Nothing is carried.</summary>
    public StateSlot()
    {
    }

    /// <summary>The state's name, unique in its model.</summary>
    public required string Name { get; init; }

    /// <summary>Values per row and step.</summary>
    public required int Width { get; init; }

    /// <summary>Position of row 0, lane 0.</summary>
    public required int Offset { get; init; }

    /// <summary>Distance of two rows.</summary>
    public required int RowStride { get; init; }

    /// <summary>Distance of two lanes.</summary>
    public required int LaneStride { get; init; }

    /// <summary>Steps that are carried; 1 unless the state is the history of a sequence.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Distance of two steps.</summary>
    public int StepStride { get; init; }

    /// <summary>Values per row, of all steps.</summary>
    public int Length => checked(Steps * Width);
}
