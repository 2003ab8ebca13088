using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Threading.Tasks;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Running;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>The same bits in processes with other vector widths, and without any vector instruction.</summary>
public sealed class VectorWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX2", "0", 4)]
    [InlineData("DOTNET_MaxVectorTBitWidth", "512", 16)]
    public void OtherWidthsGiveTheSameBits(string variable, string value, int lanes)
    {
        string[] models = Models(PropertyModels.All.Select(m => m.Name));
        string[] child = Run(variable, value, models);

        // On a machine without 512-bit vectors the second setting changes nothing; the bits are still compared.
        if (lanes == 4 || Vector512.IsHardwareAccelerated)
            Assert.StartsWith($"{lanes} lanes", child[0]);
        Compare(models, child);
    }

    [Fact]
    public void SoftwareArithmeticGivesTheSameBits()
    {
        string[] models = Models(PropertyModels.Small);
        string[] child = Run("DOTNET_EnableHWIntrinsic", "0", models);

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

    /// <summary>The fingerprint program's output lines, run with an environment variable.</summary>
    private static string[] Run(string variable, string value, string[] models)
    {
        string folder = Directory.CreateTempSubdirectory("genrnn-").FullName;
        try
        {
            string assembly = Path.Combine(folder, "Properties.dll");
            PropertyModels.Compilation.Write(assembly);
            var start = new ProcessStartInfo(DotNetHost.Path)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { [variable] = value },
            };
            foreach (string argument in new[] { "exec", Path.Combine(AppContext.BaseDirectory, "GenRnn.Fingerprint.dll"), assembly }.Concat(models))
                start.ArgumentList.Add(argument);
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"The fingerprint program with {variable} = {value} ended with {process.ExitCode}:\n{error.Result}");
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
