namespace GenRnn.Compiler.Language;

/// <summary><c>[Budget]</c>: limits of a model's size.</summary>
public static class BudgetItem
{
    public const string Kind = "Budget";

    public static Flag<long> MaxParameters { get; } = Flag.LongInteger("MaxParameters");

    public static Flag<long> MaxWorkspaceBytes { get; } = Flag.LongInteger("MaxWorkspaceBytes");

    public static Flag<long> MaxMultiplyAdds { get; } = Flag.LongInteger("MaxMultiplyAdds");

    public static ItemDefinition Definition { get; } = new(Kind, ItemRole.Model, new FlagDefinition[] { MaxParameters, MaxWorkspaceBytes, MaxMultiplyAdds });
}
