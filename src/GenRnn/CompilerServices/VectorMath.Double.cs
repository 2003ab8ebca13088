using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

public static partial class VectorMath
{
    // Adding 1.5 * 2^52 rounds to the nearest integer and leaves it, in two's complement, in the lowest bits.
    private const double RoundingDouble = 6755399441055744.0;

    private const double Log2EDouble = 1.4426950408889634;
    private const double Ln2HighDouble = 0.69314718055994529;
    private const double Ln2LowDouble = 2.3190468138462996e-17;

    /// <summary>e^x within 1 ulp; results below the smallest normal number within 1 unit of the smallest one.</summary>
    /// <remarks>x = n ln 2 + r, |r| at most ln(2)/2; e^r by its Taylor series to the 13th power (what is left out is below
    /// 5e-18), times 2^n.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x)
    {
        // At the bounds the result is 0 and infinity already.
        x = Clamp(x, -746.0, 710.0);
        Vector<double> rounding = new(RoundingDouble);
        Vector<double> n = FusedMultiplyAdd(x, new Vector<double>(Log2EDouble), rounding) - rounding;
        Vector<double> r = FusedMultiplyAdd(n, new Vector<double>(-Ln2HighDouble), x);
        r = FusedMultiplyAdd(n, new Vector<double>(-Ln2LowDouble), r);
        Vector<double> r2 = r * r;
        Vector<double> p = FusedMultiplyAdd(ExpTail(r, r2), r2, r) + Vector<double>.One;

        // 2^n in two factors: n reaches 1024 and -1076, one exponent field does not.
        Vector<double> half = FusedMultiplyAdd(n, new Vector<double>(0.5), rounding);
        Vector<double> rest = n - (half - rounding) + rounding;
        return p * PowerOfTwo(half, 1023) * PowerOfTwo(rest, 1023);
    }

    /// <summary>1 / (1 + e^-x) within 2 ulp, in the left tail too; 0 below -709.78, where e^-x overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sigmoid(Vector<double> x)
    {
        // Above 708, e^-x vanishes beside 1; below -709.78 it is infinite.
        x = Negate(Clamp(x, -710.0, 708.0));
        Vector<double> rounding = new(RoundingDouble);
        Vector<double> t = FusedMultiplyAdd(x, new Vector<double>(Log2EDouble), rounding);
        Vector<double> n = t - rounding;
        Vector<double> r = FusedMultiplyAdd(n, new Vector<double>(-Ln2HighDouble), x);
        r = FusedMultiplyAdd(n, new Vector<double>(-Ln2LowDouble), r);
        Vector<double> r2 = r * r;
        Vector<double> p = FusedMultiplyAdd(ExpTail(r, r2), r2, r) + Vector<double>.One;

        // 2^(n-1) always has an exponent field; the doubling that is left hides in the addition of 1, and overflows there.
        Vector<double> halfExp = p * PowerOfTwo(t, 1022);
        return Vector<double>.One / FusedMultiplyAdd(halfExp, new Vector<double>(2.0), Vector<double>.One);
    }

