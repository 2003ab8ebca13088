using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

public static partial class VectorMath
{
    // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it, in two's complement, in the lowest bits.
    private const float RoundingSingle = 12582912f;

    private const float Log2ESingle = 1.44269504f;
    private const float Ln2HighSingle = 0.693147182f;
    private const float Ln2LowSingle = -1.90465421e-9f;

    // e^r, |r| at most ln(2)/2: coefficients of r^2 to r^7; of r and 1 they are 1.
    private const float Exp2Single = 5.0000001201e-1f;
    private const float Exp3Single = 1.6666665459e-1f;
    private const float Exp4Single = 4.1665795894e-2f;
    private const float Exp5Single = 8.3334519073e-3f;
    private const float Exp6Single = 1.3981999507e-3f;
    private const float Exp7Single = 1.9875691500e-4f;

    // tanh x, numerator (odd powers) and denominator (even powers).
    private const float TanhP1Single = 256 * 4.89352455891786e-03f;
    private const float TanhP3Single = 256 * 6.37261928875436e-04f;
    private const float TanhP5Single = 256 * 1.48572235717979e-05f;
    private const float TanhP7Single = 256 * 5.12229709037114e-08f;
    private const float TanhP9Single = 256 * -8.60467152213735e-11f;
    private const float TanhP11Single = 256 * 2.00018790482477e-13f;
    private const float TanhP13Single = 256 * -2.76076847742355e-16f;
    private const float TanhQ0Single = 256 * 4.89352518554385e-03f;
    private const float TanhQ2Single = 256 * 2.26843463243900e-03f;
    private const float TanhQ4Single = 256 * 1.18534705686654e-04f;
    private const float TanhQ6Single = 256 * 1.19825839466702e-06f;

    // The first argument at which the expression gives exactly 1; found by trying them all.
    private const float TanhOneSingle = 8.00322342f;

    /// <summary>e^x within 1.1 ulp; results below the smallest normal number within 1 unit of the smallest one.</summary>
    /// <remarks>x = n ln 2 + r, |r| at most ln(2)/2; e^r by the polynomial of Cephes' expf (S. Moshier), times 2^n.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        // At the bounds the result is 0 and infinity already.
        x = Clamp(x, -105f, 89f);
        Vector<float> rounding = new(RoundingSingle);
        Vector<float> n = FusedMultiplyAdd(x, new Vector<float>(Log2ESingle), rounding) - rounding;
        Vector<float> r = FusedMultiplyAdd(n, new Vector<float>(-Ln2HighSingle), x);
        r = FusedMultiplyAdd(n, new Vector<float>(-Ln2LowSingle), r);

        Vector<float> r2 = r * r;
        Vector<float> r4 = r2 * r2;
        Vector<float> c01 = FusedMultiplyAdd(new Vector<float>(Exp3Single), r, new Vector<float>(Exp2Single));
        Vector<float> c23 = FusedMultiplyAdd(new Vector<float>(Exp5Single), r, new Vector<float>(Exp4Single));
        Vector<float> c45 = FusedMultiplyAdd(new Vector<float>(Exp7Single), r, new Vector<float>(Exp6Single));
        Vector<float> q = FusedMultiplyAdd(c23, r2, c01);
        q = FusedMultiplyAdd(c45, r4, q);
        Vector<float> p = FusedMultiplyAdd(q, r2, r) + Vector<float>.One;

