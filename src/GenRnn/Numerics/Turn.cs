namespace GenRnn;

/// <summary>Sine and cosine of a fraction of a full turn, as fixed expressions: the same bits everywhere.</summary>
internal static class Turn
{
    private const double TwoPi = 6.283185307179586;

    /// <summary>(sin, cos) of 2 pi <paramref name="fraction"/>, within 2 ulp of 1.</summary>
    /// <param name="fraction">In [0, 1).</param>
    public static (double Sine, double Cosine) SinCos(double fraction)
    {
        // Exact: a quarter of a turn is a power of two, so what is left is at most an eighth of a turn.
        int quarter = (int)(fraction * 4.0 + 0.5);
        double x = (fraction - quarter * 0.25) * TwoPi;
        double z = x * x;
        // Taylor series; at pi/4 the first term left out is below 1e-18.
        double sine = x + x * z * (-1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z * (1.0 / 362880 + z * (-1.0 / 39916800
            + z * (1.0 / 6227020800 + z * (-1.0 / 1307674368000)))))));
        double cosine = 1.0 + z * (-1.0 / 2 + z * (1.0 / 24 + z * (-1.0 / 720 + z * (1.0 / 40320 + z * (-1.0 / 3628800
            + z * (1.0 / 479001600 + z * (-1.0 / 87178291200 + z * (1.0 / 20922789888000))))))));
        return (quarter & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }
}
