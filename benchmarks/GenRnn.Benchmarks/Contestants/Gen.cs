using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using GenRnn.Benchmarks.Measuring;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>Generated code: this program again, in a process of its own like everyone else.</summary>
internal sealed class Gen : Contestant
{
    public override string Name => GeneratedCode.Peer;

    public override bool Streams => true;

    public override string? Prepare()
    {
        Version = $"{typeof(IModel<>).Assembly.GetName().Version?.ToString(3)} on {RuntimeInformation.FrameworkDescription}";
        return null;
    }

    protected override ProcessStartInfo Command(Workload workload, double seconds)
    {
        string program = Environment.ProcessPath!;
        string[] arguments = ["--measure", workload.Id, "--seconds", seconds.ToString(CultureInfo.InvariantCulture)];
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return isHost ? OneThread(program, [typeof(Gen).Assembly.Location, .. arguments]) : OneThread(program, arguments);
    }
}
