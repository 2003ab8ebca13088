using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Language;

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

/// <summary>One attribute of the language.</summary>
public sealed record ItemDefinition(string Kind, ItemRole Role, IReadOnlyList<FlagDefinition> Flags)
{
    public FlagDefinition? Find(string flag) => Flags.FirstOrDefault(f => f.Name == flag);
}
