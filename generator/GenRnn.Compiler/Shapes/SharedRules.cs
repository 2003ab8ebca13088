using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What [Shared] names can run again, on what it is given there.</summary>
internal static class SharedRules
{
    /// <summary>Whether an item that runs a layer again can; true for any other item.</summary>
    /// <param name="context">The item.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="seen">What the nodes above give.</param>
    public static bool Check(ShapeContext context, Layer? layer, IReadOnlyList<OperandShape> seen)
    {
        GraphNode node = context.Node;
        ItemSpec declared = context.Model.Items[node.Index];
        if (declared.Kind != SharedItem.Kind)
            return true;
        for (int i = 0; i < declared.Modifiers.Count; i++)
        {
            if (!ModelGraph.IsOfPlace(declared.Modifiers[i]))
                return Say(i, "", "[Shared] runs the layer as it is; only [From], [InitialState] and [Output] may stand in front of it");
        }

        string name = declared[SharedItem.Source];
        if (node.SharedWith is not { } source)
        {
            if (context.Graph.Find(name) is { IsInput: true })
                return Say(-1, SharedItem.Source.Name, "'" + name + "' is an input; [Shared] runs a layer again");
            return Report(OperandRules.Unresolved(context, name, new Place(node.Index, -1, SharedItem.Source.Name)));
        }

        if (layer is null || layer.IsUnknown)
            return false;
        if (!layer.CanBeShared(source.Item))
        {
            return Say(-1, SharedItem.Source.Name, LayerRules.Format(
                "{0} cannot be shared: it keeps {1} from call to call, which is of one place in the network",
                source.Item.Describe(), source.Item[TimeFlags.Stateful] ? "its states" : "statistics of what it reads"));
        }

        Shape there = source.Operands.Count == 0 ? Shape.Unknown : seen[source.Operands[0].Index].Shape, here = context.Input;
        if (layer.OperandCount.Most > 1 || there.IsUnknown || here.IsUnknown || (there.Features == here.Features && there.IsIds == here.IsIds))
            return true;
        context.ReportOnOperand(Rules.UnfitOperands, 0, LayerRules.Format(
            "the weights of {0} are for {1} feature{2}, but {3} gives {4}", source.Item.Describe(), there.Features, there.Features == 1 ? "" : "s", context.PreviousLayer, here));
        return false;

        bool Say(int modifier, string flag, string message) => Report(new Finding(Rules.UnknownOperand, new Place(node.Index, modifier, flag), message));

        bool Report(Finding finding)
        {
            context.Report(finding);
            return false;
        }
    }

    /// <summary>What is wrong with the flags of a shared layer was said where they stand.</summary>
    /// <param name="node">An item.</param>
    /// <param name="findings">All findings.</param>
    /// <param name="first">Index of the first that the layer reported here.</param>
    public static void RemoveRepeated(GraphNode node, List<Finding> findings, int first)
    {
        if (node.SharedWith is null)
            return;
        for (int i = findings.Count - 1; i >= first; i--)
        {
            if (findings[i].Place.Flag.Length > 0 || findings[i].Place.Modifier >= 0)
                findings.RemoveAt(i);
        }
    }
}
