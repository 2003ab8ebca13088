using System;
using System.Diagnostics;

namespace GenRnn.Peers;

/// <summary>
/// glibc gives large blocks back to the system and asks for them again, page by page, which makes libtorch's training up to ten times slower. Its thresholds are read when a process starts, so this one starts itself once more with
/// others: the peers shall not lose by that.
/// </summary>
internal static class Allocator
{
    private const string Threshold = "MALLOC_MMAP_THRESHOLD_", Trim = "MALLOC_TRIM_THRESHOLD_";

    /// <summary>Runs the program again with the thresholds set; null if they are, or if there is nothing to gain.</summary>
    public static int? RestartIfNeeded(string[] arguments)
    {
        if (Contestants.Absence.Length > 0 || !OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Threshold) is not null)
            return null;
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments);
        start.Environment[Threshold] = start.Environment[Trim] = (4L << 30).ToString(System.Globalization.CultureInfo.InvariantCulture);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
