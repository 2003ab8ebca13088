using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling;

/// <summary>How the caller's spans hold the rows of a pass.</summary>
internal static class CallerLayout
{
    /// <summary>[rows, width] of a vector; [rows, time, width] of a sequence, or [time, rows, width].</summary>
    public static Layout Of(Sequence sequence, int rows, bool isTimeMajor) => sequence.IsVector || isTimeMajor
        ? new Layout(rows * sequence.Width, sequence.Width, 1)
        : new Layout(sequence.Width, sequence.Steps * sequence.Width, 1);
}
