namespace GenRnn.Compiler.Language;

/// <summary>Flags of layers of several operands.</summary>
public static class MergeFlags
{
    /// <summary>Names of the operands behind what stands in front of the layer.</summary>
    public static Flag<EquatableArray<string>> Others { get; } = Flag.Texts("Others") with { IsPositional = true, IsOptional = true };
}
