using System;
using System.Diagnostics;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>Ties this thread, and every process that it starts from then on, to one core.</summary>
internal static class ProcessorPinning
{
    /// <summary>Pins, and says so in words for the report.</summary>
    /// <param name="core">Number of the core; null for the last one, which has the fewest interrupts on most machines.</param>
    /// <exception cref="ArgumentOutOfRangeException">The machine has no such core.</exception>
    public static string Pin(int? core)
    {
        int chosen = core ?? Math.Min(Environment.ProcessorCount, 63) - 1;
        if (chosen < 0 || chosen >= Math.Min(Environment.ProcessorCount, 63))
            throw new ArgumentOutOfRangeException(nameof(core), chosen, $"The machine has the cores 0 to {Environment.ProcessorCount - 1}.");
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return "not pinned: this system has no affinity";

        using Process self = Process.GetCurrentProcess();
        self.ProcessorAffinity = (nint)(1L << chosen);
        return $"core {chosen}";
    }
}
