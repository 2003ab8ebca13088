namespace GenRnn.Compiler.Language;

/// <summary><c>[InitialState]</c>: what the states of a layer start from.</summary>
public static class InitialStateItem
{
    public const string Kind = "InitialState";

    /// <summary>Names of inputs or layers.</summary>
    public static Flag<EquatableArray<string>> Sources { get; } = Flag.Texts("Sources") with { IsPositional = true };

    public static ItemDefinition Definition { get; } = new(Kind, ItemRole.Modifier, new FlagDefinition[] { Sources });
}
