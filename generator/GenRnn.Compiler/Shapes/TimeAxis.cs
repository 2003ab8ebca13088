using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Where the way to a layer loses its time steps.</summary>
public static class TimeAxis
{
    /// <summary>The layer in front of <paramref name="node"/> that returned only its last step; null if none did.</summary>
    public static GraphNode? LastDropped(GraphNode node)
    {
        for (GraphNode? at = Before(node); at is { IsInput: false }; at = Before(at))
        {
            if (EndsSequence(at.Item))
                return null;
            if (ReturnsLastStep(at.Item))
                return at;
        }

        return null;
    }

    /// <summary>The layers on the way to a node, itself included, that returned only their last step or that never give steps.</summary>
    /// <param name="node">The node.</param>
    /// <param name="operands">What it reads, with the same of each.</param>
    internal static (GraphNode? Dropped, GraphNode? Ended) Follow(GraphNode node, IReadOnlyList<OperandShape> operands) =>
        node.IsInput ? (null, null)
        : EndsSequence(node.Item) ? (null, node)
        : ReturnsLastStep(node.Item) ? (node, null)
        : operands.Count == 0 ? (null, null)
        : (operands[0].Dropped, operands[0].Ended);

    private static bool EndsSequence(ItemSpec item) => LayerRegistry.Find(item.Kind)?.EndsSequence(item) == true;

    private static bool ReturnsLastStep(ItemSpec item) =>
        LayerRegistry.Find(item.Kind)?.Definition.Flags.Contains(TimeFlags.ReturnSequences) is true && !item[TimeFlags.ReturnSequences];

    /// <summary>The first operand: where there are several, all of them are vectors if one is.</summary>
    private static GraphNode? Before(GraphNode node) => node.Operands.FirstOrDefault();
}
