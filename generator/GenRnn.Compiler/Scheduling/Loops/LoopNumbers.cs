namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>Names of the numbers that kernels are given by the loops around them.</summary>
internal static class LoopNumbers
{
    /// <summary>The first row.</summary>
    public const string First = "first";

    /// <summary>Where the rows end.</summary>
    public const string End = "end";

    /// <summary>The step.</summary>
    public const string Step = "step";

    /// <summary>0 and 1 in turns from step to step: in which order a kernel reads its panel.</summary>
    public const string Turn = "turn";

    /// <summary>The chunk of steps.</summary>
    public const string Chunk = "chunk";

    /// <summary>The first row of a parameter that a call computes the gradient of.</summary>
    public const string From = "from";

    /// <summary>One past the last row of a parameter that a call computes the gradient of.</summary>
    public const string To = "to";
}
