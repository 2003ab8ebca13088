using System;
using System.Numerics;

namespace GenRnn.Runtime.Tests;

/// <summary>
/// The oracle of the double functions: fixed point with so many fraction bits that every double is exact and the smallest
/// one still has 70 good bits.
/// </summary>
internal readonly record struct FixedPoint(BigInteger Units)
{
    private const int Bits = 1200;

    private static readonly FixedPoint s_ln2 = AtanhOfReciprocal(3) * 2;

    public static FixedPoint One { get; } = new(BigInteger.One << Bits);

    public static FixedPoint Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1L << 52;
        int shift = Bits + exponent - 1075;
        BigInteger units = (BigInteger)mantissa << shift;
        return new FixedPoint(bits < 0 ? -units : units);
    }

    /// <summary>How far <paramref name="found"/> is from this value, in units in the last place of the double next to this value.</summary>
    public double UlpError(double found)
    {
        BigInteger magnitude = BigInteger.Abs(Units);
        int shift = Math.Max(0, (int)magnitude.GetBitLength() - 64);
        double nearest = Math.ScaleB((double)(magnitude >> shift), shift - Bits);
        FixedPoint ulp = Of(double.IsInfinity(Math.BitIncrement(nearest)) ? nearest - Math.BitDecrement(nearest) : Math.BitIncrement(nearest) - nearest);
        BigInteger difference = BigInteger.Abs(Of(found).Units - Units);
        return (double)((difference << 20) / ulp.Units) / (1 << 20);
    }

    public static FixedPoint operator +(FixedPoint a, FixedPoint b) => new(a.Units + b.Units);

    public static FixedPoint operator -(FixedPoint a, FixedPoint b) => new(a.Units - b.Units);

    public static FixedPoint operator *(FixedPoint a, FixedPoint b) => new((a.Units * b.Units) >> Bits);

    public static FixedPoint operator *(FixedPoint a, int b) => new(a.Units * b);

    public static FixedPoint operator /(FixedPoint a, FixedPoint b) => new((a.Units << Bits) / b.Units);

    public static FixedPoint operator /(FixedPoint a, int b) => new(a.Units / b);

    public static FixedPoint Exp(FixedPoint x)
    {
        const int Halvings = 24;
        int n = (int)((x.Units + (s_ln2.Units >> 1)) / s_ln2.Units);
        FixedPoint r = new((x.Units - s_ln2.Units * n) >> Halvings);
        FixedPoint sum = One;
        FixedPoint term = One;
        for (int i = 1; !term.Units.IsZero && !term.Units.Equals(BigInteger.MinusOne); i++)
        {
            term = term * r / i;
            sum += term;
        }

        for (int i = 0; i < Halvings; i++)
            sum *= sum;
        return new FixedPoint(n >= 0 ? sum.Units << n : sum.Units >> -n);
    }

    public static FixedPoint Log(FixedPoint x)
    {
        // ln x = n ln 2 + 2 atanh((m - 1) / (m + 1)), m between 1/2 and 1, made smaller by three square roots.
        int n = (int)x.Units.GetBitLength() - Bits;
        FixedPoint m = new(n >= 0 ? x.Units >> n : x.Units << -n);
        bool nearOne = BigInteger.Abs(x.Units - One.Units) < One.Units >> 4;
        if (nearOne)
            return Atanh((x - One) / (x + One)) * 2;
        for (int i = 0; i < 3; i++)
            m = SquareRoot(m);
        return Atanh((m - One) / (m + One)) * 16 + s_ln2 * n;
    }

    public static FixedPoint Tanh(FixedPoint x)
    {
        FixedPoint e = Exp(x * 2);
        return (e - One) / (e + One);
    }

    public static FixedPoint Sigmoid(FixedPoint x) => One / (One + Exp(x * -1));

    public static FixedPoint Erf(FixedPoint x)
    {
        FixedPoint square = x * x;
        FixedPoint power = x;
        FixedPoint sum = x;
        for (int n = 1; BigInteger.Abs(power.Units) > BigInteger.One; n++)
        {
            power = power * square / -n;
            sum += power / (2 * n + 1);
        }

        // pi by Machin's formula.
        FixedPoint pi = (AtanOfReciprocal(5) * 4 - AtanOfReciprocal(239)) * 4;
        return sum * 2 / SquareRoot(pi);
    }

    private static FixedPoint SquareRoot(FixedPoint x)
    {
        BigInteger radicand = x.Units << Bits;
        BigInteger root = BigInteger.One << (int)((radicand.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + radicand / root) >> 1;
            if (next >= root)
                return new FixedPoint(root);
            root = next;
        }
    }

    private static FixedPoint Atanh(FixedPoint x)
    {
        FixedPoint square = x * x;
        FixedPoint power = x;
        FixedPoint sum = x;
        for (int i = 3; BigInteger.Abs(power.Units) > BigInteger.One; i += 2)
        {
            power *= square;
            sum += power / i;
        }

        return sum;
    }

    private static FixedPoint AtanhOfReciprocal(int x) => Atanh(new FixedPoint((BigInteger.One << Bits) / x));

    private static FixedPoint AtanOfReciprocal(int x)
    {
        FixedPoint power = new((BigInteger.One << Bits) / x);
        FixedPoint sum = power;
        for (int i = 3; !power.Units.IsZero; i += 2)
        {
            power = new FixedPoint(power.Units / (x * x));
            sum += power / (i % 4 == 1 ? i : -i);
        }

        return sum;
    }
}