        // 2^n in two factors: n reaches 128 and -151, one exponent field does not.
        Vector<float> half = FusedMultiplyAdd(n, new Vector<float>(0.5f), rounding);
        Vector<float> rest = n - (half - rounding) + rounding;
        return p * PowerOfTwo(half, 127) * PowerOfTwo(rest, 127);
    }

    /// <summary>1 / (1 + e^-x) within 3.1 ulp, in the left tail too; 0 below -88.73, where e^-x overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x)
    {
        // Above 86, e^-x vanishes beside 1; below -88.73 it is infinite.
        x = Clamp(x, -89f, 86f);
        Vector<float> rounding = new(RoundingSingle);
        Vector<float> t = FusedMultiplyAdd(x, new Vector<float>(-Log2ESingle), rounding);
        Vector<float> n = t - rounding;
        // r is minus the reduced argument, so the odd coefficients of Exp change sign and the negation is free.
        Vector<float> r = FusedMultiplyAdd(n, new Vector<float>(Ln2HighSingle), x);
        r = FusedMultiplyAdd(n, new Vector<float>(Ln2LowSingle), r);

        Vector<float> r2 = r * r;
        Vector<float> r4 = r2 * r2;
        Vector<float> c01 = FusedMultiplyAdd(new Vector<float>(-Exp3Single), r, new Vector<float>(Exp2Single));
        Vector<float> c23 = FusedMultiplyAdd(new Vector<float>(-Exp5Single), r, new Vector<float>(Exp4Single));
        Vector<float> c45 = FusedMultiplyAdd(new Vector<float>(-Exp7Single), r, new Vector<float>(Exp6Single));
        Vector<float> q = FusedMultiplyAdd(c23, r2, c01);
        q = FusedMultiplyAdd(c45, r4, q);
        Vector<float> p = FusedMultiplyAdd(q, r2, Vector<float>.One - r);

        // 2^(n-1) always has an exponent field; the doubling that is left hides in the addition of 1, and overflows there.
        Vector<float> halfExp = p * PowerOfTwo(t, 126);
        return Vector<float>.One / FusedMultiplyAdd(halfExp, new Vector<float>(2f), Vector<float>.One);
    }

    /// <summary>tanh x within 5.3 ulp, |tanh x| at most 1 and exactly 1 from 8.0032 on.</summary>
    /// <remarks>The rational function of degree 13/6 that is common for this (Eigen's ptanh_float), with all coefficients
    /// times 2^8: no bit of a result changes, but small arguments no longer underflow in the numerator.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x)
    {
        x = Clamp(x, -TanhOneSingle, TanhOneSingle);
        Vector<float> x2 = x * x;
        Vector<float> x4 = x2 * x2;
        Vector<float> a = FusedMultiplyAdd(new Vector<float>(TanhP13Single), x2, new Vector<float>(TanhP11Single));
        Vector<float> b = FusedMultiplyAdd(new Vector<float>(TanhP9Single), x2, new Vector<float>(TanhP7Single));
        Vector<float> c = FusedMultiplyAdd(new Vector<float>(TanhP5Single), x2, new Vector<float>(TanhP3Single));
        Vector<float> p = FusedMultiplyAdd(a, x4, b);
        p = FusedMultiplyAdd(p, x4, c);
        p = FusedMultiplyAdd(p, x2, new Vector<float>(TanhP1Single));
        p *= x;
        Vector<float> d = FusedMultiplyAdd(new Vector<float>(TanhQ6Single), x2, new Vector<float>(TanhQ4Single));
        Vector<float> e = FusedMultiplyAdd(new Vector<float>(TanhQ2Single), x2, new Vector<float>(TanhQ0Single));
        return p / FusedMultiplyAdd(d, x4, e);
    }

    /// <summary>ln x within 1 ulp; -infinity at 0, NaN below.</summary>
    /// <remarks>x = 2^k (1 + f), 1 + f between sqrt(1/2) and sqrt 2; the method of FreeBSD's e_logf.c.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        const int RootOfHalf = 0x3F3504F3;
        Vector<int> isTiny = Vector.LessThan(x, new Vector<float>(1.17549435e-38f));
        Vector<int> bits = Vector.AsVectorInt32(Vector.ConditionalSelect(isTiny, x * new Vector<float>(33554432f), x))
            + new Vector<int>(0x3F800000 - RootOfHalf);
        // The exponent as a float without a conversion: into the lowest bits of 2^23, which is subtracted again.
        Vector<int> exponent = Vector.ShiftRightLogical(bits, 23) | new Vector<int>(0x4B000000);
        Vector<float> k = Vector.AsVectorSingle(exponent)
            - Vector.ConditionalSelect(isTiny, new Vector<float>(8388608f + 127 + 25), new Vector<float>(8388608f + 127));
        Vector<float> f = Vector.AsVectorSingle((bits & new Vector<int>(0x007FFFFF)) + new Vector<int>(RootOfHalf)) - Vector<float>.One;

        Vector<float> s = f / (new Vector<float>(2f) + f);
        Vector<float> z = s * s;
        Vector<float> w = z * z;
        Vector<float> t1 = w * FusedMultiplyAdd(w, new Vector<float>(0.24279078841f), new Vector<float>(0.40000972152f));
        Vector<float> t2 = z * FusedMultiplyAdd(w, new Vector<float>(0.28498786688f), new Vector<float>(0.66666662693f));
        Vector<float> halfSquare = new Vector<float>(0.5f) * f * f;
        Vector<float> low = FusedMultiplyAdd(s, halfSquare + (t1 + t2), k * new Vector<float>(9.0580006145e-6f));
        Vector<float> y = FusedMultiplyAdd(k, new Vector<float>(6.9313812256e-1f), low - halfSquare + f);

        y = Vector.ConditionalSelect(Vector.Equals(x, new Vector<float>(float.PositiveInfinity)), x, y);
        y = Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), new Vector<float>(float.NegativeInfinity), y);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<float>.Zero), y, new Vector<float>(float.NaN));
    }

    /// <summary>ln(1 + x) within 2 ulp; -infinity at -1, NaN below.</summary>
    /// <remarks>ln(u) + (x - (u - 1)) / u for u = 1 + x rounded: the second term is what the rounding lost.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1p(Vector<float> x)
    {
        Vector<float> u = Vector<float>.One + x;
        Vector<float> y = Log(u);
        Vector<float> corrected = y + (x - (u - Vector<float>.One)) / u;
        // Infinite at both ends, where the correction would be NaN.
        y = Vector.ConditionalSelect(Vector.LessThan(Abs(y), new Vector<float>(float.PositiveInfinity)), corrected, y);
        return Vector.ConditionalSelect(Vector.Equals(u, Vector<float>.One), x, y);
    }

    /// <summary>ln(1 + e^x) within 3 ulp, without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x)
    {
        // Written so that NaN passes: a comparison with it is false.
        Vector<float> positive = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), Vector<float>.Zero, x);
        return positive + Log1p(Exp(Negate(Abs(x))));
    }

    /// <summary>The error function within 2 ulp.</summary>
    /// <remarks>Up to 475/512 an odd polynomial, above it 1 - exp(polynomial); both after N. Juffa's erff.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Erf(Vector<float> x)
    {
        Vector<float> s = x * x;
        Vector<float> near = FusedMultiplyAdd(new Vector<float>(-5.96761703e-4f), s, new Vector<float>(4.99119423e-3f));
        near = FusedMultiplyAdd(near, s, new Vector<float>(-2.67681349e-2f));
        near = FusedMultiplyAdd(near, s, new Vector<float>(1.12819925e-1f));
        near = FusedMultiplyAdd(near, s, new Vector<float>(-3.76125336e-1f));
        near = FusedMultiplyAdd(near, s, new Vector<float>(1.28379166e-1f));
        near = FusedMultiplyAdd(near, x, x);

        // From 4 on the result is 1; the polynomial must not be asked further out.
        Vector<float> t = Vector.MinNative(new Vector<float>(4f), Abs(x));
        Vector<float> t2 = t * t;
        Vector<float> far = FusedMultiplyAdd(new Vector<float>(-1.72853470e-5f), t, new Vector<float>(3.83197126e-4f));
        Vector<float> upper = FusedMultiplyAdd(new Vector<float>(-3.88396438e-3f), t, new Vector<float>(2.42546219e-2f));
        far = FusedMultiplyAdd(far, t2, upper);
        far = FusedMultiplyAdd(far, t, new Vector<float>(-1.06777877e-1f));
        far = FusedMultiplyAdd(far, t, new Vector<float>(-6.34846687e-1f));
        far = FusedMultiplyAdd(far, t, new Vector<float>(-1.28717512e-1f));
        far = FusedMultiplyAdd(far, t, Negate(t));
        far = Vector<float>.One - Exp(far);
        far = Vector.BitwiseOr(far, Vector.BitwiseAnd(x, new Vector<float>(-0f)));
        return Vector.ConditionalSelect(Vector.GreaterThan(Abs(x), new Vector<float>(475f / 512f)), far, near);
    }

    /// <summary>2^(n + bias - 127), from n + 1.5 * 2^23.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<float> rounded, int bias) =>
        Vector.AsVectorSingle(Vector.ShiftLeft(Vector.AsVectorInt32(rounded), 23) + new Vector<int>(bias << 23));
}
