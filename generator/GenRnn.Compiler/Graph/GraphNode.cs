using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Graph;

/// <summary>One item of a model, with what it reads and what reads it. Nodes that are written later never come first, so the order of the items is one of execution.</summary>
public sealed class GraphNode
{
    internal GraphNode(int index, ItemSpec item, bool isInput)
    {
        Index = index;
        Item = item;
        IsInput = isInput;
    }

    /// <summary>Index of the item in the declaration.</summary>
    public int Index { get; }

    public ItemSpec Item { get; }

    /// <summary>Whether values come from outside: an input of a model, or of a cell.</summary>
    public bool IsInput { get; }

    /// <summary>What the item is called by; empty if it has no Name.</summary>
    public string Name => Item.GetText("Name");

    /// <summary>What a layer computes from, in order. Empty for an input, and for a layer that nothing stands in front of.</summary>
    public IReadOnlyList<GraphNode> Operands { get; internal set; } = new List<GraphNode>();

    /// <summary>What the states of a layer start from, one for each name that [InitialState] has; null where nothing is called that.</summary>
    public IReadOnlyList<GraphNode?> InitialStates { get; internal set; } = new List<GraphNode?>();

    /// <summary>The nodes that have this one among their operands, in order of declaration, each once.</summary>
    public IReadOnlyList<GraphNode> Readers { get; internal set; } = new List<GraphNode>();

    /// <summary>Whether the states of another layer start from this one.</summary>
    public bool StartsStates { get; internal set; }

    /// <summary>Everything that the item is computed from, itself not included; states that it starts from are no part of that.</summary>
    public IEnumerable<GraphNode> Ancestors()
    {
        HashSet<GraphNode> found = new();
        Stack<GraphNode> open = new(Operands);
        while (open.Count > 0)
        {
            GraphNode node = open.Pop();
            if (!found.Add(node))
                continue;
            foreach (GraphNode operand in node.Operands)
                open.Push(operand);
        }

        return found.OrderBy(n => n.Index);
    }
}
