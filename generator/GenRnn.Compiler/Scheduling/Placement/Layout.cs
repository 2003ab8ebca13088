using GenRnn.Compiler.Scheduling.Loops;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Where element (slot, row, lane) of a buffer lies: slot SlotStride + row RowStride + lane LaneStride.</summary>
public sealed record Layout(int SlotStride, int RowStride, int LaneStride)
{
    /// <summary>Storage is padded to this many elements, so that offsets do not depend on the vector's width.</summary>
    public const int Padding = 16;

    public static int Pad(int count) => (int)Pad((long)count);

    /// <inheritdoc cref="Pad(int)"/>
    public static long Pad(long count) => (count + Padding - 1) / Padding * Padding;

    /// <summary>From one row to the next: not a multiple of 1 KB, which would map all rows to a few sets of the cache.</summary>
    private static int Pitch(int width) => Pad(width) % 256 == 0 ? Pad(width) + Padding : Pad(width);

    /// <summary>The layout of a vector that all rows have in common.</summary>
    public static Layout Shared(int width) => new(Pad(width), 0, 1);

    /// <summary>The layout of values that kernels compute, for one plan.</summary>
    /// <param name="isAssembled">Whether parts of a row are stored by themselves. The last vector of a part is read and written back beyond the part:
    /// it must not reach into the next row, which may be another thread's.</param>
    public static Layout For(LaneAxis axis, int rows, int width, bool isAssembled = false)
    {
        if (axis == LaneAxis.Rows)
            return new Layout(SlotOf(width, Pad(rows)), 1, Pad(rows));
        int pitch = Pitch(isAssembled ? width + Padding - 1 : width);
        return new Layout(SlotOf(rows, pitch), pitch, 1);
    }

    /// <summary>
    /// From one step to the next: an odd number of lines where it would be a multiple of eight. Steps that map to the same few sets push each
    /// other out of the first-level cache, and at multiples of 4 KB a load of the last step's values waits for the stores of this one's.
    /// </summary>
    private static int SlotOf(int count, int stride)
    {
        long length = (long)count * stride;
        return SizeLimit.Check(length % (8 * Padding) == 0 ? length + Padding : length, "the values of one step");
    }
}
