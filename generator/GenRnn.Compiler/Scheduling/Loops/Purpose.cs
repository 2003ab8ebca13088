namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>What a pass is for.</summary>
/// <param name="Differentiates">Whether it keeps what gradients need and has a backward half.</param>
/// <param name="RunsInState">Whether its arena is a State, that starts with the carried states: one call leaves them there for the next.</param>
/// <param name="HasDenseStates">Whether a State keeps its values dense, [rows, width], for callers to read and write.</param>
public sealed record Purpose(bool Differentiates, bool RunsInState, bool HasDenseStates)
{
    /// <summary>Inference over all steps.</summary>
    public static Purpose Inference { get; } = new(false, false, false);

    /// <summary>Inference of a cell that is stepped by hand.</summary>
    public static Purpose SteppedInference { get; } = new(false, false, true);

    /// <summary>Forward and backward.</summary>
    public static Purpose Training { get; } = new(true, false, false);

    /// <summary>Forward and backward of a cell that is stepped by hand.</summary>
    public static Purpose SteppedTraining { get; } = new(true, false, true);

    /// <summary>A single step of a stream.</summary>
    public static Purpose Step { get; } = new(false, true, false);
}
