using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>oneDNN's RNN primitives, weights packed beforehand: the kernels inside TensorFlow and newer PyTorch.</summary>
internal sealed class OneDnn : Contestant
{
    private static readonly string s_source = Folders.Program("bench_dnnl.cpp");
    private static readonly string s_program = Path.Combine(Folders.Cache, "bench_dnnl");

    public override string Name => "oneDNN";

    public override bool Streams => true;

    public override string? Replaces => KnownFigures.Reference;

    public override string? Prepare()
    {
        if (Folders.IsStale(s_program, s_source))
        {
            Shell.Result built = Shell.Run("g++", "-O3", "-march=native", "-std=c++17", "-w", s_source, "-o", s_program, "-ldnnl");
            if (built.ExitCode != 0)
                return built.ExitCode == 127 ? "no g++" : "its program does not build, is libdnnl-dev installed?";
        }

        Version = Shell.Run(s_program, "--version").LastLine;
        return null;
    }

    protected override ProcessStartInfo Command(Workload workload, double seconds) =>
        OneThread(s_program, seconds.ToString(CultureInfo.InvariantCulture), workload.Id);
}
