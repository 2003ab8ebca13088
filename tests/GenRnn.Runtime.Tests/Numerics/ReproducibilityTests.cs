using System;
using System.Collections.Generic;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Runtime.Tests;

/// <summary>The same bits at every vector width, and without any vector instruction at all.</summary>
public sealed class ReproducibilityTests(ITestOutputHelper output)
{
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
