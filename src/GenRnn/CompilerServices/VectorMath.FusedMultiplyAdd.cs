using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GenRnn.CompilerServices;

/// <summary>The one way to a fused multiply-add: an instruction where the processor has it, the same bits where it has not.</summary>
public static partial class VectorMath
{
    /// <summary>x y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> FusedMultiplyAdd(Vector<float> x, Vector<float> y, Vector<float> z)
    {
        // A constant of the machine code, and one way out: two of them cost a step of 8 units 4 ns of copies. Where there are no vector instructions at all,
        // what the platform does (it calls C for each lane) is faster than vectors in software.
        if (!Fma.IsSupported && !AdvSimd.IsSupported && Vector.IsHardwareAccelerated)
            x = MultiplyAddInDouble(x, y, z);
        else
            x = Vector.FusedMultiplyAdd(x, y, z);
        return x;
    }

    /// <summary>x y + z, rounded once. There is nothing wider to emulate it in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> FusedMultiplyAdd(Vector<double> x, Vector<double> y, Vector<double> z) => Vector.FusedMultiplyAdd(x, y, z);

    /// <summary>
    /// x y + z of floats with the bits of a fused multiply-add, whatever the values. A product of floats is exact in double, so only their sum
    /// is rounded there, and then to float. Two roundings differ from one only if the first ends in the middle between two floats.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<float> MultiplyAddInDouble(Vector<float> x, Vector<float> y, Vector<float> z)
    {
        Vector.Widen(x, out Vector<double> xLow, out Vector<double> xHigh);
        Vector.Widen(y, out Vector<double> yLow, out Vector<double> yHigh);
        Vector.Widen(z, out Vector<double> zLow, out Vector<double> zHigh);
        Vector<double> low = xLow * yLow + zLow, high = xHigh * yHigh + zHigh;
        Vector<float> rounded = Vector.Narrow(low, high);

        // The 29 bits that float does not have, and where subnormal floats have fewer still, any of those: a result of zero was exact or is far from the middle.
        var dropped = new Vector<long>(0x1FFFFFFF);
        var middle = new Vector<long>(0x10000000);
        Vector<long> isMiddle = Vector.BitwiseOr(
            Vector.Equals(Vector.BitwiseAnd(Vector.AsVectorInt64(low), dropped), middle), Vector.Equals(Vector.BitwiseAnd(Vector.AsVectorInt64(high), dropped), middle));
        Vector<int> size = Vector.BitwiseAnd(Vector.AsVectorInt32(rounded), new Vector<int>(0x7FFFFFFF));
        Vector<int> isSubnormal = Vector.BitwiseAnd(Vector.GreaterThan(size, Vector<int>.Zero), Vector.LessThan(size, new Vector<int>(0x00800001)));
        return Vector.BitwiseOr(isMiddle, Vector.AsVectorInt64(isSubnormal)) == Vector<long>.Zero ? rounded : MultiplyAddToOdd(x, y, z);
    }

    /// <summary>
    /// The same for all values: the sum in double is rounded to odd, so that rounding it once more to float, which has less than half as many bits, gives
    /// what rounding the exact sum gives (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", 2008).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<float> MultiplyAddToOdd(Vector<float> x, Vector<float> y, Vector<float> z)
    {
        Vector.Widen(x, out Vector<double> xLow, out Vector<double> xHigh);
        Vector.Widen(y, out Vector<double> yLow, out Vector<double> yHigh);
        Vector.Widen(z, out Vector<double> zLow, out Vector<double> zHigh);
        return Vector.Narrow(SumToOdd(xLow * yLow, zLow), SumToOdd(xHigh * yHigh, zHigh));
    }

    /// <summary>p + z; where that is not exact, the one of its two neighbours among the doubles whose last bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> SumToOdd(Vector<double> p, Vector<double> z)
    {
        // What the rounded sum lacks (Knuth). Nothing overflows: floats are far from the ends of double.
        Vector<double> sum = p + z;
        Vector<double> taken = sum - p;
        Vector<double> error = p - (sum - taken) + (z - taken);

        // Away from zero, or (negative) towards it. Of an infinite sum it is NaN, which is neither.
        Vector<double> outwards = Vector.Xor(error, Vector.BitwiseAnd(sum, new Vector<double>(-0d)));
        Vector<long> isLess = Vector.LessThan(outwards, Vector<double>.Zero);
        Vector<long> isInexact = Vector.BitwiseOr(isLess, Vector.GreaterThan(outwards, Vector<double>.Zero));

        // Towards zero, then the last bit: the sum itself if its last bit was set.
        return Vector.AsVectorDouble(Vector.BitwiseOr(Vector.AsVectorInt64(sum) + isLess, Vector.BitwiseAnd(isInexact, Vector<long>.One)));
    }
}
