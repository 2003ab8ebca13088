using System;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace GenRnn.Benchmarks.Reporting;

/// <summary>What the numbers were measured on.</summary>
internal static class MachineLine
{
    public static string Text =>
        $"{Processor} ({Environment.ProcessorCount} cores), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, " +
        $"vectors of {Vector<byte>.Count * 8} bits{(Avx512F.VL.IsSupported ? ", AVX-512 registers" : "")}";

    private static string Processor
    {
        get
        {
            const string path = "/proc/cpuinfo";
            if (!File.Exists(path))
                return RuntimeInformation.ProcessArchitecture.ToString();

            string[] lines = File.ReadAllLines(path);
            string Field(string name) => lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "?";
            // Virtual machines often hide the model's name; family and model do not lie.
            return $"{Field("model name")}, family {Field("cpu family")} model {Field("model\t")}";
        }
    }
}
