using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace GenRnn.Peers;

/// <summary>What two threads gain on this machine at the moment, by work that shares nothing: two virtual cores may be one.</summary>
internal static class ThreadGain
{
    private const int Rounds = 20_000_000;
    private const int Samples = 7;

    /// <summary>Twice the time of a loop on one thread over that of two such loops on two threads: the best of each.</summary>
    public static double OfMultiplyAdds()
    {
        double alone = double.MaxValue, together = double.MaxValue;
        for (int sample = 0; sample < Samples; sample++)
        {
            alone = Math.Min(alone, Seconds(1));
            together = Math.Min(together, Seconds(2));
        }

        return 2 * alone / together;
    }

    private static double Seconds(int count)
    {
        using var start = new Barrier(count + 1);
        var threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                Loop();
            });
            threads[i].Start();
        }

        start.SignalAndWait();
        long begin = Stopwatch.GetTimestamp();
        foreach (Thread thread in threads)
            thread.Join();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Loop()
    {
        double a = 1, b = 2, c = 3, d = 4;
        for (int i = 0; i < Rounds; i++)
        {
            a = Math.FusedMultiplyAdd(a, 0.999, 0.001);
            b = Math.FusedMultiplyAdd(b, 0.999, 0.001);
            c = Math.FusedMultiplyAdd(c, 0.999, 0.001);
            d = Math.FusedMultiplyAdd(d, 0.999, 0.001);
        }

        return a + b + c + d;
    }
}
