using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Graph;

/// <summary>
/// A declaration as a graph: who reads whom, every name resolved once. What comes after asks a node for its operands and readers, never for the item before it: a chain of layers is
/// the simplest graph.
/// </summary>
public sealed class ModelGraph
{
    private readonly List<GraphNode> _nodes;

    private ModelGraph(ModelSpec spec, List<GraphNode> nodes)
    {
        Spec = spec;
        _nodes = nodes;
    }

    public ModelSpec Spec { get; }

    /// <summary>One for each item, in the order of the declaration.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    public IEnumerable<GraphNode> Inputs => _nodes.Where(n => n.IsInput);

    public IEnumerable<GraphNode> Layers => _nodes.Where(n => !n.IsInput);

    /// <summary>What the model gives; states that layers return come besides. Empty if there is no layer.</summary>
    public IReadOnlyList<GraphNode> Outputs { get; private set; } = new List<GraphNode>();

    /// <summary>The layers whose states are outputs.</summary>
    public IEnumerable<GraphNode> ReturnedStates => Layers.Where(n => n.Item.GetBoolean("ReturnState"));

    /// <summary>The node with a Name; null if there is none.</summary>
    public GraphNode? Find(string name) => name.Length == 0 ? null : _nodes.Find(n => n.Name == name);

    /// <summary>Resolves a declaration. Names that nothing has are left out here and reported where shapes are inferred.</summary>
    public static ModelGraph Of(ModelSpec spec)
    {
        ModelGraph graph = new(spec, spec.Items.Select((item, index) => new GraphNode(index, item, item.Kind == "Input" || (spec.IsCell && index == 0))).ToList());
        graph.ResolveInitialStates();
        graph.ResolveOperands();
        foreach (IGrouping<GraphNode, GraphNode> read in graph._nodes.SelectMany(n => n.Operands.Distinct().Select(o => (Read: o, By: n))).GroupBy(r => r.Read, r => r.By))
            read.Key.Readers = read.ToList();
        graph.Outputs = graph._nodes.Where(n => !n.IsInput).Reverse().Take(1).ToList();
        return graph;
    }

    /// <summary>
    /// Whether what stands below an input reads it. One that only feeds initial states has no layer of its own: below it, things go on where they were.
    /// </summary>
    public bool IsFront(GraphNode input) =>
        input.Index + 1 < _nodes.Count && !_nodes[input.Index + 1].IsInput && !input.StartsStates;

    private void ResolveInitialStates()
    {
        foreach (GraphNode node in _nodes)
        {
            List<GraphNode?> sources = node.Item.Modifiers
                .Where(m => m.Kind == "InitialState")
                .SelectMany(m => m.Find("Sources")?.List ?? default)
                .Select(Find)
                .ToList();
            node.InitialStates = sources;
            foreach (GraphNode? source in sources)
            {
                if (source is not null)
                    source.StartsStates = true;
            }
        }
    }

    /// <summary>An item reads the one above it, past inputs that only initial states name.</summary>
    private void ResolveOperands()
    {
        GraphNode? front = null;
        foreach (GraphNode node in _nodes)
        {
            if (node.IsInput && front is not null && !IsFront(node))
                continue;
            if (!node.IsInput && front is not null)
                node.Operands = new[] { front };
            front = node;
        }
    }
}
