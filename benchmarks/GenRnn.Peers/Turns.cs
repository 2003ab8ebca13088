using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using GenRnn.Benchmarks.Measuring;

namespace GenRnn.Peers;

/// <summary>Times several contestants in turns within one process, so that a slow spell of the machine hits all; the median of the rounds counts.</summary>
/// <param name="rounds">Rounds.</param>
/// <param name="seconds">How long a contestant runs in a round; once at least.</param>
internal sealed class Turns(int rounds, double seconds)
{
    private const double WarmUpSeconds = 0.5;

    /// <summary>Median microseconds of a call of each, in order.</summary>
    public double[] Measure(IReadOnlyList<Action> contestants)
    {
        foreach (Action contestant in contestants)
            Microseconds(contestant, WarmUpSeconds, leastCalls: 3);
        List<double>[] times = [.. contestants.Select(_ => new List<double>())];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contestants.Count; i++)
                times[i].Add(Microseconds(contestants[i], seconds, leastCalls: 1));
        }

        return [.. times.Select(t => Statistics.Median(t))];
    }

    // The median of the calls: one that was interrupted says nothing.
    private static double Microseconds(Action action, double seconds, int leastCalls)
    {
        var calls = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || calls.Count < leastCalls)
        {
            long call = Stopwatch.GetTimestamp();
            action();
            calls.Add(Stopwatch.GetElapsedTime(call).TotalMicroseconds);
        }

        return Statistics.Median(calls);
    }
}
