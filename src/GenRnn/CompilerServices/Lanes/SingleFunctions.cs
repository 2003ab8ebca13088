using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// Elementary functions of floats as fixed expressions over + - * / and square root, fused multiply-add, compares, selects and integer operations:
/// the same bits at every vector width and on every machine, which no platform function promises.
/// </summary>
/// <remarks>
/// Errors are stated in units in the last place of the result, measured over the whole range (see the tests). NaN gives NaN; infinities give the
/// function's limit. Operations are calls of <typeparamref name="L"/>, not operators, because no operator is known of a vector whose type is a parameter;
/// each is one instruction, so the inliner's budget is spent on the expression alone.
/// </remarks>
/// <typeparam name="L">The operations.</typeparam>
/// <typeparam name="V">A vector.</typeparam>
internal static partial class SingleFunctions<L, V>
    where L : struct, ILanes<V, float>
    where V : struct
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
    public static V Exp(V x)
    {
        // At the bounds the result is 0 and infinity already.
        x = LaneFunctions<L, V, float>.Clamp(x, -105f, 89f);
        V rounding = L.Splat(RoundingSingle);
        V n = L.Subtract(L.FusedMultiplyAdd(x, L.Splat(Log2ESingle), rounding), rounding);
        V r = L.FusedMultiplyAdd(n, L.Splat(-Ln2HighSingle), x);
        r = L.FusedMultiplyAdd(n, L.Splat(-Ln2LowSingle), r);

        V r2 = L.Multiply(r, r);
        V r4 = L.Multiply(r2, r2);
        V c01 = L.FusedMultiplyAdd(L.Splat(Exp3Single), r, L.Splat(Exp2Single));
        V c23 = L.FusedMultiplyAdd(L.Splat(Exp5Single), r, L.Splat(Exp4Single));
        V c45 = L.FusedMultiplyAdd(L.Splat(Exp7Single), r, L.Splat(Exp6Single));
        V q = L.FusedMultiplyAdd(c23, r2, c01);
        q = L.FusedMultiplyAdd(c45, r4, q);
        V p = L.Add(L.FusedMultiplyAdd(q, r2, r), L.One);

        // 2^n in two factors: n reaches 128 and -151, one exponent field does not.
        V half = L.FusedMultiplyAdd(n, L.Splat(0.5f), rounding);
        V rest = L.Add(L.Subtract(n, L.Subtract(half, rounding)), rounding);
        return L.Multiply(L.Multiply(p, PowerOfTwo(half, 127)), PowerOfTwo(rest, 127));
    }

    /// <summary>1 / (1 + e^-x) within 3.1 ulp, in the left tail too; 0 below -88.73, where e^-x overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        // Above 86, e^-x vanishes beside 1; below -88.73 it is infinite.
        x = LaneFunctions<L, V, float>.Clamp(x, -89f, 86f);
        V rounding = L.Splat(RoundingSingle);
        V t = L.FusedMultiplyAdd(x, L.Splat(-Log2ESingle), rounding);
        V n = L.Subtract(t, rounding);
        // r is minus the reduced argument, so the odd coefficients of Exp change sign and the negation is free.
        V r = L.FusedMultiplyAdd(n, L.Splat(Ln2HighSingle), x);
        r = L.FusedMultiplyAdd(n, L.Splat(Ln2LowSingle), r);

        V r2 = L.Multiply(r, r);
        V r4 = L.Multiply(r2, r2);
        V c01 = L.FusedMultiplyAdd(L.Splat(-Exp3Single), r, L.Splat(Exp2Single));
        V c23 = L.FusedMultiplyAdd(L.Splat(-Exp5Single), r, L.Splat(Exp4Single));
        V c45 = L.FusedMultiplyAdd(L.Splat(-Exp7Single), r, L.Splat(Exp6Single));
        V q = L.FusedMultiplyAdd(c23, r2, c01);
        q = L.FusedMultiplyAdd(c45, r4, q);
        V p = L.FusedMultiplyAdd(q, r2, L.Subtract(L.One, r));

        // 2^(n-1) always has an exponent field; the doubling that is left hides in the addition of 1, and overflows there.
        V halfExp = L.Multiply(p, PowerOfTwo(t, 126));
        return L.Divide(L.One, L.FusedMultiplyAdd(halfExp, L.Splat(2f), L.One));
    }

    /// <summary>tanh x within 5.3 ulp, |tanh x| at most 1 and exactly 1 from 8.0032 on.</summary>
    /// <remarks>The rational function of degree 13/6 that is common for this (Eigen's ptanh_float), with all coefficients
    /// times 2^8: no bit of a result changes, but small arguments no longer underflow in the numerator.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        x = LaneFunctions<L, V, float>.Clamp(x, -TanhOneSingle, TanhOneSingle);
        V x2 = L.Multiply(x, x);
        V x4 = L.Multiply(x2, x2);
        V a = L.FusedMultiplyAdd(L.Splat(TanhP13Single), x2, L.Splat(TanhP11Single));
        V b = L.FusedMultiplyAdd(L.Splat(TanhP9Single), x2, L.Splat(TanhP7Single));
        V c = L.FusedMultiplyAdd(L.Splat(TanhP5Single), x2, L.Splat(TanhP3Single));
        V p = L.FusedMultiplyAdd(a, x4, b);
        p = L.FusedMultiplyAdd(p, x4, c);
        p = L.FusedMultiplyAdd(p, x2, L.Splat(TanhP1Single));
        p = L.Multiply(p, x);
        V d = L.FusedMultiplyAdd(L.Splat(TanhQ6Single), x2, L.Splat(TanhQ4Single));
        V e = L.FusedMultiplyAdd(L.Splat(TanhQ2Single), x2, L.Splat(TanhQ0Single));
        return L.Divide(p, L.FusedMultiplyAdd(d, x4, e));
    }

    /// <summary>ln x within 1 ulp; -infinity at 0, NaN below.</summary>
    /// <remarks>x = 2^k (1 + f), 1 + f between sqrt(1/2) and sqrt 2; the method of FreeBSD's e_logf.c.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        const int RootOfHalf = 0x3F3504F3;
        V isTiny = L.Less(x, L.Splat(1.17549435e-38f));
        V bits = L.AddBits(L.Select(isTiny, L.Multiply(x, L.Splat(33554432f)), x), L.SplatBits(0x3F800000 - RootOfHalf));
        // The exponent as a float without a conversion: into the lowest bits of 2^23, which is subtracted again.
        V exponent = L.Or(L.ShiftRightBits(bits, 23), L.SplatBits(0x4B000000));
        V k = L.Subtract(exponent, L.Select(isTiny, L.Splat(8388608f + 127 + 25), L.Splat(8388608f + 127)));
        V f = L.Subtract(L.AddBits(L.And(bits, L.SplatBits(0x007FFFFF)), L.SplatBits(RootOfHalf)), L.One);

        V s = L.Divide(f, L.Add(L.Splat(2f), f));
        V z = L.Multiply(s, s);
        V w = L.Multiply(z, z);
        V t1 = L.Multiply(w, L.FusedMultiplyAdd(w, L.Splat(0.24279078841f), L.Splat(0.40000972152f)));
        V t2 = L.Multiply(z, L.FusedMultiplyAdd(w, L.Splat(0.28498786688f), L.Splat(0.66666662693f)));
        V halfSquare = L.Multiply(L.Multiply(L.Splat(0.5f), f), f);
        V low = L.FusedMultiplyAdd(s, L.Add(halfSquare, L.Add(t1, t2)), L.Multiply(k, L.Splat(9.0580006145e-6f)));
        V y = L.FusedMultiplyAdd(k, L.Splat(6.9313812256e-1f), L.Add(L.Subtract(low, halfSquare), f));

        y = L.Select(L.Equal(x, L.Splat(float.PositiveInfinity)), x, y);
        y = L.Select(L.Equal(x, L.Zero), L.Splat(float.NegativeInfinity), y);
        return L.Select(L.GreaterOrEqual(x, L.Zero), y, L.Splat(float.NaN));
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
        y = L.Select(L.Less(LaneFunctions<L, V, float>.Abs(y), L.Splat(float.PositiveInfinity)), corrected, y);
        return L.Select(L.Equal(u, L.One), x, y);
    }

    /// <summary>ln(1 + e^x) within 3 ulp, without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus(V x)
    {
        // Written so that NaN passes: a comparison with it is false.
        V positive = L.Select(L.Less(x, L.Zero), L.Zero, x);
        return L.Add(positive, Log1p(Exp(LaneFunctions<L, V, float>.Negate(LaneFunctions<L, V, float>.Abs(x)))));
    }

    /// <summary>The error function within 2 ulp.</summary>
    /// <remarks>Up to 475/512 an odd polynomial, above it 1 - exp(polynomial); both after N. Juffa's erff.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x)
    {
        V s = L.Multiply(x, x);
        V near = L.FusedMultiplyAdd(L.Splat(-5.96761703e-4f), s, L.Splat(4.99119423e-3f));
        near = L.FusedMultiplyAdd(near, s, L.Splat(-2.67681349e-2f));
        near = L.FusedMultiplyAdd(near, s, L.Splat(1.12819925e-1f));
        near = L.FusedMultiplyAdd(near, s, L.Splat(-3.76125336e-1f));
        near = L.FusedMultiplyAdd(near, s, L.Splat(1.28379166e-1f));
        near = L.FusedMultiplyAdd(near, x, x);

        // From 4 on the result is 1; the polynomial must not be asked further out.
        V t = L.MinNative(L.Splat(4f), LaneFunctions<L, V, float>.Abs(x));
        V t2 = L.Multiply(t, t);
        V far = L.FusedMultiplyAdd(L.Splat(-1.72853470e-5f), t, L.Splat(3.83197126e-4f));
        V upper = L.FusedMultiplyAdd(L.Splat(-3.88396438e-3f), t, L.Splat(2.42546219e-2f));
        far = L.FusedMultiplyAdd(far, t2, upper);
        far = L.FusedMultiplyAdd(far, t, L.Splat(-1.06777877e-1f));
        far = L.FusedMultiplyAdd(far, t, L.Splat(-6.34846687e-1f));
        far = L.FusedMultiplyAdd(far, t, L.Splat(-1.28717512e-1f));
        far = L.FusedMultiplyAdd(far, t, LaneFunctions<L, V, float>.Negate(t));
        far = L.Subtract(L.One, Exp(far));
        far = L.Or(far, L.And(x, L.Splat(-0f)));
        return L.Select(L.Greater(LaneFunctions<L, V, float>.Abs(x), L.Splat(475f / 512f)), far, near);
    }

    /// <summary>2^(n + bias - 127), from n + 1.5 * 2^23.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo(V rounded, int bias) => L.AddBits(L.ShiftLeftBits(rounded, 23), L.SplatBits(bias << 23));
}
