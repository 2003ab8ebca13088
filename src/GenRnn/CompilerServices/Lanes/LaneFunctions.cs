using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>What takes two or three operations in either precision.</summary>
/// <typeparam name="L">The operations.</typeparam>
/// <typeparam name="V">A vector.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
internal static class LaneFunctions<L, V, T>
    where L : struct, ILanes<V, T>
    where V : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>|x|, exact: clears the sign, of a NaN too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Abs(V x) => L.AndNot(x, L.Splat(T.NegativeZero));

    /// <summary>-x, exact: flips the sign, of a zero too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Negate(V x) => L.Xor(x, L.Splat(T.NegativeZero));

    /// <summary>The larger value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Max(V x, V y) => L.Select(L.Greater(x, y), x, L.Select(L.Equal(x, x), y, x));

    /// <summary>The smaller value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Min(V x, V y) => L.Select(L.Less(x, y), x, L.Select(L.Equal(x, x), y, x));

    /// <summary>Clamps x, letting NaN through: of a NaN and a number, the native instruction of x86 gives its second
    /// operand, that of Arm the NaN, and the fallback of .NET compares as x86 does. The bounds are never zeros, whose
    /// order differs between machines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Clamp(V x, T low, T high) => L.MinNative(L.Splat(high), L.MaxNative(L.Splat(low), x));
}
