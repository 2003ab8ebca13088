using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Spec;

/// <summary>A cell that is stepped by hand: a model of a single time step that runs nothing else.</summary>
public static class SteppedCell
{
    /// <summary>Whether a cell's class says what it needs to stand alone.</summary>
    public static bool StandsAlone(ModelSpec cell) => cell.IsCell && cell.Items[0].Find("Features") is not null;

    /// <summary>The model. Its layer is the cell's, so findings about it belong to the <c>[Cell]</c> attribute.</summary>
    public static ModelSpec ModelOf(ModelSpec cell)
    {
        List<FlagSpec> input = new() { new FlagSpec("TimeSteps", FlagValue.Of(1)) };
        input.AddRange(cell.Items[0].Flags.Where(f => f.Name is "Features" or "Batch" or "Precision"));
        CellSpec spec = new(cell.Class.Name, cell.Class.MetadataName, cell.Items.Skip(1).ToEquatableArray(), "") { Body = cell.Body, Modifiers = cell.Items[0].Modifiers };
        FlagValue names = new(0, null, new EquatableArray<string>(new[] { spec.MetadataName }));
        ItemSpec layer = new("Rnn", new EquatableArray<FlagSpec>(new[] { new FlagSpec(CellJoin.Flag, names) }), default)
        {
            Cells = new EquatableArray<CellSpec>(new[] { spec }),
        };
        return new ModelSpec(cell.Class, new EquatableArray<ItemSpec>(new[] { new ItemSpec("Input", input.ToEquatableArray(), default), layer }))
        {
            Budget = cell.Budget,
            IsStepped = true,
        };
    }
}
