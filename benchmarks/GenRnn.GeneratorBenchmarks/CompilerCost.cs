using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace GenRnn.GeneratorBenchmarks;

/// <summary>What the C# compiler does with what the generator emits: the SDK's compiler in a process of its own, as a build without a compiler server runs it.</summary>
internal static class CompilerCost
{
    private const int Runs = 5;

    /// <summary>The smallest model, a usual one, and one with every kind of layer.</summary>
    private static readonly string[] s_models = ["W1", "W5", "Every"];

    /// <summary>The compiler of the SDK that builds this folder.</summary>
    private static readonly Lazy<string> s_compiler = new(() =>
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        string version = process.StandardOutput.ReadToEnd().Trim();
        // shared/Microsoft.NETCore.App/10.0.0 stands beside sdk/.
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string compiler = Path.Combine(root, "sdk", version, "Roslyn", "bincore", "csc.dll");
        return File.Exists(compiler) ? compiler : throw new FileNotFoundException("The SDK has no C# compiler where it is expected.", compiler);
    });

    /// <summary>A table: size and time of each model's file.</summary>
    public static string Measure()
    {
        var table = new StringBuilder();
        table.AppendLine("The C# compiler in a fresh process, median of 5, least-most.");
        table.AppendLine();
        table.AppendLine("| emitted file | lines | KB | seconds |");
        table.AppendLine("| --- | --- | --- | --- |");
        string folder = Directory.CreateTempSubdirectory("GenRnn.GeneratorBenchmarks").FullName;
        try
        {
            AppendRow(table, "none, an empty class", folder, "", "public class Empty;");
            foreach (string name in s_models)
                AppendRow(table, name, folder, Declarations.Read(name), new GeneratorHost().Emit(Declarations.Read(name)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return table.ToString();
    }

    private static void AppendRow(StringBuilder table, string name, string folder, string declaration, string emitted)
    {
        string[] sources = [Path.Combine(folder, "Declaration.cs"), Path.Combine(folder, "Emitted.cs")];
        File.WriteAllText(sources[0], declaration);
        File.WriteAllText(sources[1], emitted);
        double[] seconds = [.. Enumerable.Range(0, Runs).Select(_ => Compile(folder, sources)).Order()];
        table.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {emitted.Count(c => c == '\n'):N0} | {emitted.Length / 1000.0:N0} | {seconds[Runs / 2]:0.0} [{seconds[0]:0.0}-{seconds[^1]:0.0}] |"));
    }

    private static double Compile(string folder, string[] sources)
    {
        IEnumerable<string> references = GeneratorHost.References().Select(r => "-r:" + r.Display);
        string response = Path.Combine(folder, "csc.rsp");
        File.WriteAllLines(response, references.Concat(sources).Select(argument => '"' + argument + '"'));
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", s_compiler.Value, "-noconfig", "-nostdlib", "-nologo", "-target:library", "-debug:portable", "-out:" + Path.Combine(folder, "Model.dll"), "@" + response]))!;
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException("The emitted file does not compile.");
    }
}
