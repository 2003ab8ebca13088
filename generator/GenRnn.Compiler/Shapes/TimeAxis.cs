using System.Linq;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Layers;

namespace GenRnn.Compiler.Shapes;

/// <summary>Where the way to a layer loses its time steps.</summary>
public static class TimeAxis
{
    /// <summary>The layer in front of <paramref name="node"/> that returned only its last step; null if none did.</summary>
    public static GraphNode? LastDropped(GraphNode node)
    {
        for (GraphNode? at = Before(node); at is { IsInput: false }; at = Before(at))
        {
            Layer? layer = LayerRegistry.Find(at.Item.Kind);
            if (layer?.EndsSequence(at.Item) == true)
                return null;
            bool canReturnSequences = layer?.Definition.Find("ReturnSequences") is not null;
            if (canReturnSequences && !at.Item.GetBoolean("ReturnSequences"))
                return at;
        }

        return null;
    }

    /// <summary>The layer in front of <paramref name="node"/>, and behind any that returned its last step, that never gives steps; null if there is none.</summary>
    public static GraphNode? LastEnded(GraphNode node)
    {
        GraphNode? dropped = LastDropped(node);
        for (GraphNode? at = Before(node); at is { IsInput: false } && at != dropped; at = Before(at))
        {
            if (LayerRegistry.Find(at.Item.Kind)?.EndsSequence(at.Item) == true)
                return at;
        }

        return null;
    }

    /// <summary>The first operand: where there are several, all of them are vectors if one is.</summary>
    private static GraphNode? Before(GraphNode node) => node.Operands.FirstOrDefault();
}
