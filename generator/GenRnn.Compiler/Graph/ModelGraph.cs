using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
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

    /// <summary>What the model gives, in order of declaration: the layers marked as outputs, and the last one. States that layers return come besides. Empty if there is no layer.</summary>
    public IReadOnlyList<GraphNode> Outputs { get; private set; } = new List<GraphNode>();

    /// <summary>The layers whose states are outputs.</summary>
    public IEnumerable<GraphNode> ReturnedStates => Layers.Where(n => n.Item[TimeFlags.ReturnState]);

    /// <summary>The node with a Name; null if there is none.</summary>
    public GraphNode? Find(string name) => name.Length == 0 ? null : _nodes.Find(n => n.Name == name);

    /// <summary>Resolves a declaration. Names that nothing has are left out here and reported where shapes are inferred.</summary>
    public static ModelGraph Of(ModelSpec spec)
    {
        ModelGraph graph = new(spec, spec.Items.Select((item, index) => new GraphNode(index, item, item.IsInput || (spec.IsCell && index == 0))).ToList());
        graph.ResolveShared();
        graph.ResolveInitialStates();
        graph.ResolveOperands();
        foreach (IGrouping<GraphNode, GraphNode> read in graph._nodes.SelectMany(n => n.Operands.Distinct().Select(o => (Read: o, By: n))).GroupBy(r => r.Read, r => r.By))
            read.Key.Readers = read.ToList();
        GraphNode? last = graph._nodes.FindLast(n => !n.IsInput);
        graph.Outputs = graph._nodes.Where(n => n == last || n.IsMarkedOutput).ToList();
        return graph;
    }

    /// <summary>
    /// Whether what stands below an input reads it. One that only feeds initial states has no layer of its own: below it, things go on where they were.
    /// </summary>
    public bool IsFront(GraphNode input) =>
        input.Index + 1 < _nodes.Count && !_nodes[input.Index + 1].IsInput && !input.StartsStates;

    /// <summary>Modifiers of a place in the graph, not of the layer that stands there.</summary>
    internal static bool IsOfPlace(ModifierSpec modifier) => modifier.Kind is FromItem.Kind or OutputItem.Kind or InitialStateItem.Kind;

    private void ResolveShared()
    {
        foreach (GraphNode node in _nodes.Where(n => n.Item.Kind == SharedItem.Kind))
        {
            if (Find(node.Item[SharedItem.Source]) is not { IsInput: false } found || found.Index >= node.Index)
                continue;
            GraphNode source = found.SharedWith ?? found;
            if (source.Item.Kind == SharedItem.Kind)
                continue;
            node.SharedWith = source;
            node.CallNumber = 1 + _nodes.Take(node.Index).Count(n => n.SharedWith == source);
            node.Item = source.Item with
            {
                Flags = source.Item.Flags.Where(f => f.Name != "Name").Concat(node.Item.Flags.Where(f => f.Name == "Name")).ToEquatableArray(),
                // Its own ones first: places of findings count them.
                Modifiers = node.Item.Modifiers.Where(IsOfPlace).Concat(source.Item.Modifiers.Where(m => !IsOfPlace(m))).ToEquatableArray(),
            };
        }
    }

    private void ResolveInitialStates()
    {
        foreach (GraphNode node in _nodes)
        {
            List<GraphNode?> sources = node.Item.Modifiers
                .Where(m => m.Kind == InitialStateItem.Kind)
                .SelectMany(m => m[InitialStateItem.Sources])
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

    /// <summary>An item reads the one above it, past inputs that only initial states name, and behind that what it names; or just what [From] names.</summary>
    private void ResolveOperands()
    {
        GraphNode? front = null;
        // Below an output nothing stands in front.
        bool isBelowOutput = false;
        List<GraphNode> row = new();
        foreach (GraphNode node in _nodes)
        {
            if (node.IsInput)
            {
                if (!node.StartsStates)
                    row.Add(node);
                if ((front is not null || isBelowOutput) && !IsFront(node))
                    continue;
            }
            else
            {
                node.Front = front;
                node.FrontInputs = row.Count > 1 ? row : new List<GraphNode>();
                row = new List<GraphNode>();
                ResolveOperands(node);
            }

            isBelowOutput = node.IsMarkedOutput;
            front = isBelowOutput ? null : node;
        }
    }

    private void ResolveOperands(GraphNode node)
    {
        List<(GraphNode Node, Place Place)> operands = new();
        List<(string, Place)> unresolved = new();
        int from = node.From;
        if (from < 0 && node.Front is not null)
            operands.Add((node.Front, new Place(node.Index)));
        EquatableArray<string> names = from < 0 ? node.Item[MergeFlags.Others] : node.Item.Modifiers[from][FromItem.Sources];
        for (int i = 0; i < names.Count; i++)
        {
            Place place = new(node.Index, from, Place.Element(from < 0 ? MergeFlags.Others.Name : FromItem.Sources.Name, i));
            if (Find(names[i]) is { } found && found.Index < node.Index)
                operands.Add((found, place));
            else
                unresolved.Add((names[i], place));
        }

        node.Operands = operands.Select(o => o.Node).ToList();
        node.OperandPlaces = operands.Select(o => o.Place).ToList();
        node.Unresolved = unresolved;
    }
}
