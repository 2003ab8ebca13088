using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>Ties this thread, and every process that it starts from then on, to one core.</summary>
internal static class ProcessorPinning
{
    private const int BitsOfMask = 64;

    /// <summary>Pins, and says so in words for the report.</summary>
    /// <param name="core">
    /// Number of the core; null for the last one that this process may run on, which has the fewest interrupts on most machines. Whoever started it may
    /// have left it fewer cores than the machine has (<c>taskset</c>, a container), and not the first ones.
    /// </param>
    public static string Pin(int? core)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return "not pinned: this system has no affinity";

        using Process self = Process.GetCurrentProcess();
        List<int> allowed = Cores(self.ProcessorAffinity);
        int chosen = core ?? allowed[^1];
        self.ProcessorAffinity = (nint)(1L << chosen);
        return $"core {chosen}";
    }

    /// <summary>The core, if this process may run on it.</summary>
    /// <exception cref="FormatException">It may not.</exception>
    public static int Check(int core)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return core;
        using Process self = Process.GetCurrentProcess();
        List<int> allowed = Cores(self.ProcessorAffinity);
        return allowed.Contains(core) ? core : throw new FormatException($"There is no core {core} for this program: it may run on {string.Join(", ", allowed)}.");
    }

    private static List<int> Cores(nint mask) => [.. Enumerable.Range(0, BitsOfMask).Where(core => ((mask >> core) & 1) != 0)];
}
