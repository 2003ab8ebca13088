using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Layers;

namespace GenRnn.Compiler.Spec;

/// <summary>What kind of value a flag takes.</summary>
public enum FlagType
{
    Integer,
    /// <summary>A whole number of 64 bits.</summary>
    LongInteger,
    Number,
    Boolean,
    Text,
    /// <summary>An enum of the runtime, by member name; <see cref="FlagDefinition.EnumName"/> says which.</summary>
    Enum,
    /// <summary>One or more strings.</summary>
    TextList,
    /// <summary>One or more whole numbers, as text.</summary>
    IntegerList,
    /// <summary>One or more types, by metadata name.</summary>
    TypeList,
}

/// <summary>What a flag has an effect on.</summary>
public enum FlagEffect
{
    /// <summary>What a model with given weights computes; the only one that weights of a file go by (<see cref="Architecture"/>).</summary>
    Inference,

    /// <summary>What weights start with.</summary>
    Start,

    /// <summary>What differs in training alone.</summary>
    Training,

    /// <summary>How the same values are computed, kept, or given besides.</summary>
    Running,

    /// <summary>What something is called.</summary>
    Name,
}

/// <summary>What an attribute does in a declaration.</summary>
public enum ItemRole
{
    Input,
    Layer,
    /// <summary>Applies to the next layer.</summary>
    Modifier,
    /// <summary>Says that the class is a cell.</summary>
    Cell,
    /// <summary>A recurrent cell inside a class that is one.</summary>
    CellPart,
    /// <summary>Says something of the whole model, wherever it stands. Does not repeat.</summary>
    Model,
}

/// <summary>One flag of an attribute.</summary>
/// <param name="Name">Its .NET name, the property (or, for positional ones, the parameter) of the attribute.</param>
/// <param name="Type">Kind of value.</param>
/// <param name="EnumName">Name of the enum, or empty.</param>
/// <param name="IsPositional">Whether it is a constructor argument.</param>
/// <param name="IsOptional">Whether a constructor argument may be left out.</param>
public sealed record FlagDefinition(string Name, FlagType Type, string EnumName = "", bool IsPositional = false, bool IsOptional = false)
{
    /// <summary>What it has an effect on.</summary>
    public FlagEffect Effect { get; init; } = FlagEffect.Inference;

    /// <summary>The value that means the same as its absence: a number, a boolean, or an enum's member. Null if no value does.</summary>
    public object? Default { get; init; }

    /// <summary>Of an activation's parameter: the flag that says which activation, which has a default of its own.</summary>
    public string AlphaOf { get; init; } = "";

    /// <summary>Whether it takes any number of values.</summary>
    public bool IsList => Type is FlagType.TextList or FlagType.TypeList or FlagType.IntegerList;
}

/// <summary>One attribute of the language.</summary>
public sealed record ItemDefinition(string Kind, ItemRole Role, IReadOnlyList<FlagDefinition> Flags)
{
    public FlagDefinition? Find(string flag) => Flags.FirstOrDefault(f => f.Name == flag);
}

/// <summary>Every attribute that the language knows, with its flags. Layers contribute theirs (Layers/).</summary>
public static class Catalogue
{
    private static readonly FlagDefinition Name = new("Name", FlagType.Text) { Effect = FlagEffect.Name };

    private static readonly ItemDefinition[] Structure =
    {
        new ItemDefinition("Input", ItemRole.Input, new FlagDefinition[]
        {
            new("TimeSteps", FlagType.Integer),
            new("Features", FlagType.Integer),
            new("Lengths", FlagType.Boolean),
            new("Batch", FlagType.Integer),
            new("Layout", FlagType.Enum, "DataLayout"),
            new("Precision", FlagType.Enum, "Precision"),
            Name,
        }),
        new ItemDefinition("Initialize", ItemRole.Modifier, new FlagDefinition[]
        {
            new("Weight", FlagType.Enum, "Weight", IsPositional: true),
            new("Initializer", FlagType.Enum, "Initializer", IsPositional: true),
            new("Gain", FlagType.Number),
            new("Value", FlagType.Number),
            new("Mean", FlagType.Number),
            new("StandardDeviation", FlagType.Number),
            new("Minimum", FlagType.Number),
            new("Maximum", FlagType.Number),
            new("Scale", FlagType.Number),
            new("Mode", FlagType.Enum, "FanMode"),
            new("IsUniform", FlagType.Boolean),
        }),
        RegularizerSpec.Modifier,
        ConstraintSpec.Modifier,
        BackwardHalf.Modifier,
        new ItemDefinition(GraphNode.FromKind, ItemRole.Modifier, new FlagDefinition[]
        {
            new(GraphNode.SourcesFlag, FlagType.TextList, IsPositional: true),
        }),
        new ItemDefinition(GraphNode.SharedKind, ItemRole.Layer, new FlagDefinition[]
        {
            new(GraphNode.SourceFlag, FlagType.Text, IsPositional: true),
            Name,
        }),
        new ItemDefinition(GraphNode.OutputKind, ItemRole.Modifier, new FlagDefinition[0]),
        new ItemDefinition("InitialState", ItemRole.Modifier, new FlagDefinition[]
        {
            new("Sources", FlagType.TextList, IsPositional: true),
        }),
        new ItemDefinition("Cell", ItemRole.Cell, new FlagDefinition[]
        {
            new("StateWidths", FlagType.IntegerList, IsPositional: true, IsOptional: true),
            new("Features", FlagType.Integer),
            new("Batch", FlagType.Integer),
            new("Precision", FlagType.Enum, "Precision"),
        }),
        new ItemDefinition("Budget", ItemRole.Model, new FlagDefinition[]
        {
            new("MaxParameters", FlagType.LongInteger),
            new("MaxWorkspaceBytes", FlagType.LongInteger),
            new("MaxMultiplyAdds", FlagType.LongInteger),
        }),
    };

    public static IReadOnlyList<ItemDefinition> Items { get; } = Structure
        .Concat(LayerRegistry.Wrappers.Select(wrapper => wrapper.Definition))
        .Concat(LayerRegistry.All.Select(layer => layer.Definition))
        .Concat(LayerRegistry.Cells.Select(cell => new ItemDefinition(cell.Kind + LayerRegistry.CellSuffix, ItemRole.CellPart, cell.Flags)))
        .ToArray();

    public static ItemDefinition? Find(string kind) => Items.FirstOrDefault(i => i.Kind == kind);
}
