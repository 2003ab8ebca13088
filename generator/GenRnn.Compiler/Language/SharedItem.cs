namespace GenRnn.Compiler.Language;

/// <summary><c>[Shared]</c>: an earlier layer once more, with the same weights.</summary>
public static class SharedItem
{
    public const string Kind = "Shared";

    /// <summary>The layer's name.</summary>
    public static Flag<string> Source { get; } = Flag.Text("Source") with { IsPositional = true };

    public static ItemDefinition Definition { get; } = new(Kind, ItemRole.Layer, new FlagDefinition[] { Source, ItemFlags.Name });
}
