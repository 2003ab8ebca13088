namespace GenRnn.Generator.Pipeline;

/// <summary>Names of the pipeline's steps, by which tests ask why a step ran.</summary>
public static class TrackingNames
{
    /// <summary>Attributes to plain records.</summary>
    public const string Parsed = "GenRnn.Parsed";

    /// <summary>Classes with [Cell] to plain records.</summary>
    public const string ParsedCells = "GenRnn.ParsedCells";

    /// <summary>The cells alone, as models see them.</summary>
    public const string Cells = "GenRnn.Cells";

    /// <summary>Cells that are emitted, because they are stepped by hand.</summary>
    public const string SteppedCells = "GenRnn.SteppedCells";

    /// <summary>The specs alone, joined with the cells that they name.</summary>
    public const string Models = "GenRnn.Models";

    /// <summary>Cells, and whether the compiler stops early.</summary>
    public const string Project = "GenRnn.Project";

    /// <summary>What the generator reports.</summary>
    public const string Diagnostics = "GenRnn.Diagnostics";
}