    /// <summary>tanh x within 3 ulp; exactly 1 from 19.1 on.</summary>
    /// <remarks>Up to 0.625 the rational function of Cephes' tanh.c (S. Moshier), above it 1 - 2 / (e^2x + 1).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Tanh(Vector<double> x)
    {
        Vector<double> z = x * x;
        Vector<double> p = FusedMultiplyAdd(new Vector<double>(-9.64399179425052238628e-1), z, new Vector<double>(-9.92877231001918586564e1));
        p = FusedMultiplyAdd(p, z, new Vector<double>(-1.61468768441708447952e3));
        Vector<double> q = z + new Vector<double>(1.12811678491632931402e2);
        q = FusedMultiplyAdd(q, z, new Vector<double>(2.23548839060100448583e3));
        q = FusedMultiplyAdd(q, z, new Vector<double>(4.84406305325125486048e3));
        Vector<double> near = FusedMultiplyAdd(x * z, p / q, x);

        Vector<double> magnitude = Abs(x);
        Vector<double> far = Vector<double>.One - new Vector<double>(2.0) / (Exp(magnitude + magnitude) + Vector<double>.One);
        Vector<double> result = Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<double>(0.625)), near, far);
        // The sign last: the sum in the near branch turns -0 into +0.
        return Vector.BitwiseOr(result, Vector.BitwiseAnd(x, new Vector<double>(-0d)));
    }

    /// <summary>ln x within 1 ulp; -infinity at 0, NaN below.</summary>
    /// <remarks>x = 2^k (1 + f), 1 + f between sqrt(1/2) and sqrt 2; the method of FreeBSD's e_log.c.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log(Vector<double> x)
    {
        const long RootOfHalf = 0x3FE6A09E667F3BCD;
        Vector<long> isTiny = Vector.LessThan(x, new Vector<double>(2.2250738585072014e-308));
        Vector<long> bits = Vector.AsVectorInt64(Vector.ConditionalSelect(isTiny, x * new Vector<double>(18014398509481984.0), x))
            + new Vector<long>(0x3FF0000000000000 - RootOfHalf);
        // The exponent as a double without a conversion: into the lowest bits of 2^52, which is subtracted again.
        Vector<long> exponent = Vector.ShiftRightLogical(bits, 52) | new Vector<long>(0x4330000000000000);
        Vector<double> k = Vector.AsVectorDouble(exponent)
            - Vector.ConditionalSelect(isTiny, new Vector<double>(4503599627370496.0 + 1023 + 54), new Vector<double>(4503599627370496.0 + 1023));
        Vector<double> f = Vector.AsVectorDouble((bits & new Vector<long>(0x000FFFFFFFFFFFFF)) + new Vector<long>(RootOfHalf)) - Vector<double>.One;

        Vector<double> s = f / (new Vector<double>(2.0) + f);
        Vector<double> z = s * s;
        Vector<double> w = z * z;
        Vector<double> t1 = FusedMultiplyAdd(w, new Vector<double>(1.531383769920937332e-1), new Vector<double>(2.222219843214978396e-1));
        t1 = w * FusedMultiplyAdd(w, t1, new Vector<double>(3.999999999940941908e-1));
        Vector<double> t2 = FusedMultiplyAdd(w, new Vector<double>(1.479819860511658591e-1), new Vector<double>(1.818357216161805012e-1));
        t2 = FusedMultiplyAdd(w, t2, new Vector<double>(2.857142874366239149e-1));
        t2 = z * FusedMultiplyAdd(w, t2, new Vector<double>(6.666666666666735130e-1));
        Vector<double> halfSquare = new Vector<double>(0.5) * f * f;
        Vector<double> low = FusedMultiplyAdd(s, halfSquare + (t1 + t2), k * new Vector<double>(1.90821492927058770002e-10));
        Vector<double> y = FusedMultiplyAdd(k, new Vector<double>(6.93147180369123816490e-1), low - halfSquare + f);

        y = Vector.ConditionalSelect(Vector.Equals(x, new Vector<double>(double.PositiveInfinity)), x, y);
        y = Vector.ConditionalSelect(Vector.Equals(x, Vector<double>.Zero), new Vector<double>(double.NegativeInfinity), y);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<double>.Zero), y, new Vector<double>(double.NaN));
    }

    /// <summary>ln(1 + x) within 2 ulp; -infinity at -1, NaN below.</summary>
    /// <remarks>ln(u) + (x - (u - 1)) / u for u = 1 + x rounded: the second term is what the rounding lost.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log1p(Vector<double> x)
    {
        Vector<double> u = Vector<double>.One + x;
        Vector<double> y = Log(u);
        Vector<double> corrected = y + (x - (u - Vector<double>.One)) / u;
        // Infinite at both ends, where the correction would be NaN.
        y = Vector.ConditionalSelect(Vector.LessThan(Abs(y), new Vector<double>(double.PositiveInfinity)), corrected, y);
        return Vector.ConditionalSelect(Vector.Equals(u, Vector<double>.One), x, y);
    }

    /// <summary>ln(1 + e^x) within 3 ulp, without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Softplus(Vector<double> x)
    {
        // Written so that NaN passes: a comparison with it is false.
        Vector<double> positive = Vector.ConditionalSelect(Vector.LessThan(x, Vector<double>.Zero), Vector<double>.Zero, x);
        return positive + Log1p(Exp(Negate(Abs(x))));
    }

    /// <summary>The error function within 2 ulp.</summary>
    /// <remarks>The rational functions of FreeBSD's s_erf.c: near 0, around 1, and for erfc from 1.25 on, where erfc is
    /// small beside 1 and its one rational function serves as far as 6.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Erf(Vector<double> x)
    {
        Vector<double> magnitude = Abs(x);
        Vector<double> result = Vector.ConditionalSelect(
            Vector.LessThan(magnitude, new Vector<double>(1.25)), ErfAroundOne(magnitude), ErfTail(magnitude));
        result = Vector.BitwiseOr(result, Vector.BitwiseAnd(x, new Vector<double>(-0d)));
        return Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<double>(0.84375)), ErfNearZero(x), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ErfNearZero(Vector<double> x)
    {
        Vector<double> z = x * x;
        Vector<double> p = FusedMultiplyAdd(new Vector<double>(-2.37630166566501626084e-5), z, new Vector<double>(-5.77027029648944159157e-3));
        p = FusedMultiplyAdd(p, z, new Vector<double>(-2.84817495755985104766e-2));
        p = FusedMultiplyAdd(p, z, new Vector<double>(-3.25042107247001499370e-1));
        p = FusedMultiplyAdd(p, z, new Vector<double>(1.28379167095512558561e-1));
        Vector<double> q = FusedMultiplyAdd(new Vector<double>(-3.96022827877536812320e-6), z, new Vector<double>(1.32494738004321644526e-4));
        q = FusedMultiplyAdd(q, z, new Vector<double>(5.08130628187576562776e-3));
        q = FusedMultiplyAdd(q, z, new Vector<double>(6.50222499887672944485e-2));
        q = FusedMultiplyAdd(q, z, new Vector<double>(3.97917223959155352819e-1));
        q = FusedMultiplyAdd(q, z, Vector<double>.One);
        return FusedMultiplyAdd(x, p / q, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ErfAroundOne(Vector<double> magnitude)
    {
        Vector<double> s = magnitude - Vector<double>.One;
        Vector<double> p = FusedMultiplyAdd(new Vector<double>(-2.16637559486879084300e-3), s, new Vector<double>(3.54783043256182359371e-2));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-1.10894694282396677476e-1));
        p = FusedMultiplyAdd(p, s, new Vector<double>(3.18346619901161753674e-1));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-3.72207876035701323847e-1));
        p = FusedMultiplyAdd(p, s, new Vector<double>(4.14856118683748331666e-1));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-2.36211856075265944077e-3));
        Vector<double> q = FusedMultiplyAdd(new Vector<double>(1.19844998467991074170e-2), s, new Vector<double>(1.36370839120290507362e-2));
        q = FusedMultiplyAdd(q, s, new Vector<double>(1.26171219808761642112e-1));
        q = FusedMultiplyAdd(q, s, new Vector<double>(7.18286544141962662868e-2));
        q = FusedMultiplyAdd(q, s, new Vector<double>(5.40397917702171048937e-1));
        q = FusedMultiplyAdd(q, s, new Vector<double>(1.06420880400844228286e-1));
        q = FusedMultiplyAdd(q, s, Vector<double>.One);
        return new Vector<double>(8.45062911510467529297e-1) + p / q;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ErfTail(Vector<double> magnitude)
    {
        // From 6 on the result is 1; infinity must not reach the expressions. Below 1.25 nothing is read.
        Vector<double> t = Clamp(magnitude, 1.0, 6.0);
        Vector<double> t2 = t * t;
        Vector<double> s = Vector<double>.One / t2;
        Vector<double> p = FusedMultiplyAdd(new Vector<double>(-9.81432934416914548592), s, new Vector<double>(-8.12874355063065934246e1));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-1.84605092906711035994e2));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-1.62396669462573470355e2));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-6.23753324503260060396e1));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-1.05586262253232909814e1));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-6.93858572707181764372e-1));
        p = FusedMultiplyAdd(p, s, new Vector<double>(-9.86494403484714822705e-3));
        Vector<double> q = FusedMultiplyAdd(new Vector<double>(-6.04244152148580987438e-2), s, new Vector<double>(6.57024977031928170135));
        q = FusedMultiplyAdd(q, s, new Vector<double>(1.08635005541779435134e2));
        q = FusedMultiplyAdd(q, s, new Vector<double>(4.29008140027567833386e2));
        q = FusedMultiplyAdd(q, s, new Vector<double>(6.45387271733267880336e2));
        q = FusedMultiplyAdd(q, s, new Vector<double>(4.34565877475229228821e2));
        q = FusedMultiplyAdd(q, s, new Vector<double>(1.37657754143519042600e2));
        q = FusedMultiplyAdd(q, s, new Vector<double>(1.96512716674392571292e1));
        q = FusedMultiplyAdd(q, s, Vector<double>.One);
        Vector<double> exponent = p / q - t2 - new Vector<double>(0.5625);
        return Vector<double>.One - Exp(exponent) / t;
    }

    /// <summary>(e^r - 1 - r) / r^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ExpTail(Vector<double> r, Vector<double> r2)
    {
        Vector<double> r4 = r2 * r2;
        Vector<double> c23 = FusedMultiplyAdd(new Vector<double>(1.0 / 6), r, new Vector<double>(1.0 / 2));
        Vector<double> c45 = FusedMultiplyAdd(new Vector<double>(1.0 / 120), r, new Vector<double>(1.0 / 24));
        Vector<double> c67 = FusedMultiplyAdd(new Vector<double>(1.0 / 5040), r, new Vector<double>(1.0 / 720));
        Vector<double> c89 = FusedMultiplyAdd(new Vector<double>(1.0 / 362880), r, new Vector<double>(1.0 / 40320));
        Vector<double> cab = FusedMultiplyAdd(new Vector<double>(1.0 / 39916800), r, new Vector<double>(1.0 / 3628800));
        Vector<double> ccd = FusedMultiplyAdd(new Vector<double>(1.0 / 6227020800), r, new Vector<double>(1.0 / 479001600));
        Vector<double> c25 = FusedMultiplyAdd(c45, r2, c23);
        Vector<double> c69 = FusedMultiplyAdd(c89, r2, c67);
        Vector<double> cad = FusedMultiplyAdd(ccd, r2, cab);
        return FusedMultiplyAdd(FusedMultiplyAdd(cad, r4, c69), r4, c25);
    }

    /// <summary>2^(n + bias - 1023), from n + 1.5 * 2^52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> PowerOfTwo(Vector<double> rounded, long bias) =>
        Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(rounded), 52) + new Vector<long>(bias << 52));
}
