using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>How the caller's spans hold the rows of a pass.</summary>
internal static class CallerLayout
{
    /// <summary>[rows, width] of a vector; [rows, time, width] of a sequence, or [time, rows, width].</summary>
    public static Layout Of(Sequence sequence, int rows, Target target) => sequence.IsVector || target.IsTimeMajor
        ? new Layout(Of(rows, sequence), sequence.Width, 1)
        : new Layout(sequence.Width, Of(sequence.Steps, sequence), 1);

    private static int Of(int count, Sequence sequence) => SizeLimit.Check((long)count * sequence.Width, "'" + sequence.Name + "'");
}
