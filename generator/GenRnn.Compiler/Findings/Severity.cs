namespace GenRnn.Compiler.Findings;

/// <summary>How much a rule weighs where nobody configured it.</summary>
public enum Severity
{
    /// <summary>The model is not generated, or the call cannot work.</summary>
    Error,

    /// <summary>Probably not what was meant.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Info,
}
