using System.Numerics;

namespace GenRnn;

/// <summary>x^y as a fixed expression: the same bits everywhere.</summary>
internal static class Power
{
    private const int MostFactors = 64;

    /// <param name="x">Not negative.</param>
    /// <param name="y">The exponent. A small whole number is a product, any other exp(y ln x).</param>
    public static double Of(double x, double y)
    {
        if (y == double.Floor(y) && double.Abs(y) <= MostFactors)
        {
            double product = 1;
            for (int i = 0; i < (int)double.Abs(y); i++)
                product *= x;
            return y < 0 ? 1 / product : product;
        }

        if (x == 0)
            return y > 0 ? 0 : double.PositiveInfinity;
        return Functions.Exp(new Vector<double>(y * Functions.Log(x)))[0];
    }
}
