using System;
using System.Collections.Generic;
using System.Numerics;
using GenRnn.CompilerServices;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Runtime.Tests;

public sealed class VectorMathTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (SingleFunction function in Functions.Single)
                names.Add(function.Name);
            return names;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Float_is_as_accurate_as_documented_over_the_whole_range(string name)
    {
        SingleFunction function = Find(Functions.Single, name);
        double worst = 0;
        float worstInput = 0;
        var ranges = new[]
        {
            Inputs.Singles(perExponent: 2048),
            Inputs.SinglesBetween(-105, 90, 1 << 20),
            Inputs.SinglesBetween(-1.5f, 1.5f, 1 << 18),
            Inputs.SinglesBetween(-9, 9, 1 << 18),
        };
        foreach (float[] inputs in ranges)
        {
            float[] results = Functions.Map(function.Apply, inputs);
            for (int i = 0; i < inputs.Length; i++)
            {
                double reference = function.Reference(inputs[i]);
                // Documented: e^-x overflows before the sigmoid leaves the subnormal range.
                if (name == "Sigmoid" && inputs[i] < -88.72f)
                {
                    Assert.InRange(results[i], 0f, 3e-39f);
                    continue;
                }

                double error = UlpError(results[i], reference);
                if (error > worst)
                    (worst, worstInput) = (error, inputs[i]);
            }
        }

        output.WriteLine(FormattableString.Invariant($"{name}: {worst:F3} ulp at {worstInput:G9}"));
        Assert.True(worst <= function.MaximumUlp, FormattableString.Invariant($"{name}({worstInput:G9}) is {worst:F3} ulp off; {function.MaximumUlp} are documented."));
    }

    [Theory, MemberData(nameof(Names))]
    public void Double_is_as_accurate_as_documented(string name)
    {
        DoubleFunction function = Find(Functions.Double, name);
        var random = new Random(7);
        double worst = 0;
        double worstInput = 0;
        for (int i = 0; i < 1600; i++)
        {
            double input = i % 4 == 0
                ? Math.Clamp(function.From + (function.To - function.From) * random.NextDouble(), function.From, function.To)
                : Math.Pow(2, i % 4 == 1 ? random.NextDouble() * 600 - 590 : random.NextDouble() * 10 - 5) * (random.Next(2) * 2 - 1);
            if (input <= function.From || input > function.To)
                continue;

            double error = function.Reference(FixedPoint.Of(input)).UlpError(function.Apply(new Vector<double>(input)).ToScalar());
            if (error > worst)
                (worst, worstInput) = (error, input);
        }

        output.WriteLine(FormattableString.Invariant($"{name}: {worst:F3} ulp at {worstInput:G17}"));
        Assert.True(worst <= function.MaximumUlp, FormattableString.Invariant($"{name}({worstInput:G17}) is {worst:F3} ulp off; {function.MaximumUlp} are documented."));
    }

    [Theory]
    [InlineData("Exp", double.NegativeInfinity, 0)]
    [InlineData("Exp", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Exp", 0, 1)]
    [InlineData("Exp", -0.0, 1)]
    [InlineData("Exp", 710, double.PositiveInfinity)]
    [InlineData("Exp", -746, 0)]
    [InlineData("Tanh", double.NegativeInfinity, -1)]
    [InlineData("Tanh", double.PositiveInfinity, 1)]
    [InlineData("Tanh", 0, 0)]
    [InlineData("Tanh", -0.0, -0.0)]
    [InlineData("Tanh", 30, 1)]
    [InlineData("Sigmoid", double.NegativeInfinity, 0)]
    [InlineData("Sigmoid", double.PositiveInfinity, 1)]
    [InlineData("Sigmoid", 0, 0.5)]
    [InlineData("Sigmoid", -750, 0)]
    [InlineData("Log", 0, double.NegativeInfinity)]
    [InlineData("Log", -0.0, double.NegativeInfinity)]
    [InlineData("Log", 1, 0)]
    [InlineData("Log", -1, double.NaN)]
    [InlineData("Log", double.NegativeInfinity, double.NaN)]
    [InlineData("Log", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Log1p", -1, double.NegativeInfinity)]
    [InlineData("Log1p", -2, double.NaN)]
    [InlineData("Log1p", 0, 0)]
    [InlineData("Log1p", -0.0, -0.0)]
    [InlineData("Log1p", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Softplus", double.NegativeInfinity, 0)]
    [InlineData("Softplus", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Softplus", 800, 800)]
    [InlineData("Softplus", -800, 0)]
    [InlineData("Erf", double.NegativeInfinity, -1)]
    [InlineData("Erf", double.PositiveInfinity, 1)]
    [InlineData("Erf", 0, 0)]
    [InlineData("Erf", -0.0, -0.0)]
    [InlineData("Erf", 7, 1)]
    public void Limits_are_exact(string name, double input, double expected)
    {
        double asDouble = Find(Functions.Double, name).Apply(new Vector<double>(input)).ToScalar();
        float asSingle = Find(Functions.Single, name).Apply(new Vector<float>((float)input)).ToScalar();
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(Canonical(asDouble)));
        Assert.Equal(BitConverter.SingleToInt32Bits((float)expected), BitConverter.SingleToInt32Bits((float)Canonical(asSingle)));
    }

    [Theory, MemberData(nameof(Names))]
    public void NaN_passes_through(string name)
    {
        Assert.True(double.IsNaN(Find(Functions.Double, name).Apply(new Vector<double>(double.NaN)).ToScalar()));
        Assert.True(float.IsNaN(Find(Functions.Single, name).Apply(new Vector<float>(float.NaN)).ToScalar()));
    }

    [Fact]
    public void Float_exp_overflows_at_89()
    {
        Assert.Equal(float.PositiveInfinity, VectorMath.Exp(new Vector<float>(89f)).ToScalar());
        Assert.True(float.IsFinite(VectorMath.Exp(new Vector<float>(88.72f)).ToScalar()));
        Assert.Equal(float.Epsilon, VectorMath.Exp(new Vector<float>(-103.2789f)).ToScalar());
    }

    [Fact]
    public void Tanh_of_every_float_from_a_half_to_its_limit_is_accurate_and_at_most_one()
    {
        const int Block = 1 << 14;
        int first = BitConverter.SingleToInt32Bits(0.5f);
        int last = BitConverter.SingleToInt32Bits(8.5f);
        double worst = 0;
        var inputs = new float[Block];
        for (int bits = first; bits < last; bits += Block)
        {
            for (int i = 0; i < Block; i++)
                inputs[i] = BitConverter.Int32BitsToSingle(bits + i);
            float[] results = Functions.Map(VectorMath.Tanh, inputs);
            for (int i = 0; i < Block; i++)
            {
                if (results[i] > 1f)
                    Assert.Fail(FormattableString.Invariant($"tanh({inputs[i]:G9}) = {results[i]:G9}"));
                worst = Math.Max(worst, UlpError(results[i], Math.Tanh(inputs[i])));
            }
        }

        output.WriteLine(FormattableString.Invariant($"{worst:F3} ulp"));
        Assert.True(worst <= 5.3, FormattableString.Invariant($"{worst:F3} ulp"));
    }

    [Fact]
    public void Tanh_is_odd_bit_for_bit()
    {
        float[] inputs = Inputs.SinglesBetween(0, 20, 1 << 18);
        float[] results = Functions.Map(VectorMath.Tanh, inputs);
        float[] mirrored = Functions.Map(VectorMath.Tanh, Array.ConvertAll(inputs, x => -x));
        for (int i = 0; i < inputs.Length; i++)
            Assert.Equal(BitConverter.SingleToInt32Bits(-results[i]), BitConverter.SingleToInt32Bits(mirrored[i]));
    }

    [Fact]
    public void Max_and_min_take_NaN_from_either_side()
    {
        var nan = new Vector<float>(float.NaN);
        Assert.True(float.IsNaN(VectorMath.Max(nan, Vector<float>.One).ToScalar()));
        Assert.True(float.IsNaN(VectorMath.Max(Vector<float>.One, nan).ToScalar()));
        Assert.True(float.IsNaN(VectorMath.Min(nan, Vector<float>.One).ToScalar()));
        Assert.True(float.IsNaN(VectorMath.Min(Vector<float>.One, nan).ToScalar()));
        var wideNaN = new Vector<double>(double.NaN);
        Assert.True(double.IsNaN(VectorMath.Max(wideNaN, Vector<double>.One).ToScalar()));
        Assert.True(double.IsNaN(VectorMath.Max(Vector<double>.One, wideNaN).ToScalar()));
        Assert.True(double.IsNaN(VectorMath.Min(wideNaN, Vector<double>.One).ToScalar()));
        Assert.True(double.IsNaN(VectorMath.Min(Vector<double>.One, wideNaN).ToScalar()));
    }

    [Fact]
    public void Max_min_and_signs_are_exact()
    {
        Assert.Equal(2f, VectorMath.Max(new Vector<float>(-3f), new Vector<float>(2f)).ToScalar());
        Assert.Equal(-3f, VectorMath.Min(new Vector<float>(-3f), new Vector<float>(2f)).ToScalar());
        Assert.Equal(2d, VectorMath.Max(new Vector<double>(2d), new Vector<double>(-3d)).ToScalar());
        Assert.Equal(-3d, VectorMath.Min(new Vector<double>(2d), new Vector<double>(-3d)).ToScalar());
        // Of two zeros the second, whatever the machine's own instruction prefers.
        Assert.True(float.IsNegative(VectorMath.Max(Vector<float>.Zero, new Vector<float>(-0f)).ToScalar()));
        Assert.False(float.IsNegative(VectorMath.Min(new Vector<float>(-0f), Vector<float>.Zero).ToScalar()));
        Assert.False(float.IsNegative(VectorMath.Abs(new Vector<float>(-0f)).ToScalar()));
        Assert.True(float.IsNegative(VectorMath.Negate(Vector<float>.Zero).ToScalar()));
        Assert.True(double.IsNegative(VectorMath.Negate(Vector<double>.Zero).ToScalar()));
        Assert.Equal(3d, VectorMath.Abs(new Vector<double>(-3d)).ToScalar());
        Assert.Equal(1.41421354f, VectorMath.Sqrt(new Vector<float>(2f)).ToScalar());
        Assert.Equal(1.4142135623730951, VectorMath.Sqrt(new Vector<double>(2d)).ToScalar());
    }

    private static SingleFunction Find(IReadOnlyList<SingleFunction> functions, string name)
    {
        foreach (SingleFunction function in functions)
        {
            if (function.Name == name)
                return function;
        }

        throw new ArgumentException(name);
    }

    private static DoubleFunction Find(IReadOnlyList<DoubleFunction> functions, string name)
    {
        foreach (DoubleFunction function in functions)
        {
            if (function.Name == name)
                return function;
        }

        throw new ArgumentException(name);
    }

    private static double Canonical(double value) => double.IsNaN(value) ? double.NaN : value;

    private static double UlpError(float found, double expected)
    {
        if (double.IsNaN(expected) || float.IsNaN(found))
            return double.IsNaN(expected) && float.IsNaN(found) ? 0 : double.PositiveInfinity;
        float nearest = (float)expected;
        if (float.IsInfinity(nearest) || float.IsInfinity(found))
        {
            // One unit below infinity is infinity's neighbour.
            return found == nearest ? 0 : Math.Abs((double)BitConverter.SingleToInt32Bits(found) - BitConverter.SingleToInt32Bits(nearest));
        }

        float magnitude = Math.Abs(nearest);
        double ulp = magnitude == float.MaxValue ? magnitude - (double)MathF.BitDecrement(magnitude) : MathF.BitIncrement(magnitude) - (double)magnitude;
        return Math.Abs(found - expected) / ulp;
    }
}
