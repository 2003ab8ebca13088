using System;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// Copies a matrix into the order in which a product kernel reads it: <c>[block][k][lane of the block]</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PanelPacker
{
    /// <summary>Writes rows <paramref name="kStart"/> to <paramref name="kStart"/> + <paramref name="kCount"/> of every block of a panel.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="source">The matrix; element (k, lane) is <c>source[k * kStride + lane * laneStride]</c>.</param>
    /// <param name="kStride">Distance of two k in the source.</param>
    /// <param name="laneStride">Distance of two lanes in the source.</param>
    /// <param name="kCount">Number of k to write.</param>
    /// <param name="lanes">Number of lanes of the source.</param>
    /// <param name="panel">The panel; block b begins at <c>b * blockLanes * kTotal</c>.</param>
    /// <param name="kStart">First k of the panel to write.</param>
    /// <param name="kTotal">Number of k of the panel.</param>
    /// <param name="blockLanes">Lanes of a full block.</param>
    /// <param name="granule">The last block holds the remaining lanes rounded up to a multiple of this:
    /// a vector's count where vectors are read, 1 where values are broadcast. Pad lanes become 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is not positive, or the rows do not fit the panel.</exception>
    // Runs once a training step, hence rarely: left to tiered compilation it stayed in its slow first form for the first
    // seconds of a training, which cost a tenth of every step.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(
        ReadOnlySpan<T> source, int kStride, int laneStride, int kCount, int lanes,
        Span<T> panel, int kStart, int kTotal, int blockLanes, int granule)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockLanes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(granule);
        ArgumentOutOfRangeException.ThrowIfNegative(kStart);
        ArgumentOutOfRangeException.ThrowIfNegative(kCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)kStart + kCount, kTotal, nameof(kCount));

        for (long start = 0; start < lanes; start += blockLanes)
        {
            int first = (int)start;
            int used = Math.Min(blockLanes, lanes - first);
            int width = used == blockLanes ? blockLanes : checked((used + granule - 1) / granule * granule);
            Span<T> block = panel.Slice(checked(first * kTotal + kStart * width), checked(kCount * width));
            for (int k = 0; k < kCount; k++)
            {
                Span<T> row = block.Slice(k * width, width);
                ReadOnlySpan<T> from = source.Slice(checked(k * kStride + first * laneStride), checked((used - 1) * laneStride + 1));
                if (laneStride == 1)
                    from.CopyTo(row);
                else
                    Gather(ref MemoryMarshal.GetReference(from), laneStride, ref MemoryMarshal.GetReference(row[..used]), used);
                row[used..].Clear();
            }
        }
    }

    // The slices that the caller took are the checks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather<T>(ref T source, nint stride, ref T target, nint count)
    {
        for (nint i = 0; i < count; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i * stride);
    }
}
