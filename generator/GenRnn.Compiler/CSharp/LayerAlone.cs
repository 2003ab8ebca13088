using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.CSharp.Members;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Lowering;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.CSharp;

/// <summary>
/// A layer of a broken model, by itself, behind an input that it takes: which weights it has does not depend on what is wrong around it. Sizes that are wrong are
/// taken for 1, as names do not depend on them.
/// </summary>
internal static class LayerAlone
{
    /// <summary>More steps than any window reaches over.</summary>
    private const int TimeSteps = 1 << 17;

    /// <summary>Flags of where a layer stands, not of what it is made of.</summary>
    private static readonly FlagDefinition[] s_surroundings = { TimeFlags.GoBackwards, TimeFlags.ReturnSequences, TimeFlags.ReturnState, TimeFlags.Stateful, TimeFlags.ZeroOutputForMask };

    private static readonly ClassSpec s_class = new("", EquatableArray<string>.Empty, "class", "Alone", "", "Alone");

    /// <summary>Names of its weights, as members of its view; none if it cannot be told.</summary>
    public static IReadOnlyList<string> WeightsOf(ItemSpec item)
    {
        if (item.Cells.Count == 0 && BackwardHalf.Of(item) is null && !(Catalogue.Find(item.Kind)?.Flags.Any(f => f.Starts.Length > 0) ?? false))
            return Array.Empty<string>();
        ItemSpec layer = Mend(item);
        foreach (ItemSpec input in new[] { Input((InputItem.TimeSteps, TimeSteps), (InputItem.Features, 1)), Input((InputItem.Features, 1)), Input((InputItem.TimeSteps, TimeSteps)) })
        {
            ModelShapes shapes = ShapeInference.Infer(new ModelSpec(s_class, new EquatableArray<ItemSpec>(new[] { input, layer })));
            if (!shapes.HasErrors && shapes.Items.All(s => !s.IsUnknown))
                return ModelLowering.Lower(shapes).Parameters.Select(NestedTypesPrinter.MemberOf).Distinct().ToList();
        }

        return Array.Empty<string>();
    }

    /// <summary>A cell with those of its parts that can be run, in sizes that can be.</summary>
    public static ModelSpec MendParts(ModelSpec cell)
    {
        IEnumerable<ItemSpec> parts = cell.Items.Skip(1)
            .Where(p => LayerRegistry.FindCell(p.Kind) is not null || LayerRegistry.Find(p.Kind) is StepLayer)
            .SkipWhile(p => LayerRegistry.FindCell(p.Kind) is null)
            .Select(Mend);
        return cell with { Items = new[] { cell.Items[0] with { Modifiers = default } }.Concat(parts).ToEquatableArray() };
    }

    private static ItemSpec Mend(ItemSpec item)
    {
        IReadOnlyList<FlagDefinition> flags = Catalogue.Find(item.Kind)?.Flags ?? Array.Empty<FlagDefinition>();
        return item with
        {
            Flags = flags
                .Where(d => d.Type is FlagType.TypeList ? item.Has(d)
                    : d.Type is FlagType.Boolean ? item.Has(d) && !s_surroundings.Contains(d)
                    : d.Type is FlagType.Integer && (d.IsPositional || (d.Adds.Length > 0 && item.Has(d))))
                .Select(d => new FlagSpec(d.Name, d.Type is FlagType.Integer ? FlagValue.Of(1) : item.Find(d)!))
                .ToEquatableArray(),
            Modifiers = item.Modifiers
                .Where(m => m.Layer is not null || (LayerRegistry.FindWrapper(m.Kind) is not null && !LayerRegistry.WrapsCells(m.Kind)))
                .Select(m => m with { Flags = default, Layer = m.Layer is null ? null : Mend(m.Layer) })
                .ToEquatableArray(),
        };
    }

    private static ItemSpec Input(params (Flag<int> Flag, int Value)[] flags) => new(
        InputItem.Kind, flags.Select(f => new FlagSpec(f.Flag.Name, FlagValue.Of(f.Value))).Append(new FlagSpec(InputItem.Batch.Name, FlagValue.Of(1))).ToEquatableArray(), default);
}
