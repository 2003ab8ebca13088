using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Where element (slot, row, lane) of a buffer lies: slot SlotStride + row RowStride + lane LaneStride.</summary>
public sealed record Layout(int SlotStride, int RowStride, int LaneStride)
{
    /// <summary>From one row to the next: not a multiple of 1 KB, which would map all rows to a few sets of the cache.</summary>
    private static int Pitch(int width) => Target.Pad(width) % 256 == 0 ? Target.Pad(width) + Target.Padding : Target.Pad(width);

    /// <summary>The layout of a vector that all rows have in common.</summary>
    public static Layout Shared(int width) => new(Target.Pad(width), 0, 1);

    /// <summary>The layout of values that kernels of one plan compute.</summary>
    internal static Layout For(PlanShape plan, int width, bool isAssembled = false) => For(plan.Axis, plan.Rows, width, isAssembled);

    /// <summary>The layout of values that kernels compute, for one plan.</summary>
    /// <param name="isAssembled">Whether parts of a row are stored by themselves. The last vector of a part is read and written back beyond the part:
    /// it must not reach into the next row, which may be another thread's.</param>
    public static Layout For(LaneAxis axis, int rows, int width, bool isAssembled = false)
    {
        if (axis == LaneAxis.Rows)
            return new Layout(SlotOf(width, Target.Pad(rows)), 1, Target.Pad(rows));
        int pitch = Pitch(isAssembled ? width + Target.Padding - 1 : width);
        return new Layout(SlotOf(rows, pitch), pitch, 1);
    }

    /// <summary>
    /// From one step to the next: an odd number of lines where it would be a multiple of eight. Steps that map to the same few sets push each
    /// other out of the first-level cache, and at multiples of 4 KB a load of the last step's values waits for the stores of this one's.
    /// </summary>
    private static int SlotOf(int count, int stride)
    {
        long length = (long)count * stride;
        return SizeLimit.Check(length % (8 * Target.Padding) == 0 ? length + Target.Padding : length, "the values of one step");
    }
}
