using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>ln sum exp z, without overflow: the largest z is taken out.</summary>
internal static class LogSumExp
{
    /// <param name="values">The z.</param>
    /// <param name="work">Room for as many; what stands behind may be read.</param>
    public static T Of<T>(ReadOnlySpan<T> values, Span<T> work)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        values.CopyTo(work);
        T largest = Lanes.Max<T>(work);
        Elementwise.Map(work, new ExpOfDifference<T>(largest));
        return largest + Functions.Log(Lanes.Sum<T>(work));
    }

    /// <summary>exp(z - subtracted).</summary>
    internal readonly struct ExpOfDifference<T>(T subtracted) : Elementwise.IMap<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> z) => Functions.Exp(z - new Vector<T>(subtracted));
    }
}
