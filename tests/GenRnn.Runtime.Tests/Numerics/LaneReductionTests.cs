using System;
using System.Numerics;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class LaneReductionTests
{
    [Fact]
    public void Every_count_equals_the_rule_written_down_bit_for_bit()
    {
        var random = new Random(3);
        var a = new AlignedBuffer<float>(300);
        var b = new AlignedBuffer<float>(300);
        var wideA = new AlignedBuffer<double>(300);
        var wideB = new AlignedBuffer<double>(300);
        for (int n = 0; n <= 280; n++)
        {
            for (int i = 0; i < 300; i++)
            {
                // What lies behind n must not matter.
                a.Span[i] = i < n ? (float)(random.NextDouble() * 2 - 1) : float.NaN;
                b.Span[i] = i < n ? (float)Math.Exp(random.NextDouble() * 20 - 10) : float.NaN;
                wideA.Span[i] = i < n ? random.NextDouble() * 2 - 1 : double.NaN;
                wideB.Span[i] = i < n ? Math.Exp(random.NextDouble() * 20 - 10) : double.NaN;
            }

            Assert.Equal(Dot(a.Span[..n], b.Span[..n]), LaneReduction.Dot(ref a.Origin, ref b.Origin, n));
            Assert.Equal(Dot(wideA.Span[..n], wideB.Span[..n]), LaneReduction.Dot(ref wideA.Origin, ref wideB.Origin, n));
            Assert.Equal(Sum(a.Span[..n]), LaneReduction.Sum(ref a.Origin, n));
            Assert.Equal(Sum(wideA.Span[..n]), LaneReduction.Sum(ref wideA.Origin, n));
            Assert.Equal(Max(a.Span[..n]), LaneReduction.Max(ref a.Origin, n));
            Assert.Equal(Max(wideA.Span[..n]), LaneReduction.Max(ref wideA.Origin, n));
        }
    }

    [Fact]
    public void A_lane_of_negative_zero_survives_a_masked_tail()
    {
        // A product that underflows leaves -0 in a lane; the tail must not add +0 to it.
        var a = new AlignedBuffer<float>(20);
        var b = new AlignedBuffer<float>(20);
        a.Span.Fill(-1e-30f);
        b.Span.Fill(1e-30f);
        Assert.Equal(
            BitConverter.SingleToInt32Bits(Dot(a.Span, b.Span)),
            BitConverter.SingleToInt32Bits(LaneReduction.Dot(ref a.Origin, ref b.Origin, 20)));
        Assert.True(float.IsNegative(LaneReduction.Dot(ref a.Origin, ref b.Origin, 20)));
    }

    [Fact]
    public void The_maximum_passes_NaN_from_any_place()
    {
        var a = new AlignedBuffer<float>(40);
        for (int i = 0; i < 37; i++)
        {
            a.Span.Clear();
            a.Span[i] = float.NaN;
            Assert.True(float.IsNaN(LaneReduction.Max(ref a.Origin, 37)), FormattableString.Invariant($"NaN at {i}"));
        }
    }

    [Fact]
    public void A_vector_folds_in_halves()
    {
        var random = new Random(4);
        var singles = new float[Vector<float>.Count];
        var doubles = new double[Vector<double>.Count];
        for (int i = 0; i < 1000; i++)
        {
            for (int lane = 0; lane < singles.Length; lane++)
                singles[lane] = (float)Math.Exp(random.NextDouble() * 40 - 20);
            for (int lane = 0; lane < doubles.Length; lane++)
                doubles[lane] = Math.Exp(random.NextDouble() * 40 - 20);
            Assert.Equal(LaneReduction.Fold(new Vector<float>(singles)), Tree((float[])singles.Clone(), (x, y) => x + y));
            Assert.Equal(LaneReduction.Fold(new Vector<double>(doubles)), Tree((double[])doubles.Clone(), (x, y) => x + y));
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var lanes = new float[16];
        for (int j = 0; j < a.Length; j++)
            lanes[j % 16] = MathF.FusedMultiplyAdd(a[j], b[j], lanes[j % 16]);
        return Tree(lanes, (x, y) => x + y);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var lanes = new double[16];
        for (int j = 0; j < a.Length; j++)
            lanes[j % 16] = Math.FusedMultiplyAdd(a[j], b[j], lanes[j % 16]);
        return Tree(lanes, (x, y) => x + y);
    }

    private static T Sum<T>(ReadOnlySpan<T> a)
        where T : INumber<T>
    {
        var lanes = new T[16];
        for (int j = 0; j < a.Length; j++)
            lanes[j % 16] += a[j];
        return Tree(lanes, (x, y) => x + y);
    }

    private static float Sum(Span<float> a) => Sum<float>((ReadOnlySpan<float>)a);

    private static double Sum(Span<double> a) => Sum<double>((ReadOnlySpan<double>)a);

    private static float Max(Span<float> a)
    {
        float maximum = float.NegativeInfinity;
        foreach (float value in a)
            maximum = value > maximum ? value : maximum;
        return maximum;
    }

    private static double Max(Span<double> a)
    {
        double maximum = double.NegativeInfinity;
        foreach (double value in a)
            maximum = value > maximum ? value : maximum;
        return maximum;
    }

    private static T Tree<T>(T[] lanes, Func<T, T, T> fold)
    {
        for (int half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                lanes[i] = fold(lanes[i], lanes[i + half]);
        }

        return lanes[0];
    }
}
