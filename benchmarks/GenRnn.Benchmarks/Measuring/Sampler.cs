using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>Times one action the way all contestants do: 0.3 s of warm-up, then samples of at least 1 ms; the median counts.</summary>
/// <param name="seconds">How long to collect samples.</param>
internal sealed class Sampler(double seconds)
{
    private const double WarmUpSeconds = 0.3;
    private const double SampleSeconds = 1e-3;
    private const int FewestSamples = 15;

    /// <summary>Runs an action until the runtime has compiled it for good; gives the time of one call in seconds.</summary>
    /// <remarks>A process pinned to one core compiles on that core too, between the calls: actions are warmed up well before they are measured.</remarks>
    public static double WarmUp(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        double elapsed;
        do
        {
            action();
            calls++;
            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (elapsed < WarmUpSeconds || calls < 5);

        return elapsed / calls;
    }

    /// <summary>Median microseconds and mean allocated bytes of one call.</summary>
    public (double Microseconds, double Bytes) Measure(Action action)
    {
        int calls = Math.Max(1, (int)(SampleSeconds / WarmUp(action)));
        var samples = new List<double>(capacity: 1 << 16);
        long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        long allCalls = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || samples.Count < FewestSamples)
        {
            long sampleStart = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
                action();
            samples.Add(Stopwatch.GetElapsedTime(sampleStart).TotalMicroseconds / calls);
            allCalls += calls;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
        return (Statistics.Median(samples), (double)bytes / allCalls);
    }
}
