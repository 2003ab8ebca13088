namespace GenRnn.Compiler.Language;

/// <summary><c>[Cell]</c>: the class is a cell, which a model runs or a caller steps.</summary>
public static class CellItem
{
    public const string Kind = "Cell";

    /// <summary>Of a cell with a method of its own.</summary>
    public static Flag<EquatableArray<string>> StateWidths { get; } = Flag.Integers("StateWidths") with { IsPositional = true, IsOptional = true };

    /// <summary>Of a cell that is stepped by hand: what an input says of a model.</summary>
    public static Flag<int> Features => InputItem.Features;

    public static Flag<int> Batch => InputItem.Batch;

    public static Flag<string> Precision => InputItem.Precision;

    public static ItemDefinition Definition { get; } = new(Kind, ItemRole.Cell, new FlagDefinition[] { StateWidths, Features, Batch, Precision });
}
