using System;
using System.Collections.Generic;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Runtime.Tests;

/// <summary>The same bits at every vector width, and without any vector instruction at all.</summary>
public sealed class ReproducibilityTests(ITestOutputHelper output)
{
    /// <summary>The bits themselves: what another machine must give too. A change here is a change of every model's results.</summary>
    private static readonly Dictionary<string, string> s_pinned = new()
    {
        ["Exp.single"] = "d60f84501acd1ee8",
        ["Tanh.single"] = "1e595dcc459db50b",
        ["Sigmoid.single"] = "1d18addd2919ac3f",
        ["Log.single"] = "ba244fc7a5cc0c6e",
        ["Log1p.single"] = "088e4f467247ba19",
        ["Softplus.single"] = "e066115fd167a549",
        ["Erf.single"] = "ef3a464b5822da0c",
        ["Exp.double"] = "c47b8f60485d059e",
        ["Tanh.double"] = "a017d39421124033",
        ["Sigmoid.double"] = "1af7b31cc7952d7c",
        ["Log.double"] = "64efcf8438909685",
        ["Log1p.double"] = "2e67d6ed185af357",
        ["Softplus.double"] = "a6bf6401b476e089",
        ["Erf.double"] = "1e2d7ed53c1279ed",
        ["reduction.single"] = "6bb3ae1fae48ddf7",
        ["reduction.double"] = "a5e44e8f07b462fb",
        ["weights"] = "bb5fd620b45bf98f",
        ["masks"] = "346d6c8b376f3521",
        ["losses"] = "1a21f55e55b54cd2",
        ["optimizers"] = "969a612606a57a78",
        ["schedules"] = "cbeaa73b0c5b9548",
        ["penalties"] = "3b99c5540fa6b122",
        ["constraints"] = "d4fc9c341d8ecd98",
    };

    [Fact]
    public void The_bits_are_the_ones_that_were_pinned()
    {
        var found = new Dictionary<string, string>();
        foreach ((string name, ulong digest) in Probe.Digests())
            found.Add(name, digest.ToString("x16", CultureInfo.InvariantCulture));
        foreach ((string name, string digest) in s_pinned)
            Assert.Equal((name, digest), (name, found.GetValueOrDefault(name)));
        Assert.Equal(s_pinned.Count, found.Count);
    }

    // 0 lanes: whatever the machine has.
    [Theory]
    [InlineData("DOTNET_EnableAVX2", "0", 4)]
    [InlineData("DOTNET_MaxVectorTBitWidth", "128", 4)]
    [InlineData("DOTNET_MaxVectorTBitWidth", "512", 0)]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", 4)]
    public void A_process_of_another_width_gives_the_same_bits(string variable, string value, int lanes)
    {
        Dictionary<string, string> found = Probe.Run((variable, value));
        output.WriteLine($"{variable}={value}: {found["lanes"]} lanes of float");
        if (lanes != 0)
            Assert.Equal(lanes.ToString(CultureInfo.InvariantCulture), found["lanes"]);
        foreach ((string name, ulong digest) in Probe.Digests())
            Assert.Equal((name, digest.ToString("x16", CultureInfo.InvariantCulture)), (name, found[name]));
    }
}
