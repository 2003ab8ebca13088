using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>Elementary functions of doubles, as <see cref="SingleFunctions{L, V}"/> has them of floats.</summary>
/// <typeparam name="L">The operations.</typeparam>
/// <typeparam name="V">A vector.</typeparam>
internal static class DoubleFunctions<L, V>
    where L : struct, ILanes<V, double>
    where V : struct
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
    public static V Exp(V x)
    {
        // At the bounds the result is 0 and infinity already.
        x = LaneFunctions<L, V, double>.Clamp(x, -746.0, 710.0);
        V rounding = L.Splat(RoundingDouble);
        V n = L.Subtract(L.FusedMultiplyAdd(x, L.Splat(Log2EDouble), rounding), rounding);
        V r = L.FusedMultiplyAdd(n, L.Splat(-Ln2HighDouble), x);
        r = L.FusedMultiplyAdd(n, L.Splat(-Ln2LowDouble), r);
        V r2 = L.Multiply(r, r);
        V p = L.Add(L.FusedMultiplyAdd(ExpTail(r, r2), r2, r), L.One);

        // 2^n in two factors: n reaches 1024 and -1076, one exponent field does not.
        V half = L.FusedMultiplyAdd(n, L.Splat(0.5), rounding);
        V rest = L.Add(L.Subtract(n, L.Subtract(half, rounding)), rounding);
        return L.Multiply(L.Multiply(p, PowerOfTwo(half, 1023)), PowerOfTwo(rest, 1023));
    }

    /// <summary>1 / (1 + e^-x) within 2 ulp, in the left tail too; 0 below -709.78, where e^-x overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        // Above 708, e^-x vanishes beside 1; below -709.78 it is infinite.
        x = LaneFunctions<L, V, double>.Negate(LaneFunctions<L, V, double>.Clamp(x, -710.0, 708.0));
        V rounding = L.Splat(RoundingDouble);
        V t = L.FusedMultiplyAdd(x, L.Splat(Log2EDouble), rounding);
        V n = L.Subtract(t, rounding);
        V r = L.FusedMultiplyAdd(n, L.Splat(-Ln2HighDouble), x);
        r = L.FusedMultiplyAdd(n, L.Splat(-Ln2LowDouble), r);
        V r2 = L.Multiply(r, r);
        V p = L.Add(L.FusedMultiplyAdd(ExpTail(r, r2), r2, r), L.One);

        // 2^(n-1) always has an exponent field; the doubling that is left hides in the addition of 1, and overflows there.
        V halfExp = L.Multiply(p, PowerOfTwo(t, 1022));
        return L.Divide(L.One, L.FusedMultiplyAdd(halfExp, L.Splat(2.0), L.One));
    }

    /// <summary>tanh x within 3 ulp; exactly 1 from 19.1 on.</summary>
    /// <remarks>Up to 0.625 the rational function of Cephes' tanh.c (S. Moshier), above it 1 - 2 / (e^2x + 1).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        V z = L.Multiply(x, x);
        V p = L.FusedMultiplyAdd(L.Splat(-9.64399179425052238628e-1), z, L.Splat(-9.92877231001918586564e1));
        p = L.FusedMultiplyAdd(p, z, L.Splat(-1.61468768441708447952e3));
        V q = L.Add(z, L.Splat(1.12811678491632931402e2));
        q = L.FusedMultiplyAdd(q, z, L.Splat(2.23548839060100448583e3));
        q = L.FusedMultiplyAdd(q, z, L.Splat(4.84406305325125486048e3));
        V near = L.FusedMultiplyAdd(L.Multiply(x, z), L.Divide(p, q), x);

        V magnitude = LaneFunctions<L, V, double>.Abs(x);
        V far = L.Subtract(L.One, L.Divide(L.Splat(2.0), L.Add(Exp(L.Add(magnitude, magnitude)), L.One)));
        V result = L.Select(L.Less(magnitude, L.Splat(0.625)), near, far);
        // The sign last: the sum in the near branch turns -0 into +0.
        return L.Or(result, L.And(x, L.Splat(-0d)));
    }

    /// <summary>ln x within 1 ulp; -infinity at 0, NaN below.</summary>
    /// <remarks>x = 2^k (1 + f), 1 + f between sqrt(1/2) and sqrt 2; the method of FreeBSD's e_log.c.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        const long RootOfHalf = 0x3FE6A09E667F3BCD;
        V isTiny = L.Less(x, L.Splat(2.2250738585072014e-308));
        V bits = L.AddBits(L.Select(isTiny, L.Multiply(x, L.Splat(18014398509481984.0)), x), L.SplatBits(0x3FF0000000000000 - RootOfHalf));
        // The exponent as a double without a conversion: into the lowest bits of 2^52, which is subtracted again.
        V exponent = L.Or(L.ShiftRightBits(bits, 52), L.SplatBits(0x4330000000000000));
        V k = L.Subtract(exponent, L.Select(isTiny, L.Splat(4503599627370496.0 + 1023 + 54), L.Splat(4503599627370496.0 + 1023)));
        V f = L.Subtract(L.AddBits(L.And(bits, L.SplatBits(0x000FFFFFFFFFFFFF)), L.SplatBits(RootOfHalf)), L.One);

        V s = L.Divide(f, L.Add(L.Splat(2.0), f));
        V z = L.Multiply(s, s);
        V w = L.Multiply(z, z);
        V t1 = L.FusedMultiplyAdd(w, L.Splat(1.531383769920937332e-1), L.Splat(2.222219843214978396e-1));
        t1 = L.Multiply(w, L.FusedMultiplyAdd(w, t1, L.Splat(3.999999999940941908e-1)));
        V t2 = L.FusedMultiplyAdd(w, L.Splat(1.479819860511658591e-1), L.Splat(1.818357216161805012e-1));
        t2 = L.FusedMultiplyAdd(w, t2, L.Splat(2.857142874366239149e-1));
        t2 = L.Multiply(z, L.FusedMultiplyAdd(w, t2, L.Splat(6.666666666666735130e-1)));
        V halfSquare = L.Multiply(L.Multiply(L.Splat(0.5), f), f);
        V low = L.FusedMultiplyAdd(s, L.Add(halfSquare, L.Add(t1, t2)), L.Multiply(k, L.Splat(1.90821492927058770002e-10)));
        V y = L.FusedMultiplyAdd(k, L.Splat(6.93147180369123816490e-1), L.Add(L.Subtract(low, halfSquare), f));

        y = L.Select(L.Equal(x, L.Splat(double.PositiveInfinity)), x, y);
        y = L.Select(L.Equal(x, L.Zero), L.Splat(double.NegativeInfinity), y);
        return L.Select(L.GreaterOrEqual(x, L.Zero), y, L.Splat(double.NaN));
    }

    /// <summary>ln(1 + x) within 2 ulp; -infinity at -1, NaN below.</summary>
    /// <remarks>ln(u) + (x - (u - 1)) / u for u = 1 + x rounded: the second term is what the rounding lost.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p(V x)
    {
        V u = L.Add(L.One, x);
        V y = Log(u);
        V corrected = L.Add(y, L.Divide(L.Subtract(x, L.Subtract(u, L.One)), u));
        // Infinite at both ends, where the correction would be NaN.
        y = L.Select(L.Less(LaneFunctions<L, V, double>.Abs(y), L.Splat(double.PositiveInfinity)), corrected, y);
        return L.Select(L.Equal(u, L.One), x, y);
    }

    /// <summary>ln(1 + e^x) within 3 ulp, without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus(V x)
    {
        // Written so that NaN passes: a comparison with it is false.
        V positive = L.Select(L.Less(x, L.Zero), L.Zero, x);
        return L.Add(positive, Log1p(Exp(LaneFunctions<L, V, double>.Negate(LaneFunctions<L, V, double>.Abs(x)))));
    }

    /// <summary>The error function within 2 ulp.</summary>
    /// <remarks>The rational functions of FreeBSD's s_erf.c: near 0, around 1, and for erfc from 1.25 on, where erfc is
    /// small beside 1 and its one rational function serves as far as 6.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x)
    {
        V magnitude = LaneFunctions<L, V, double>.Abs(x);
        V result = L.Select(L.Less(magnitude, L.Splat(1.25)), ErfAroundOne(magnitude), ErfTail(magnitude));
        result = L.Or(result, L.And(x, L.Splat(-0d)));
        return L.Select(L.Less(magnitude, L.Splat(0.84375)), ErfNearZero(x), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfNearZero(V x)
    {
        V z = L.Multiply(x, x);
        V p = L.FusedMultiplyAdd(L.Splat(-2.37630166566501626084e-5), z, L.Splat(-5.77027029648944159157e-3));
        p = L.FusedMultiplyAdd(p, z, L.Splat(-2.84817495755985104766e-2));
        p = L.FusedMultiplyAdd(p, z, L.Splat(-3.25042107247001499370e-1));
        p = L.FusedMultiplyAdd(p, z, L.Splat(1.28379167095512558561e-1));
        V q = L.FusedMultiplyAdd(L.Splat(-3.96022827877536812320e-6), z, L.Splat(1.32494738004321644526e-4));
        q = L.FusedMultiplyAdd(q, z, L.Splat(5.08130628187576562776e-3));
        q = L.FusedMultiplyAdd(q, z, L.Splat(6.50222499887672944485e-2));
        q = L.FusedMultiplyAdd(q, z, L.Splat(3.97917223959155352819e-1));
        q = L.FusedMultiplyAdd(q, z, L.One);
        return L.FusedMultiplyAdd(x, L.Divide(p, q), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfAroundOne(V magnitude)
    {
        V s = L.Subtract(magnitude, L.One);
        V p = L.FusedMultiplyAdd(L.Splat(-2.16637559486879084300e-3), s, L.Splat(3.54783043256182359371e-2));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-1.10894694282396677476e-1));
        p = L.FusedMultiplyAdd(p, s, L.Splat(3.18346619901161753674e-1));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-3.72207876035701323847e-1));
        p = L.FusedMultiplyAdd(p, s, L.Splat(4.14856118683748331666e-1));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-2.36211856075265944077e-3));
        V q = L.FusedMultiplyAdd(L.Splat(1.19844998467991074170e-2), s, L.Splat(1.36370839120290507362e-2));
        q = L.FusedMultiplyAdd(q, s, L.Splat(1.26171219808761642112e-1));
        q = L.FusedMultiplyAdd(q, s, L.Splat(7.18286544141962662868e-2));
        q = L.FusedMultiplyAdd(q, s, L.Splat(5.40397917702171048937e-1));
        q = L.FusedMultiplyAdd(q, s, L.Splat(1.06420880400844228286e-1));
        q = L.FusedMultiplyAdd(q, s, L.One);
        return L.Add(L.Splat(8.45062911510467529297e-1), L.Divide(p, q));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfTail(V magnitude)
    {
        // From 6 on the result is 1; infinity must not reach the expressions. Below 1.25 nothing is read.
        V t = LaneFunctions<L, V, double>.Clamp(magnitude, 1.0, 6.0);
        V t2 = L.Multiply(t, t);
        V s = L.Divide(L.One, t2);
        V p = L.FusedMultiplyAdd(L.Splat(-9.81432934416914548592), s, L.Splat(-8.12874355063065934246e1));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-1.84605092906711035994e2));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-1.62396669462573470355e2));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-6.23753324503260060396e1));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-1.05586262253232909814e1));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-6.93858572707181764372e-1));
        p = L.FusedMultiplyAdd(p, s, L.Splat(-9.86494403484714822705e-3));
        V q = L.FusedMultiplyAdd(L.Splat(-6.04244152148580987438e-2), s, L.Splat(6.57024977031928170135));
        q = L.FusedMultiplyAdd(q, s, L.Splat(1.08635005541779435134e2));
        q = L.FusedMultiplyAdd(q, s, L.Splat(4.29008140027567833386e2));
        q = L.FusedMultiplyAdd(q, s, L.Splat(6.45387271733267880336e2));
        q = L.FusedMultiplyAdd(q, s, L.Splat(4.34565877475229228821e2));
        q = L.FusedMultiplyAdd(q, s, L.Splat(1.37657754143519042600e2));
        q = L.FusedMultiplyAdd(q, s, L.Splat(1.96512716674392571292e1));
        q = L.FusedMultiplyAdd(q, s, L.One);
        V exponent = L.Subtract(L.Subtract(L.Divide(p, q), t2), L.Splat(0.5625));
        return L.Subtract(L.One, L.Divide(Exp(exponent), t));
    }

    /// <summary>(e^r - 1 - r) / r^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTail(V r, V r2)
    {
        V r4 = L.Multiply(r2, r2);
        V c23 = L.FusedMultiplyAdd(L.Splat(1.0 / 6), r, L.Splat(1.0 / 2));
        V c45 = L.FusedMultiplyAdd(L.Splat(1.0 / 120), r, L.Splat(1.0 / 24));
        V c67 = L.FusedMultiplyAdd(L.Splat(1.0 / 5040), r, L.Splat(1.0 / 720));
        V c89 = L.FusedMultiplyAdd(L.Splat(1.0 / 362880), r, L.Splat(1.0 / 40320));
        V cab = L.FusedMultiplyAdd(L.Splat(1.0 / 39916800), r, L.Splat(1.0 / 3628800));
        V ccd = L.FusedMultiplyAdd(L.Splat(1.0 / 6227020800), r, L.Splat(1.0 / 479001600));
        V c25 = L.FusedMultiplyAdd(c45, r2, c23);
        V c69 = L.FusedMultiplyAdd(c89, r2, c67);
        V cad = L.FusedMultiplyAdd(ccd, r2, cab);
        return L.FusedMultiplyAdd(L.FusedMultiplyAdd(cad, r4, c69), r4, c25);
    }

    /// <summary>2^(n + bias - 1023), from n + 1.5 * 2^52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo(V rounded, long bias) => L.AddBits(L.ShiftLeftBits(rounded, 52), L.SplatBits(bias << 52));
}
