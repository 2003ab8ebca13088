using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Registry;

/// <summary>Every attribute that the language knows, with its flags. Layers contribute theirs (Layers/).</summary>
public static class Catalogue
{
    public static IReadOnlyList<ItemDefinition> Items { get; } = new[]
        {
            InputItem.Definition, InitializeItem.Definition, RegularizerSpec.Modifier, ConstraintSpec.Modifier, BackwardHalf.Modifier, FromItem.Definition, SharedItem.Definition, OutputItem.Definition,
            InitialStateItem.Definition, CellItem.Definition, BudgetItem.Definition,
        }
        .Concat(LayerRegistry.Wrappers.Select(wrapper => wrapper.Definition))
        .Concat(LayerRegistry.All.Select(layer => layer.Definition))
        .Concat(LayerRegistry.Cells.Select(cell => new ItemDefinition(cell.Kind + LayerRegistry.CellSuffix, ItemRole.CellPart, cell.Flags)))
        .ToArray();

    public static ItemDefinition? Find(string kind) => Items.FirstOrDefault(i => i.Kind == kind);
}
