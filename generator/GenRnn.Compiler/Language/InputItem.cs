namespace GenRnn.Compiler.Language;

/// <summary><c>[Input]</c>: what comes in from outside.</summary>
public static class InputItem
{
    public const string Kind = "Input";

    /// <summary>Rows of a compiled pass, unless the model says.</summary>
    public const int DefaultBatch = 32;

    /// <summary>Absent for a vector.</summary>
    public static Flag<int> TimeSteps { get; } = Flag.Integer("TimeSteps");

    /// <summary>Absent for ids.</summary>
    public static Flag<int> Features { get; } = Flag.Integer("Features");

    /// <summary>Whether each row says how many of its steps count.</summary>
    public static Flag<bool> Lengths { get; } = Flag.Boolean("Lengths", false);

    public static Flag<int> Batch { get; } = Flag.Integer("Batch", DefaultBatch);

    public static Flag<string> Layout { get; } = Flag.Enum("Layout", "DataLayout", "BatchMajor");

    public static Flag<string> Precision { get; } = Flag.Enum("Precision", "Precision", "Single");

    public static ItemDefinition Definition { get; } = new(Kind, ItemRole.Input, new FlagDefinition[] { TimeSteps, Features, Lengths, Batch, Layout, Precision, ItemFlags.Name });
}
