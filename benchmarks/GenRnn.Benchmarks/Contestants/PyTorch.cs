using System.Diagnostics;
using System.Globalization;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>PyTorch called from Python, with the widest instructions that it has kernels for.</summary>
internal sealed class PyTorch : Contestant
{
    // The distribution's Python first: that is where its package manager puts PyTorch.
    private static readonly string[] s_interpreters = ["/usr/bin/python3", "python3"];
    private string _python = "";

    public override string Name => "PyTorch";

    public override string? Prepare()
    {
        foreach (string python in s_interpreters)
        {
            Shell.Result found = Shell.Run(python, "-c", "import torch; print(torch.__version__)");
            if (found.ExitCode == 0)
            {
                (_python, Version) = (python, found.LastLine);
                return null;
            }
        }

        return "no Python has torch";
    }

    protected override ProcessStartInfo Command(Workload workload, double seconds)
    {
        ProcessStartInfo start = OneThread(
            _python, Folders.Program("bench_torch.py"), "--only", workload.Id, "--seconds", seconds.ToString(CultureInfo.InvariantCulture));
        if (System.Runtime.Intrinsics.X86.Avx512F.IsSupported)
            start.Environment["ATEN_CPU_CAPABILITY"] = "avx512";
        return start;
    }
}
