using System.ComponentModel;

namespace GenRnn.CompilerServices;

/// <summary>
/// Where a carried state lives in the arena of a <see cref="ModelState{T}"/>: element (row, lane) stands at
/// <c>Offset + row * RowStride + lane * LaneStride</c>.
/// </summary>
/// <param name="Name">The state's name, unique in its model.</param>
/// <param name="Width">Values per row.</param>
/// <param name="Offset">Position of row 0, lane 0.</param>
/// <param name="RowStride">Distance of two rows.</param>
/// <param name="LaneStride">Distance of two lanes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StateSlot(string Name, int Width, int Offset, int RowStride, int LaneStride);
