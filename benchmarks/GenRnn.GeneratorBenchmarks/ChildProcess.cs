using System;
using System.Diagnostics;
using System.IO;

namespace GenRnn.GeneratorBenchmarks;

/// <summary>This program again, in a process in which nothing was compiled just in time yet.</summary>
internal static class ChildProcess
{
    /// <summary>What it prints.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        string[] all = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments;
        using Process process = Process.Start(new ProcessStartInfo(program, all) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The process for {string.Join(' ', arguments)} failed.");
    }
}
