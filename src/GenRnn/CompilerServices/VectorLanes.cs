using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GenRnn.CompilerServices;

/// <summary>Single lanes of vectors. Nothing is checked: a reference or an index that is wrong reads other memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorLanes
{
    /// <summary>Element <paramref name="index"/> behind <paramref name="origin"/> in every lane, taken out of the whole vector that holds it.</summary>
    /// <remarks>
    /// For values that have just been stored as vectors: a load of each element by itself waits for the store by itself, and many of them get in one another's
    /// way. One load of a vector waits once; the compiler sees that all its elements share it. Reads the whole vector, so <paramref name="origin"/>
    /// lies in an <see cref="AlignedBuffer{T}"/>.
    /// </remarks>
    /// <param name="origin">The first element.</param>
    /// <param name="index">A constant: with it and the width of a vector, all this is a load and a shuffle.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Splat(ref float origin, int index)
    {
        Vector<float> holder = Vector.LoadUnsafe(ref origin, (nuint)(index & -Vector<float>.Count));
        int lane = index & (Vector<float>.Count - 1);
        if (Vector<float>.Count == 16)
            return Vector512.Shuffle(holder.AsVector512(), Vector512.Create(lane)).AsVector();
        return Vector<float>.Count == 8
            ? Vector256.Shuffle(holder.AsVector256(), Vector256.Create(lane)).AsVector()
            : Vector128.Shuffle(holder.AsVector128(), Vector128.Create(lane)).AsVector();
    }

    /// <inheritdoc cref="Splat(ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Splat(ref double origin, int index)
    {
        Vector<double> holder = Vector.LoadUnsafe(ref origin, (nuint)(index & -Vector<double>.Count));
        long lane = index & (Vector<double>.Count - 1);
        if (Vector<double>.Count == 8)
            return Vector512.Shuffle(holder.AsVector512(), Vector512.Create(lane)).AsVector();
        return Vector<double>.Count == 4
            ? Vector256.Shuffle(holder.AsVector256(), Vector256.Create(lane)).AsVector()
            : Vector128.Shuffle(holder.AsVector128(), Vector128.Create(lane)).AsVector();
    }
}
