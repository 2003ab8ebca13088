using System;
using System.Numerics;
using GenRnn.CompilerServices;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Runtime.Tests;

/// <summary>Floats multiplied and added in double have the bits of the fused operation, whatever they are. Processes without the instruction run whole models so: see VectorWidthTests.</summary>
public sealed class FusedMultiplyAddTests(ITestOutputHelper output)
{
    private static readonly float[] s_special =
    [
        0, -0f, 1, -1, 2, 3, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
        1.17549435e-38f, -1.17549435e-38f, 1.1754942e-38f, 16_777_215, 8_388_609, 1.00000012f, 0.99999994f, 1.8446744e19f, 5.9604645e-8f,
    ];

    private static int Count => Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1" ? 50_000_000 : 200_000;

    [Fact]
    public void Special_values_in_every_place()
    {
        foreach (float x in s_special)
        {
            foreach (float y in s_special)
            {
                foreach (float z in s_special)
                    AssertExact(new Vector<float>(x), new Vector<float>(y), new Vector<float>(z));
            }
        }
    }

    /// <summary>The sum in double lies in the middle of two floats and the exact sum beside it, on either side: what two roundings get wrong.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-149)] // Subnormal results.
    [InlineData(100)]
    public void Ties_that_are_none(int exponent)
    {
        float large = MathF.ScaleB(1, exponent < 0 ? -127 : exponent);
        float middle = MathF.ScaleB(1, exponent < 0 ? -75 : (exponent - 24) / 2);
        float other = MathF.ScaleB(1, (exponent < 0 ? -150 : exponent - 24) - ILogB(middle));
        int wrong = 0;
        foreach (float x in new[] { middle, BitIncrement(middle, 1), BitIncrement(middle, -1), -middle, BitIncrement(-middle, 1) })
        {
            foreach (float y in new[] { other, BitIncrement(other, 1), BitIncrement(other, -2), -other })
            {
                foreach (float z in new[] { large, BitIncrement(large, 1), BitIncrement(large, 2), -large })
                {
                    AssertExact(new Vector<float>(x), new Vector<float>(y), new Vector<float>(z));
                    wrong += (float)((double)x * y + z) == MathF.FusedMultiplyAdd(x, y, z) ? 0 : 1;
                }
            }
        }

        Assert.True(wrong > 0, "Two roundings were right everywhere: these are no ties.");
    }

    [Fact]
    public void Random_values()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {Count} vectors");
        var random = new Random(seed);
        Span<float> x = stackalloc float[Vector<float>.Count], y = stackalloc float[Vector<float>.Count], z = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < Count; i++)
        {
            for (int lane = 0; lane < x.Length; lane++)
            {
                x[lane] = Value(random);
                y[lane] = Value(random);
                z[lane] = Addend(random, (double)x[lane] * y[lane]);
            }

            AssertExact(new Vector<float>(x), new Vector<float>(y), new Vector<float>(z));
        }
    }

    private static float Value(Random random) => random.Next(7) switch
    {
        0 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
        1 => s_special[random.Next(s_special.Length)],
        2 => BitConverter.Int32BitsToSingle(random.Next(1 << 23) | (random.Next(2) << 31)), // Subnormal.
        3 => random.Next(-2000, 2000),
        4 => MathF.ScaleB(random.Next(1 << 24), random.Next(-149, 104)),
        5 => BitConverter.Int32BitsToSingle((random.Next(2) << 31) | (random.Next(40, 90) << 23) | random.Next(1 << 23)), // Products near the smallest floats.
        _ => 2 * random.NextSingle() - 1,
    };

    /// <summary>Anything, what nearly cancels the product, or what puts it in the middle between two floats.</summary>
    private static float Addend(Random random, double product) => random.Next(4) switch
    {
        0 => Value(random),
        1 => BitIncrement(-(float)product, random.Next(-3, 4)),
        2 => (float)(product * Math.Pow(2, random.Next(-60, 60))),
        _ => (float)Math.ScaleB((1 - 2 * random.Next(2)) * (1 + random.Next(8) * 1.1920929e-7), Math.Clamp(Math.ILogB(product == 0 ? 1 : product) + 24 + random.Next(-2, 3), -149, 127)),
    };

    private static void AssertExact(Vector<float> x, Vector<float> y, Vector<float> z)
    {
        Vector<float> found = VectorMath.MultiplyAddInDouble(x, y, z), door = VectorMath.FusedMultiplyAdd(x, y, z);
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            float expected = MathF.FusedMultiplyAdd(x[lane], y[lane], z[lane]);
            if (!IsSame(expected, found[lane]) || !IsSame(expected, door[lane]))
                Assert.Fail(FormattableString.Invariant($"{x[lane]:R} x {y[lane]:R} + {z[lane]:R} gives {found[lane]:R} in double, {door[lane]:R} by the door; expected {expected:R}"));
        }
    }

    private static bool IsSame(float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));

    private static float BitIncrement(float value, int by) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) + by);

    private static int ILogB(float value) => (int)Math.Round(Math.Log2(value));
}
