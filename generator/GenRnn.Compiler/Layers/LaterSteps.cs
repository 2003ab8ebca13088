namespace GenRnn.Compiler.Layers;

/// <summary>What a declaration says of steps that come later than the one that is computed.</summary>
public enum LaterSteps
{
    /// <summary>Nothing: no flag of the layer decides it.</summary>
    NoChoice,

    /// <summary>They are kept out, by a flag.</summary>
    KeptOut,

    /// <summary>They are seen, by a flag.</summary>
    Seen,
}
