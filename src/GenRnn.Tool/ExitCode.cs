namespace GenRnn.Tool;

/// <summary>What the tool says to a script.</summary>
internal static class ExitCode
{
    /// <summary>Done; of <c>diff</c>: the weights are the same.</summary>
    public const int Done = 0;

    /// <summary>Refused: the file is damaged or holds what Gen does not have, or a target exists; of <c>diff</c>: the weights differ.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong, or a file cannot be read or written.</summary>
    public const int Usage = 2;
}
