using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>The same bits in processes with other vector widths, and without any vector instruction.</summary>
public sealed class VectorWidthTests
{
    public static TheoryData<string, int> Widths => new()
    {
        { VectorWidth.Of128Bits.Name, 4 },
        { VectorWidth.Of256Bits.Name, 8 },
        { VectorWidth.Of512Bits.Name, 16 },
        { VectorWidth.Wide.Name, 16 },
    };

    [Theory]
    [MemberData(nameof(Widths))]
    public void OtherWidthsGiveTheSameBits(string width, int lanes)
    {
        string[] models = Models(PropertyModels.All.Select(m => m.Name));
        string[] child = Run(VectorWidth.All.Single(w => w.Name == width), models);

        // On a machine without vectors of that width the setting changes nothing; the bits are still compared.
        if (lanes == 4 || (lanes == 8 ? Vector256.IsHardwareAccelerated : Vector512.IsHardwareAccelerated))
            Assert.StartsWith($"{lanes} lanes", child[0]);
        Compare(models, child);
    }

    [Fact]
    public void SoftwareArithmeticGivesTheSameBits()
    {
        string[] models = Models(PropertyModels.Small);
        string[] child = Run(VectorWidth.WithoutIntrinsics, models);

        if (RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86)
            Assert.Contains("in software", child[0]);
        Compare(models, child);
    }

    private static string[] Models(IEnumerable<string> names) =>
        (from name in names
         from variant in PropertyModels.Variants
         where !variant.IsTimeMajor || PropertyModels.Find(name).Declaration.HasSequences
         select PropertyModels.FullName(name, variant)).ToArray();

    private static void Compare(string[] models, string[] child)
    {
        string[] here = models.SelectMany(m => ModelFingerprint.Of(PropertyModels.Compilation.Find(m))).Select(s => s.ToString()).ToArray();
        string[] different = here.Zip(child[1..]).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First} here, {pair.Second} there").ToArray();

        Assert.NotEmpty(here);
        Assert.Equal(here.Length, child.Length - 1);
        Assert.True(different.Length == 0, $"{different.Length} of {here.Length} sections differ:\n{string.Join('\n', different)}");
    }

    /// <summary>The fingerprint program's output lines.</summary>
    private static string[] Run(VectorWidth width, string[] models)
    {
        string folder = Directory.CreateTempSubdirectory("genrnn-").FullName;
        try
        {
            string assembly = Path.Combine(folder, "Properties.dll");
            PropertyModels.Compilation.Write(assembly);
            return width.Run(["exec", Path.Combine(AppContext.BaseDirectory, "GenRnn.Fingerprint.dll"), assembly, .. models])
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
