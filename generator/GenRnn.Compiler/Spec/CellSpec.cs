using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary>What a class with <c>[Cell]</c> declares, as the models that run it see it. Plain values, like a <see cref="ModelSpec"/>.</summary>
/// <param name="Name">The class's name, without its namespace.</param>
/// <param name="MetadataName">Its full metadata name, by which models refer to it.</param>
/// <param name="Parts">The attributes after <c>[Cell]</c>, in source order: cells, each with the layers that its output goes through.</param>
/// <param name="Problem">The first mistake in the declaration; empty if there is none. A cell with a mistake is nothing that a model could run.</param>
public sealed record CellSpec(string Name, string MetadataName, EquatableArray<ItemSpec> Parts, string Problem)
{
    /// <summary>The step of a cell that was written in C#; null if it is made of parts.</summary>
    public CellBody? Body { get; init; }

    /// <summary>What stands in front of <c>[Cell]</c> and wraps the whole of it.</summary>
    public EquatableArray<ModifierSpec> Modifiers { get; init; }
}
