using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

/// <summary>
/// Masks and noise: the generator's known answers, the distributions, and the independence of everything that a number depends on. Seeds
/// are fixed, so a test that passes always passes; bounds are five standard deviations of what a perfect generator would give.
/// </summary>
public sealed class VectorRandomTests
{
    private const int Rows = 64;
    private const int Positions = 4096;
    private const int Count = Rows * Positions;
    private const double Deviations = 5;

    /// <summary>The known answers of Random123, the authors' library, for threefry2x32 with 20 rounds.</summary>
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6b200159u, 0x99ba4efeu)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x1cb996fcu, 0xbb002be7u)]
    [InlineData(0x13198a2eu, 0x03707344u, 0x243f6a88u, 0x85a308d3u, 0xc4923a9cu, 0x483df7a0u)]
    public void The_generator_gives_its_known_answers(uint key0, uint key1, uint counter0, uint counter1, uint x0, uint x1) =>
        Assert.Equal((x0, x1), Threefry.Block(key0, key1, counter0, counter1));

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_rate_is_dropped_and_the_rest_scaled(double rate)
    {
        float[] mask = RandomLanes.Keep(new Workspace(Models.Small()) { Seed = 1 }, rate, Rows, Positions);
        Assert.Equal([0f, (float)(1 / (1 - rate))], mask.Distinct().Order());
        AssertMean(mask.Select(m => m == 0 ? 1.0 : 0), rate, rate * (1 - rate));
        // Every row and every position has the rate, not only all together.
        double bound = Deviations * Math.Sqrt(rate * (1 - rate));
        for (int row = 0; row < Rows; row++)
            Assert.InRange(mask.AsSpan(row * Positions, Positions).Count(0f) / (double)Positions, rate - bound / Math.Sqrt(Positions), rate + bound / Math.Sqrt(Positions));
    }

    [Fact]
    public void At_a_rate_of_one_nothing_is_kept() =>
        Assert.All(RandomLanes.Keep(new Workspace(Models.Small()), 1, 4, 1000), m => Assert.Equal(0f, m));

    [Fact]
    public void Masks_of_other_seeds_calls_layers_and_masks_are_independent()
    {
        float[] Mask(int seed = 1, long call = 1, int layer = 2, int mask = 3) =>
            RandomLanes.Keep(new Workspace(Models.Small()) { Seed = seed, TrainingCalls = call }, 0.5, Rows, Positions, layer, mask);

        float[] one = Mask();
        Assert.Equal(one, Mask());
        float[][] others =
        [
            Mask(seed: 2), Mask(seed: -1), Mask(seed: int.MinValue), Mask(call: 0), Mask(call: 2), Mask(call: 1 + (1L << 32)), Mask(layer: 1), Mask(layer: 3),
            Mask(mask: 0), Mask(mask: 2), Mask(mask: 4), Mask(layer: 3, mask: 2), Mask(seed: 2, call: 2),
        ];
        foreach (float[] other in others)
            AssertUncorrelated(one, other);
        for (int i = 1; i < others.Length; i++)
            AssertUncorrelated(others[i - 1], others[i]);
    }

    [Fact]
    public void Rows_and_positions_are_independent()
    {
        float[] mask = RandomLanes.Keep(new Workspace(Models.Small()) { Seed = 9 }, 0.5, Rows, Positions);
        foreach (int distance in new[] { 1, 2, 3, 4, 7, 8, 16, 32, 64, 100, Positions, Positions + 1, Positions - 1, 2 * Positions, 32 * Positions })
            AssertUncorrelated(mask[..^distance], mask[distance..]);
        // What is dropped next to each other, in runs: pairs and triples have the probabilities of independent draws.
        AssertMean(mask.Zip(mask.Skip(1), (a, b) => a == 0 && b == 0 ? 1.0 : 0), 0.25, 0.25 * 0.75 * 2);
        AssertMean(mask.Zip(mask.Skip(1), mask.Skip(2)).Select(t => t.First == 0 && t.Second == 0 && t.Third == 0 ? 1.0 : 0), 0.125, 0.125 * 0.875 * 3);
    }

    [Fact]
    public void Noise_is_normal()
    {
        float[] noise = RandomLanes.Normal(new Workspace(Models.Small()) { Seed = 3 }, Rows, Positions);
        // Mean, variance, skewness and kurtosis, with the variances of their estimates.
        AssertMean(noise.Select(n => (double)n), 0, 1);
        AssertMean(noise.Select(n => Math.Pow(n, 2)), 1, 2);
        AssertMean(noise.Select(n => Math.Pow(n, 3)), 0, 15);
        AssertMean(noise.Select(n => Math.Pow(n, 4)), 3, 96);
        Assert.All(noise, n => Assert.InRange(n, -5.65f, 5.65f));
        AssertUncorrelated(noise[..^1], noise[1..]);
        AssertUncorrelated(noise[..^Positions], noise[Positions..]);

        // Kolmogorov and Smirnov: the largest distance between the distributions; 2.2 / sqrt(n) is passed once in 30,000.
        float[] sorted = [.. noise.Order()];
        double distance = 0;
        for (int i = 0; i < Count; i++)
            distance = Math.Max(distance, Math.Abs((i + 0.5) / Count - NormalDistribution(sorted[i])));
        Assert.InRange(distance * Math.Sqrt(Count), 0, 2.2);
    }

    [Fact]
    public void Noise_is_that_of_exact_functions()
    {
        // The known block of key 0 and counter 0, through the definition of the transform.
        double u = 1 - (0x6b200159u >> 9) / 8388608.0, v = (0x99ba4efeu >> 9) / 8388608.0 - 0.5;
        double expected = Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
        Assert.Equal(expected, VectorRandom.StandardNormal(new Vector<uint>(0x6b200159u), new Vector<uint>(0x99ba4efeu))[0], 6);

        u = 1 - 0x6b200159u / 4294967296.0;
        v = 0x99ba4efeu / 4294967296.0 - 0.5;
        expected = Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
        Assert.Equal(expected, VectorRandom.StandardNormal(new Vector<ulong>(0x6b200159ul), new Vector<ulong>(0x99ba4efeul))[0], 14);
    }

    [Fact]
    public void The_axis_in_the_lanes_changes_nothing()
    {
        var workspace = new Workspace(Models.Small()) { Seed = 4, TrainingCalls = 12 };
        Assert.Equal(RandomLanes.Keep(workspace, 0.4, 37, 53), RandomLanes.KeepByRows(workspace, 0.4, 37, 53));
    }

    [Fact]
    public void Float_and_double_drop_the_same_values_and_draw_the_same_noise()
    {
        var workspace = new Workspace(Models.Small()) { Seed = 5 };
        Assert.Equal(RandomLanes.Keep(workspace, 0.3, 9, 101).Select(m => m == 0), RandomLanes.Double(workspace, 0.3, 9, 101).Select(m => m == 0));
        foreach ((float single, double twice) in RandomLanes.Normal(workspace, 9, 101).Zip(RandomLanes.Double(workspace, null, 9, 101)))
            Assert.Equal(twice, single, tolerance: 1e-3);
    }

    [Fact]
    public void Switched_off_factors_are_one_and_addends_change_no_bit()
    {
        var workspace = new Workspace(Models.Small());
        Assert.All(RandomLanes.Keep(workspace, 0.5, 3, 40, training: false), m => Assert.Equal(1f, m));
        Assert.All(RandomLanes.Normal(workspace, 3, 40, training: false), n => Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(n)));
    }

    private static void AssertMean(IEnumerable<double> values, double mean, double variance)
    {
        double[] all = values.ToArray();
        double bound = Deviations * Math.Sqrt(variance / all.Length);
        Assert.InRange(all.Average(), mean - bound, mean + bound);
    }

    /// <summary>The correlation coefficient of n independent pairs has the standard deviation 1 / sqrt n.</summary>
    private static void AssertUncorrelated(float[] a, float[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double covariance = 0, varianceA = 0, varianceB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            covariance += (a[i] - meanA) * (b[i] - meanB);
            varianceA += (a[i] - meanA) * (a[i] - meanA);
            varianceB += (b[i] - meanB) * (b[i] - meanB);
        }

        Assert.InRange(covariance / Math.Sqrt(varianceA * varianceB) * Math.Sqrt(a.Length), -Deviations, Deviations);
    }

    private static double NormalDistribution(double x)
    {
        // Abramowitz and Stegun 26.2.17, within 7.5e-8.
        double t = 1 / (1 + 0.2316419 * Math.Abs(x));
        double tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x > 0 ? 1 - tail : tail;
    }
}
