namespace GenRnn.Compiler.Findings;

/// <summary>Rules about cells.</summary>
public static partial class Rules
{
    /// <summary>Not a cell that [Rnn] can run.</summary>
    public static readonly Rule NotACell = new(
        "GEN0701", "GenRnn.Cells", Severity.Error, Reporter.Compiler, "Not a cell that [Rnn] can run",
        "{0} {1}");

    /// <summary>What stands in a cell and what in a model.</summary>
    public static readonly Rule UnfitPart = new(
        "GEN0702", "GenRnn.Cells", Severity.Error, Reporter.Compiler, "A part does not fit its cell or model", "{0}");

    /// <summary>The method Step of a cell.</summary>
    public static readonly Rule StepSignature = new(
        "GEN0703", "GenRnn.Cells", Severity.Error, Reporter.Compiler, "The method Step does not fit its cell",
        "The Step of '{0}': {1}");

    /// <summary>Outside what a cell can be written in.</summary>
    public static readonly Rule UnsupportedInCell = new(
        "GEN0704", "GenRnn.Cells", Severity.Error, Reporter.Compiler, "Not part of what a cell is written in", "{0}");

    /// <summary>Widths inside a cell.</summary>
    public static readonly Rule CellWidths = new(
        "GEN0705", "GenRnn.Cells", Severity.Error, Reporter.Compiler, "Widths in a cell do not fit", "{0}");

    /// <summary>A name of weights.</summary>
    public static readonly Rule WeightName = new(
        "GEN0706", "GenRnn.Cells", Severity.Error, Reporter.Compiler, "Weights of a cell need a name of their own", "{0}");
}
