using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary>
/// Puts the cells that a model names into its spec. A model and its cells are parsed apart, so that an edit of a cell reaches the models
/// that run it and no others.
/// </summary>
public static class CellJoin
{
    /// <summary>The flag of <c>[Rnn]</c> that names cells.</summary>
    public static Flag<EquatableArray<string>> Cells { get; } = Flag.Types("Cells") with { IsPositional = true };

    /// <param name="spec">The model.</param>
    /// <param name="find">A cell by its metadata name; null if there is none.</param>
    public static ModelSpec Join(ModelSpec spec, Func<string, CellSpec?> find) => spec.Items.All(i => !i.Has(Cells) && BackwardHalf.Of(i)?.Has(Cells) is not true)
        ? spec
        : spec with { Items = spec.Items.Select(i => Join(i, find)).ToEquatableArray() };

    /// <summary>Why a cell of the model cannot run; empty if all can.</summary>
    public static string Problem(ModelSpec spec) => spec.Items
        .SelectMany(CellsOf)
        .Where(c => c.Problem.Length > 0)
        .Select(c => "its cell '" + c.Name + "' has an error: " + c.Problem)
        .FirstOrDefault() ?? "";

    /// <summary>The cells of an item, of its backward half as well.</summary>
    public static IEnumerable<CellSpec> CellsOf(ItemSpec item) => BackwardHalf.Of(item) is { } half ? item.Cells.Concat(half.Cells) : item.Cells;

    private static ItemSpec Join(ItemSpec item, Func<string, CellSpec?> find) => item with
    {
        Cells = item.Find(Cells) is { } names ? names.List.Select(find).OfType<CellSpec>().ToEquatableArray() : item.Cells,
        Modifiers = BackwardHalf.Of(item) is null ? item.Modifiers
            : item.Modifiers.Select(m => m.Layer is { } half ? m with { Layer = Join(half, find) } : m).ToEquatableArray(),
    };
}
