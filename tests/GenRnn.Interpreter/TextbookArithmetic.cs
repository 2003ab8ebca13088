using System;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>The mathematical meaning in double, for comparison with finite differences and with Keras; no bits are promised.</summary>
public readonly struct TextbookArithmetic : IArithmetic<double>
{
    public double Constant(double number) => number;

    public double MultiplyAdd(double a, double b, double c) => a * b + c;

    public double Normal(uint x0, uint x1) =>
        Math.Sqrt(-2 * Math.Log(1 - x0 / 4294967296.0)) * Math.Cos(2 * Math.PI * (x1 / 4294967296.0 - 0.5));

    public double Function(OpCode op, double x) => op switch
    {
        OpCode.Exp => Math.Exp(x),
        OpCode.Log => Math.Log(x),
        OpCode.Log1p => LogOfOnePlus(x),
        OpCode.Tanh => Math.Tanh(x),
        OpCode.Sigmoid => 1 / (1 + Math.Exp(-x)),
        OpCode.Erf => ErrorFunction(x),
        OpCode.Softplus => Math.Max(x, 0) + LogOfOnePlus(Math.Exp(-Math.Abs(x))),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "Not a function."),
    };

    // Kahan: the rounding error of 1 + x cancels in the quotient. (double.LogP1 is Log(1 + x).)
    private static double LogOfOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) ? sum : Math.Log(sum) * x / (sum - 1);
    }

    // erf(x) = 2/sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!! (Abramowitz and Stegun 7.1.6): no term cancels another.
    private static double ErrorFunction(double x)
    {
        if (Math.Abs(x) > 6)
            return Math.Sign(x);
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
