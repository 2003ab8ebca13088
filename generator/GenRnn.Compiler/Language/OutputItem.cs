namespace GenRnn.Compiler.Language;

/// <summary><c>[Output]</c>: what the layer after it gives is an output of the model.</summary>
public static class OutputItem
{
    public const string Kind = "Output";

    public static ItemDefinition Definition { get; } = new(Kind, ItemRole.Modifier, System.Array.Empty<FlagDefinition>());
}
