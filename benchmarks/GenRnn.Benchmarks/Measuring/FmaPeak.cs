using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GenRnn.CompilerServices;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>
/// What one core multiplies and adds at best, in GFLOP/s: chains of fused multiply-adds in registers, as many as two units of four cycles' latency need and more.
/// A share of it says more of a kernel than its time does.
/// </summary>
internal static class FmaPeak
{
    private const int Chains = 12;
    private const int Rounds = 20_000;
    private const int Samples = 31;

    /// <summary>Peaks by width, in words for the report. Measured on the core that the thread runs on.</summary>
    public static string Text
    {
        get
        {
            var parts = new List<string>();
            if (Fma.IsSupported)
                parts.Add($"{Measure(Run256, Vector256<float>.Count):F0} at 256 bits");
            if (Avx512F.IsSupported)
                parts.Add($"{Measure(Run512, Vector512<float>.Count):F0} at 512 bits");
            return parts.Count == 0
                ? "peak not measured: no fused multiply-add of x86"
                : $"peak in GFLOP/s: {string.Join(", ", parts)}; Vector512.IsHardwareAccelerated {Vector512.IsHardwareAccelerated}; kernels run on {LaneChoice.Bits} bits, Vector<T> has {Vector<byte>.Count * 8}";
        }
    }

    private static double Measure(Func<float> run, int lanes)
    {
        double best = double.MaxValue;
        for (int sample = 0; sample < Samples; sample++)
        {
            long start = Stopwatch.GetTimestamp();
            // A result that is never NaN keeps the loop from being dropped.
            if (float.IsNaN(run()))
                throw new InvalidOperationException("The peak's sum is not a number.");
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * Chains * Rounds * lanes / best / 1e9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256()
    {
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(0.001f);
        Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int round = 0; round < Rounds; round++)
        {
            a = Fma.MultiplyAdd(a, x, y);
            b = Fma.MultiplyAdd(b, x, y);
            c = Fma.MultiplyAdd(c, x, y);
            d = Fma.MultiplyAdd(d, x, y);
            e = Fma.MultiplyAdd(e, x, y);
            f = Fma.MultiplyAdd(f, x, y);
            g = Fma.MultiplyAdd(g, x, y);
            h = Fma.MultiplyAdd(h, x, y);
            i = Fma.MultiplyAdd(i, x, y);
            j = Fma.MultiplyAdd(j, x, y);
            k = Fma.MultiplyAdd(k, x, y);
            l = Fma.MultiplyAdd(l, x, y);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512()
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f);
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int round = 0; round < Rounds; round++)
        {
            a = Avx512F.FusedMultiplyAdd(a, x, y);
            b = Avx512F.FusedMultiplyAdd(b, x, y);
            c = Avx512F.FusedMultiplyAdd(c, x, y);
            d = Avx512F.FusedMultiplyAdd(d, x, y);
            e = Avx512F.FusedMultiplyAdd(e, x, y);
            f = Avx512F.FusedMultiplyAdd(f, x, y);
            g = Avx512F.FusedMultiplyAdd(g, x, y);
            h = Avx512F.FusedMultiplyAdd(h, x, y);
            i = Avx512F.FusedMultiplyAdd(i, x, y);
            j = Avx512F.FusedMultiplyAdd(j, x, y);
            k = Avx512F.FusedMultiplyAdd(k, x, y);
            l = Avx512F.FusedMultiplyAdd(l, x, y);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l).ToScalar();
    }
}
