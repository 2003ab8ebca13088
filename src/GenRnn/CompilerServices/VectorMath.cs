using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// Elementary functions as fixed expressions over + - * / and square root, fused multiply-add, compares, selects and
/// integer operations: the same bits at every vector width and on every machine, which no platform function promises.
/// </summary>
/// <remarks>
/// Errors are stated in units in the last place of the result, measured over the whole range (see the tests). NaN gives
/// NaN; infinities give the function's limit. This file holds what is one instruction or two; the functions stand in
/// <c>VectorMath.Single.cs</c> and <c>VectorMath.Double.cs</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    /// <summary>|x|, exact: clears the sign, of a NaN too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Abs(Vector<float> x) => Vector.AndNot(x, new Vector<float>(-0f));

    /// <summary>|x|, exact: clears the sign, of a NaN too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Abs(Vector<double> x) => Vector.AndNot(x, new Vector<double>(-0d));

    /// <summary>-x, exact: flips the sign, of a zero too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Negate(Vector<float> x) => Vector.Xor(x, new Vector<float>(-0f));

    /// <summary>-x, exact: flips the sign, of a zero too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Negate(Vector<double> x) => Vector.Xor(x, new Vector<double>(-0d));

    /// <summary>The square root, correctly rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sqrt(Vector<float> x) => Vector.SquareRoot(x);

    /// <summary>The square root, correctly rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sqrt(Vector<double> x) => Vector.SquareRoot(x);

    /// <summary>The larger value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Max(Vector<float> x, Vector<float> y) =>
        Vector.ConditionalSelect(Vector.BitwiseOr(Vector.GreaterThan(x, y), IsNaN(x)), x, y);

    /// <summary>The larger value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Max(Vector<double> x, Vector<double> y) =>
        Vector.ConditionalSelect(Vector.BitwiseOr(Vector.GreaterThan(x, y), IsNaN(x)), x, y);

    /// <summary>The smaller value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Min(Vector<float> x, Vector<float> y) =>
        Vector.ConditionalSelect(Vector.BitwiseOr(Vector.LessThan(x, y), IsNaN(x)), x, y);

    /// <summary>The smaller value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Min(Vector<double> x, Vector<double> y) =>
        Vector.ConditionalSelect(Vector.BitwiseOr(Vector.LessThan(x, y), IsNaN(x)), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> IsNaN(Vector<float> x) => Vector.OnesComplement(Vector.Equals(x, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<long> IsNaN(Vector<double> x) => Vector.OnesComplement(Vector.Equals(x, x));

    /// <summary>Clamps x, letting NaN through: of a NaN and a number, the native instruction of x86 gives its second
    /// operand, that of Arm the NaN, and the fallback of .NET compares as x86 does. The bounds are never zeros, whose
    /// order would differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Clamp(Vector<float> x, float low, float high) =>
        Vector.MinNative(new Vector<float>(high), Vector.MaxNative(new Vector<float>(low), x));

    /// <inheritdoc cref="Clamp(Vector{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Clamp(Vector<double> x, double low, double high) =>
        Vector.MinNative(new Vector<double>(high), Vector.MaxNative(new Vector<double>(low), x));
}
