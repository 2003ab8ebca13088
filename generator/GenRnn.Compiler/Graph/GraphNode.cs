using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
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

    /// <summary>The item; of one that runs an earlier layer again, that layer's flags and wrappers behind its own Name and modifiers.</summary>
    public ItemSpec Item { get; internal set; }

    /// <summary>The layer whose weights this one has; null if it has its own.</summary>
    public GraphNode? SharedWith { get; internal set; }

    /// <summary>How many places above run the layer whose weights this one has; 0 for a layer of its own.</summary>
    public int CallNumber { get; internal set; }

    /// <summary>Whether values come from outside: an input of a model, or of a cell.</summary>
    public bool IsInput { get; }

    /// <summary>What the item is called by; empty if it has no Name.</summary>
    public string Name => Item[ItemFlags.Name];

    /// <summary>Index of <c>[From]</c> among the item's modifiers; -1 if it has none.</summary>
    public int From => Item.Modifiers.ToList().FindIndex(m => m.Kind == FromItem.Kind);

    /// <summary>Whether the layer was marked as an output.</summary>
    public bool IsMarkedOutput => Item.Modifiers.Any(m => m.Kind == OutputItem.Kind);

    /// <summary>What stands in front of a layer: what it reads unless <c>[From]</c> says otherwise. Null if nothing does.</summary>
    public GraphNode? Front { get; internal set; }

    /// <summary>The inputs that stand in a row directly above a layer, where there are several: none of them is in front more than another.</summary>
    public IReadOnlyList<GraphNode> FrontInputs { get; internal set; } = new List<GraphNode>();

    /// <summary>What a layer computes from, in order. Empty for an input, and for a layer that nothing stands in front of.</summary>
    public IReadOnlyList<GraphNode> Operands { get; internal set; } = new List<GraphNode>();

    /// <summary>Where each operand is named; the item itself for what stands in front of it.</summary>
    public IReadOnlyList<Place> OperandPlaces { get; internal set; } = new List<Place>();

    /// <summary>Names among the operands that nothing above the item has, and where they stand.</summary>
    public IReadOnlyList<(string Name, Place Place)> Unresolved { get; internal set; } = new List<(string, Place)>();

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
