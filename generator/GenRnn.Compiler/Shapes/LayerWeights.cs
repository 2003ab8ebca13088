using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Which weights a layer has, by the names that modifiers say them by.</summary>
internal static class LayerWeights
{
    /// <summary>Why no layer of this kind has the weight; null if it has.</summary>
    /// <param name="item">The layer.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="modifier">The modifier that names it.</param>
    public static string? Problem(ItemSpec item, string weight, string modifier)
    {
        if (Catalogue.Find(item.Kind)!.Find(CellJoin.Cells.Name) is not null)
            return item.Kind + " has no weights of its own: write [" + modifier + "] in front of a part of the cell that it runs";
        List<string> weights = Catalogue.Find(item.Kind)!.Flags
            .Where(f => f.Starts.Length > 0)
            .Select(f => "Weight." + f.Starts).ToList();
        return weights.Contains("Weight." + weight) ? null
            : weights.Count == 0 ? item.Kind + " has no weights"
            : item.Kind + " has no Weight." + weight + "; it has " + string.Join(", ", weights);
    }

    /// <summary>Which flag leaves the weight out; null if the layer has it.</summary>
    public static string? LeftOut(ItemSpec item, string weight) =>
        Catalogue.Find(item.Kind)?.Flags.FirstOrDefault(f => f.Keeps == weight) is { } flag && item.Find(flag) is { Boolean: false } ? flag.Name + " = false leaves that weight out" : null;
}
