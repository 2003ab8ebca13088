using System.Collections.Generic;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Layers;

namespace GenRnn.Compiler.Spec;

/// <summary>
/// What a declaration says of training alone, a line for each item that says something: dropout, noise, the momentum of statistics, penalties, constraints, what is not trained. Weights mean the same without it
/// (<see cref="Architecture"/>), but a training that was interrupted goes on as it began only if this is as it was.
/// </summary>
internal static class TrainingRules
{
    public static IReadOnlyList<string> Lines(ModelGraph graph)
    {
        List<string> lines = new();
        // What is shared is said where it stands first.
        foreach (GraphNode node in graph.Layers.Where(n => n.SharedWith is null))
            Add(lines, node.Item, "");
        return lines;
    }

    private static void Add(List<string> lines, ItemSpec item, string role)
    {
        StringBuilder rules = new();
        foreach (ModifierSpec modifier in item.Modifiers)
        {
            string ofModifier = Architecture.Flags(Catalogue.Find(modifier.Kind)!.Flags, modifier.Find, FlagEffect.Training);
            if (ofModifier.Length > 0)
                rules.Append(modifier.Kind).Append(modifier.Find("Weight")?.Text is { } weight ? " " + weight : "").Append(ofModifier).Append(' ');
        }

        string ofLayer = Architecture.Flags(Catalogue.Find(item.Kind)!.Flags, item.Find, FlagEffect.Training);
        if (rules.Length > 0 || ofLayer.Length > 0)
            lines.Add(role + rules + item.Kind + ofLayer + (item.Find("Name")?.Text is { } name ? " Name=" + name : ""));
        foreach (ItemSpec part in item.Cells.SelectMany(c => c.Parts))
            Add(lines, part, "  in a cell: ");
        if (BackwardHalf.Of(item) is { } half)
            Add(lines, half, "  backward: ");
    }
}
