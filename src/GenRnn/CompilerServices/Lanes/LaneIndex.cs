using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>An index of each lane: the same one, or one that ascends along the axis that lies in the lanes.</summary>
/// <param name="First">Of the first lane.</param>
/// <param name="Ascends">Whether each lane has one more than the lane before.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct LaneIndex(uint First, bool Ascends)
{
    /// <summary>Of the lanes from <paramref name="lane"/> on, as many as a portable vector has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector<uint> Of(int lane) => Ascends ? new Vector<uint>(First + (uint)lane) + Vector<uint>.Indices : new Vector<uint>(First);
}
