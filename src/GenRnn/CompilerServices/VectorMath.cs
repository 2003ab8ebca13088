using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// Gen's elementary functions of portable vectors: fixed expressions over + - * / and square root, fused multiply-add, compares, selects and integer
/// operations, the same bits at every vector width and on every machine, which no platform function promises.
/// </summary>
/// <remarks>
/// Errors are stated in units in the last place of the result, measured over the whole range (see the tests). NaN gives NaN; infinities give the function's
/// limit. The expressions stand in <see cref="SingleFunctions{L, V}"/> and <see cref="DoubleFunctions{L, V}"/>, once for vectors of every width.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    /// <summary>|x|, exact: clears the sign, of a NaN too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Abs(Vector<float> x) => PortableSingle.Abs(x);

    /// <summary>|x|, exact: clears the sign, of a NaN too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Abs(Vector<double> x) => PortableDouble.Abs(x);

    /// <summary>-x, exact: flips the sign, of a zero too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Negate(Vector<float> x) => PortableSingle.Negate(x);

    /// <summary>-x, exact: flips the sign, of a zero too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Negate(Vector<double> x) => PortableDouble.Negate(x);

    /// <summary>The square root, correctly rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sqrt(Vector<float> x) => Vector.SquareRoot(x);

    /// <summary>The square root, correctly rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sqrt(Vector<double> x) => Vector.SquareRoot(x);

    /// <summary>The larger value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Max(Vector<float> x, Vector<float> y) => PortableSingle.Max(x, y);

    /// <summary>The larger value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Max(Vector<double> x, Vector<double> y) => PortableDouble.Max(x, y);

    /// <summary>The smaller value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Min(Vector<float> x, Vector<float> y) => LaneFunctions<PortableSingle, Vector<float>, float>.Min(x, y);

    /// <summary>The smaller value; NaN if either is. Of two zeros, <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Min(Vector<double> x, Vector<double> y) => LaneFunctions<PortableDouble, Vector<double>, double>.Min(x, y);

    /// <summary>e^x within 1.1 ulp; results below the smallest normal number within 1 unit of the smallest one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x) => PortableSingle.Exp(x);

    /// <summary>1 / (1 + e^-x) within 3.1 ulp, in the left tail too; 0 below -88.73, where e^-x overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => PortableSingle.Sigmoid(x);

    /// <summary>tanh x within 5.3 ulp, |tanh x| at most 1 and exactly 1 from 8.0032 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x) => PortableSingle.Tanh(x);

    /// <summary>ln x within 1 ulp; -infinity at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x) => PortableSingle.Log(x);

    /// <summary>ln(1 + x) within 2 ulp; -infinity at -1, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1p(Vector<float> x) => PortableSingle.Log1p(x);

    /// <summary>ln(1 + e^x) within 3 ulp, without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x) => PortableSingle.Softplus(x);

    /// <summary>The error function within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Erf(Vector<float> x) => PortableSingle.Erf(x);

    /// <summary>e^x within 1 ulp; results below the smallest normal number within 1 unit of the smallest one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x) => PortableDouble.Exp(x);

    /// <summary>1 / (1 + e^-x) within 2 ulp, in the left tail too; 0 below -709.78, where e^-x overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sigmoid(Vector<double> x) => PortableDouble.Sigmoid(x);

    /// <summary>tanh x within 3 ulp; exactly 1 from 19.1 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Tanh(Vector<double> x) => PortableDouble.Tanh(x);

    /// <summary>ln x within 1 ulp; -infinity at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log(Vector<double> x) => PortableDouble.Log(x);

    /// <summary>ln(1 + x) within 2 ulp; -infinity at -1, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log1p(Vector<double> x) => PortableDouble.Log1p(x);

    /// <summary>ln(1 + e^x) within 3 ulp, without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Softplus(Vector<double> x) => PortableDouble.Softplus(x);

    /// <summary>The error function within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Erf(Vector<double> x) => PortableDouble.Erf(x);

    /// <summary><see cref="Sigmoid(Vector{float})"/> of both, the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> X, Vector<float> Y) Sigmoid(Vector<float> x, Vector<float> y) => PortableSingle.Sigmoid(x, y);

    /// <summary><see cref="Tanh(Vector{float})"/> of both, the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> X, Vector<float> Y) Tanh(Vector<float> x, Vector<float> y) => PortableSingle.Tanh(x, y);

    /// <summary><see cref="Sigmoid(Vector{double})"/> of both, one after the other: kernels of one row are tuned in single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> X, Vector<double> Y) Sigmoid(Vector<double> x, Vector<double> y) => PortableDouble.Sigmoid(x, y);

    /// <inheritdoc cref="Sigmoid(Vector{double}, Vector{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> X, Vector<double> Y) Tanh(Vector<double> x, Vector<double> y) => PortableDouble.Tanh(x, y);
}
