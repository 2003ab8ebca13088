using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>Whether values are finite, in one pass at the speed of memory.</summary>
internal static class Finite
{
    /// <summary>Whether no value is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool All<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // x - x is 0 for a finite x, else NaN, which a sum keeps. Four sums, so that none waits for the one before.
        ref readonly T origin = ref MemoryMarshal.GetReference(values);
        Vector<T> s0 = Vector<T>.Zero, s1 = s0, s2 = s0, s3 = s0;
        int width = Vector<T>.Count;
        int i = 0;
        for (; i <= values.Length - 4 * width; i += 4 * width)
        {
            s0 += OfDifference(in origin, i);
            s1 += OfDifference(in origin, i + width);
            s2 += OfDifference(in origin, i + 2 * width);
            s3 += OfDifference(in origin, i + 3 * width);
        }

        for (; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
                return false;
        }

        return s0 + s1 + (s2 + s3) == Vector<T>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> OfDifference<T>(in T origin, int at)
        where T : unmanaged
    {
        Vector<T> x = Vector.LoadUnsafe(in origin, (nuint)at);
        return x - x;
    }
}
