using System;
using System.Diagnostics;
using System.IO;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>The commands that install the peers, on Debian and its relatives.</summary>
internal static class Installation
{
    private static readonly string[] s_commands =
    [
        "apt-get update",
        "apt-get install -y g++ libdnnl-dev python3-torch python3-numpy python3-onnx libopenblas0-pthread nodejs npm",
        // Its install script wants CUDA; the CPU library is inside the package.
        OnnxRuntime.InstallCommand,
    ];

    /// <summary>Prints the commands; runs them where that is possible: as root, on a system with apt-get. Returns the exit code.</summary>
    public static int Run(TextWriter output)
    {
        bool canRun = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get");
        foreach (string command in s_commands)
        {
            output.WriteLine(command);
            if (!canRun)
                continue;

            using Process process = Process.Start("/bin/sh", ["-c", command]);
            process.WaitForExit();
            if (process.ExitCode != 0)
                return process.ExitCode;
        }

        return 0;
    }
}
