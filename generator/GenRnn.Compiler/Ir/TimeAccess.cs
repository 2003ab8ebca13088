namespace GenRnn.Compiler.Ir;

/// <summary>How a region takes hold of a sequence or vector.</summary>
public enum AccessKind
{
    /// <summary>One step of a sequence at a step of the region.</summary>
    Step,

    /// <summary>A vector: no time index.</summary>
    Whole,

    /// <summary>A vector as a row of S blocks, one at each step.</summary>
    Block,
}

/// <summary>
/// Which time index, or block, a region touches at its step s of S: (s or S - 1 - s) Stride + Offset. Outside of the sequence a read gives zeros
/// (or, in front of it, what the last call left there: <see cref="SequenceHistory"/>).
/// </summary>
/// <param name="Kind">What is touched.</param>
/// <param name="IsReversed">Whether steps are counted from the last one.</param>
/// <param name="Stride">Indices from one step to the next.</param>
/// <param name="Offset">The index of the first step, counted so.</param>
public readonly record struct TimeAccess(AccessKind Kind, bool IsReversed, int Stride, int Offset)
{
    /// <summary>Index s.</summary>
    public static TimeAccess Same => new(AccessKind.Step, false, 1, 0);

    /// <summary>Index S - 1 - s.</summary>
    public static TimeAccess Reversed => new(AccessKind.Step, true, 1, 0);

    /// <summary>A vector.</summary>
    public static TimeAccess Whole => new(AccessKind.Whole, false, 0, 0);

    /// <summary>Block s of a vector.</summary>
    public static TimeAccess Block => new(AccessKind.Block, false, 1, 0);

    /// <summary>Index s stride + offset.</summary>
    public static TimeAccess Shifted(int offset, int stride = 1) => new(AccessKind.Step, false, stride, offset);

    public bool IsBlock => Kind == AccessKind.Block;

    /// <summary>Whether it takes a vector rather than a sequence.</summary>
    public bool IsOfVector => Kind != AccessKind.Step;

    /// <summary>Whether step s touches index s or S - 1 - s, so that the region has as many steps as the sequence.</summary>
    public bool IsAligned => Kind == AccessKind.Step && Stride == 1 && Offset == 0;

    /// <summary>The same indices in the opposite order of steps.</summary>
    public TimeAccess Mirrored => Kind == AccessKind.Whole ? this : this with { IsReversed = !IsReversed };

    /// <summary>The index that step <paramref name="step"/> of <paramref name="steps"/> touches.</summary>
    public int IndexOf(int step, int steps) => (IsReversed ? steps - 1 - step : step) * Stride + Offset;

    /// <summary>Lanes of <paramref name="sequence"/> that one of <paramref name="steps"/> steps touches.</summary>
    public int Lanes(Sequence sequence, int steps) => IsBlock ? sequence.Width / steps : sequence.Width;
}
