namespace GenRnn.Compiler.Findings;

/// <summary>Who finds and who says it.</summary>
public enum Reporter
{
    /// <summary>The generator itself: the rules that say why nothing was generated, and mistakes at which the C# compiler stops before analyzers speak.</summary>
    Generator,

    /// <summary>Found where declarations are parsed and compiled, said by the analyzers.</summary>
    Compiler,

    /// <summary>Found and said by a rule of the analyzers.</summary>
    Analyzer,
}
