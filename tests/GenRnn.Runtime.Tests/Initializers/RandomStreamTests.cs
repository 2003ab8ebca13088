using System;
using System.Collections.Generic;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Runtime.Tests;

public sealed class RandomStreamTests(ITestOutputHelper output)
{
    [Theory]
    // The known answers that the authors of Philox publish with Random123 (kat_vectors, philox4x32, 10 rounds).
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_answers(
        uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, uint r0, uint r1, uint r2, uint r3)
    {
        var counter = new UInt128(((ulong)c3 << 32) | c2, ((ulong)c1 << 32) | c0);
        Assert.Equal(new UInt128(((ulong)r3 << 32) | r2, ((ulong)r1 << 32) | r0), RandomStream.Philox(counter, key0, key1));
    }

    [Fact]
    public void Uniform_values_fill_the_unit_interval_evenly()
    {
        var random = new RandomStream(1, 0);
        var counts = new int[100];
        const int Count = 200_000;
        for (int i = 0; i < Count; i++)
        {
            double value = random.NextUniform();
            Assert.InRange(value, 0, 1 - 1e-17);
            counts[(int)(value * 100)]++;
        }

        double chiSquare = 0;
        foreach (int count in counts)
            chiSquare += Math.Pow(count - Count / 100.0, 2) / (Count / 100.0);
        output.WriteLine(FormattableString.Invariant($"chi square {chiSquare:F1} with 99 degrees of freedom"));
        Assert.InRange(chiSquare, 50, 160);
    }

    [Fact]
    public void Normal_values_have_the_moments_of_a_normal()
    {
        var random = new RandomStream(1, 0);
        const int Count = 200_000;
        var moments = new double[5];
        for (int i = 0; i < Count; i++)
        {
            double value = random.NextNormal();
            for (int power = 1; power <= 4; power++)
                moments[power] += Math.Pow(value, power) / Count;
        }

        output.WriteLine(FormattableString.Invariant($"moments {moments[1]:F4} {moments[2]:F4} {moments[3]:F4} {moments[4]:F4}"));
        Assert.InRange(moments[1], -0.01, 0.01);
        Assert.InRange(moments[2], 0.985, 1.015);
        Assert.InRange(moments[3], -0.03, 0.03);
        Assert.InRange(moments[4], 2.92, 3.08);
    }

    [Fact]
    public void Streams_and_seeds_do_not_repeat_each_other()
    {
        var seen = new HashSet<(double, double)>();
        foreach (int seed in new[] { 0, 1, -1, int.MaxValue, int.MinValue })
        {
            for (int stream = 0; stream < 20; stream++)
            {
                var random = new RandomStream(seed, stream);
                Assert.True(seen.Add((random.NextUniform(), random.NextUniform())));
            }
        }
    }

    [Fact]
    public void A_turn_has_the_sine_and_cosine_of_its_fraction()
    {
        for (int i = 0; i < 4096; i++)
        {
            double fraction = i / 4096.0;
            (double sine, double cosine) = Turn.SinCos(fraction);
            Assert.Equal(Math.Sin(2 * Math.PI * fraction), sine, 4e-16 * 3);
            Assert.Equal(Math.Cos(2 * Math.PI * fraction), cosine, 4e-16 * 3);
        }
    }
}
