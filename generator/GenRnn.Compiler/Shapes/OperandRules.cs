using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What a layer is said to read exists, stands above it, and is as much as it takes.</summary>
internal static class OperandRules
{
    /// <summary>Reports what is wrong with the names of the operands; then what the layer reads is unknown.</summary>
    public static bool Check(ShapeContext context, Layer? layer)
    {
        GraphNode node = context.Node;
        foreach ((string name, Place place) in node.Unresolved)
            context.Report(Unresolved(context, name, place));
        bool isFine = node.Unresolved.Count == 0;
        if (node.Item.Modifiers.Count(m => m.Kind == FromItem.Kind) > 1)
            isFine = Say(node.Item.Modifiers.ToList().FindLastIndex(m => m.Kind == FromItem.Kind), "[From] stands once in front of a layer, with all that it reads");
        if (layer is null)
            return isFine;

        (int least, int most) = layer.OperandCount;
        if (node.From >= 0 && node.Item[MergeFlags.Others].Count > 0)
            return Say(node.From, "[From] lists all operands in order; leave out those in [" + node.Item.Kind + "], or [From]");
        if (isFine && node.From < 0 && node.FrontInputs.Count > 0 && node.FrontInputs.All(i => i.Readers.Count > 0 || i.StartsStates))
        {
            context.Report(Rules.UnknownOperand, "", LayerRules.Format(
                "{0} follows {1}: write {2} in front of it", node.Item.Describe(),
                string.Join(" and ", node.FrontInputs.Select(i => i.Item.Describe())), string.Join(" or ", node.FrontInputs.Select(i => "[From(\"" + i.Name + "\")]"))));
            return false;
        }

        if (node.From < 0 && node.Front is null && node.Index > 0 && context.Graph.Nodes[node.Index - 1] is { IsMarkedOutput: true } output)
        {
            context.Report(Rules.UnknownOperand, "", LayerRules.Format(
                "{0} follows the output {1}: write [From] in front of it with what it reads{2}", node.Item.Describe(), output.Item.Describe(),
                output.Name.Length > 0 ? ", [From(\"" + output.Name + "\")] for the output itself" : ""));
            return false;
        }

        int count = node.Operands.Count;
        if (!isFine || (count >= least && count <= most) || (count == 0 && node.From < 0))
            return isFine;
        string takes = most == 1 ? "one operand" : most == least ? LayerRules.Format("{0} operands", least) : LayerRules.Format("{0} operands or more", least);
        return Say(node.From, LayerRules.Format(
            "{0} takes {1} and has {2}{3}", node.Item.Kind, takes, count,
            count < least ? ": name the other, as in [" + node.Item.Kind + "(\"...\")], or all by [From]" : most == 1 ? ": merge them in a layer in front of it, [Add] or [Concatenate] for example" : ""));

        bool Say(int modifier, string message)
        {
            context.Report(new Finding(Rules.UnknownOperand, new Place(node.Index, modifier), message));
            return false;
        }
    }

    internal static Finding Unresolved(ShapeContext context, string name, Place place)
    {
        if (context.Graph.Find(name) is { } below)
        {
            string where = below == context.Node ? "'" + name + "' is the layer itself" : "'" + name + "' stands below";
            return new Finding(Rules.UnknownOperand, place, where + "; a layer reads what is above it. Feedback over time is a cell");
        }

        List<string> names = context.Graph.Nodes.Take(context.ItemIndex).Select(n => n.Name).Where(n => n.Length > 0).ToList();
        string nearest = Spelling.FindNearest(name, names) ?? "";
        return new Finding(
            Rules.UnknownOperand, place,
            "nothing above " + context.Item.Describe() + " is named '" + name + "'"
                + (nearest.Length > 0 ? "; did you mean '" + nearest + "'?" : names.Count > 0 ? "; there are " + string.Join(", ", names) : "; give what it reads a Name"))
        {
            Suggestion = nearest.Length > 0 ? "\"" + nearest + "\"" : "",
        };
    }
}
