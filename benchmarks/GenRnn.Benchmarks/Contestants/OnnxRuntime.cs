using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>ONNX Runtime's CPU library, called from node with outputs allocated beforehand.</summary>
internal sealed class OnnxRuntime : Contestant
{
    private const string Package = "onnxruntime-node";
    private static readonly string s_modules = Path.Combine(Folders.Cache, "node_modules");
    private static readonly string s_models = Path.Combine(Folders.Cache, "models");
    private static readonly string s_writer = Folders.Program("make_models.py");

    public override string Name => "ONNX Runtime";

    public override string? Replaces => "ONNX Runtime 1.31";

    /// <summary>The command that puts the package where this looks for it.</summary>
    public static string InstallCommand => $"npm install --ignore-scripts --prefix \"{Folders.Cache}\" {Package}";

    public override string? Prepare()
    {
        ProcessStartInfo probe = Node("-p", $"require('{Package}'); require('{Package}/package.json').version");
        Shell.Result found = Shell.Run(probe, System.TimeSpan.FromMinutes(1));
        if (found.ExitCode != 0)
            return found.ExitCode == 127 ? "no node" : "no " + Package;
        Version = found.LastLine;

        if (Folders.IsStale(Path.Combine(s_models, "manifest.json"), s_writer))
        {
            Shell.Result written = Shell.Run("/usr/bin/python3", s_writer, s_models);
            if (written.ExitCode != 0)
                return "its models cannot be written, is python3-onnx installed?";
        }

        return null;
    }

    protected override ProcessStartInfo Command(Workload workload, double seconds)
    {
        ProcessStartInfo start = Node(Folders.Program("bench_ort.mjs"), s_models, workload.Id);
        start.Environment["SECONDS_PER"] = seconds.ToString(CultureInfo.InvariantCulture);
        return start;
    }

    private static ProcessStartInfo Node(params string[] arguments)
    {
        ProcessStartInfo start = OneThread("node", arguments);
        start.Environment["NODE_PATH"] = s_modules;
        return start;
    }
}
