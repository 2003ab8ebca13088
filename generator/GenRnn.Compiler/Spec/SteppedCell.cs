using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary>A cell that is stepped by hand: a model of a single time step that runs nothing else.</summary>
public static class SteppedCell
{
    /// <summary>What a cell says that an input says of a model.</summary>
    private static readonly string[] s_ofInput = { CellItem.Features.Name, CellItem.Batch.Name, CellItem.Precision.Name };

    /// <summary>Whether a cell's class says what it needs to stand alone.</summary>
    public static bool StandsAlone(ModelSpec cell) => cell.IsCell && cell.Items[0].Has(CellItem.Features);

    /// <summary>The model. Its layer is the cell's, so findings about it belong to the <c>[Cell]</c> attribute.</summary>
    public static ModelSpec ModelOf(ModelSpec cell)
    {
        List<FlagSpec> input = new() { new FlagSpec(InputItem.TimeSteps.Name, FlagValue.Of(1)) };
        input.AddRange(cell.Items[0].Flags.Where(f => s_ofInput.Contains(f.Name)));
        CellSpec spec = new(cell.Class.Name, cell.Class.MetadataName, cell.Items.Skip(1).ToEquatableArray(), "") { Body = cell.Body, Modifiers = cell.Items[0].Modifiers };
        FlagValue names = new(0, null, new EquatableArray<string>(new[] { spec.MetadataName }));
        ItemSpec layer = new("Rnn", new EquatableArray<FlagSpec>(new[] { new FlagSpec(CellJoin.Cells.Name, names) }), default)
        {
            Cells = new EquatableArray<CellSpec>(new[] { spec }),
        };
        return new ModelSpec(cell.Class, new EquatableArray<ItemSpec>(new[] { new ItemSpec(InputItem.Kind, input.ToEquatableArray(), default), layer }))
        {
            Budget = cell.Budget,
            IsStepped = true,
        };
    }
}
