namespace GenRnn.Compiler.Language;

/// <summary><c>[From]</c>: what a layer reads, where that is not what stands in front of it.</summary>
public static class FromItem
{
    public const string Kind = "From";

    /// <summary>Names of inputs or layers, all operands in order.</summary>
    public static Flag<EquatableArray<string>> Sources { get; } = Flag.Texts("Sources") with { IsPositional = true };

    public static ItemDefinition Definition { get; } = new(Kind, ItemRole.Modifier, new FlagDefinition[] { Sources });
}
