using System;
using System.Collections.Generic;
using System.Numerics;
using GenRnn.CompilerServices;

namespace GenRnn.Runtime.Tests;

/// <summary>A float function with its reference in double and the error that its documentation promises.</summary>
internal sealed record SingleFunction(string Name, Func<Vector<float>, Vector<float>> Apply, Func<double, double> Reference, double MaximumUlp)
{
    public override string ToString() => Name;
}

/// <summary>A double function with its reference in fixed point and the error that its documentation promises.</summary>
internal sealed record DoubleFunction(string Name, Func<Vector<double>, Vector<double>> Apply, Func<FixedPoint, FixedPoint> Reference, double MaximumUlp, double From, double To)
{
    public override string ToString() => Name;
}

internal static class Functions
{
    public static IReadOnlyList<SingleFunction> Single { get; } =
    [
        new("Exp", VectorMath.Exp, Math.Exp, 1.1),
        new("Tanh", VectorMath.Tanh, Math.Tanh, 5.3),
        new("Sigmoid", VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 3.1),
        new("Log", VectorMath.Log, Math.Log, 1),
        // The double versions are tested against fixed point of their own.
        new("Log1p", VectorMath.Log1p, x => VectorMath.Log1p(new Vector<double>(x)).ToScalar(), 2),
        new("Softplus", VectorMath.Softplus, x => VectorMath.Softplus(new Vector<double>(x)).ToScalar(), 3),
        new("Erf", VectorMath.Erf, x => VectorMath.Erf(new Vector<double>(x)).ToScalar(), 2),
    ];

    public static IReadOnlyList<DoubleFunction> Double { get; } =
    [
        new("Exp", VectorMath.Exp, FixedPoint.Exp, 1, -750, 709.7),
        new("Tanh", VectorMath.Tanh, FixedPoint.Tanh, 3, -25, 25),
        new("Sigmoid", VectorMath.Sigmoid, FixedPoint.Sigmoid, 2, -709, 750),
        new("Log", VectorMath.Log, FixedPoint.Log, 1, 0, 1e300),
        new("Log1p", VectorMath.Log1p, x => FixedPoint.Log(FixedPoint.One + x), 2, -0.9999999, 1e300),
        new("Softplus", VectorMath.Softplus, x => FixedPoint.Log(FixedPoint.One + FixedPoint.Exp(x)), 3, -744, 700),
        new("Erf", VectorMath.Erf, FixedPoint.Erf, 2, -7, 7),
    ];

    public static float[] Map(Func<Vector<float>, Vector<float>> function, float[] inputs)
    {
        var results = new float[inputs.Length];
        for (int i = 0; i < inputs.Length; i += Vector<float>.Count)
            function(new Vector<float>(inputs, i)).CopyTo(results, i);
        return results;
    }

    public static double[] Map(Func<Vector<double>, Vector<double>> function, double[] inputs)
    {
        var results = new double[inputs.Length];
        for (int i = 0; i < inputs.Length; i += Vector<double>.Count)
            function(new Vector<double>(inputs, i)).CopyTo(results, i);
        return results;
    }
}
