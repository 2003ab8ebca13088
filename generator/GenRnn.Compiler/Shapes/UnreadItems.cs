using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>
/// Items whose values nothing reads: a chain of layers that another [Input] ends, an input that a nearer one hides, one behind the last layer. A layer is read by the one
/// after it, by one that names it, or outside of the model: the last one, and what returns its states.
/// </summary>
public static class UnreadItems
{
    /// <summary>Reports each of them once.</summary>
    internal static void Check(ModelGraph graph, IReadOnlyList<Shape> shapes, ICollection<Finding> findings)
    {
        ModelSpec spec = graph.Spec;
        // A misspelt source leaves what was meant unread, and is said by itself.
        if (HasWrongSource(graph) || graph.Nodes.Any(n => n.Unresolved.Count > 0))
            return;
        HashSet<int> explained = new();
        foreach ((int item, int next) in Find(graph))
        {
            if (explained.Contains(item))
                continue;
            if (MissingSources(graph, shapes, item, next) is { } states)
            {
                // The vectors in front of the last one are unread for the same reason.
                Report(states.Layer, Forgotten(spec, item, states));
                explained.UnionWith(Enumerable.Range(states.First, states.Layer - states.First));
            }
            else
            {
                Report(item, Describe(graph, item, next));
            }
        }

        void Report(int item, string message) =>
            findings.Add(new Finding(Rules.Unread, new Place(item), message) { DependsOnAll = true });
    }

    /// <summary>
    /// Whether an input can hardly be meant for the layer that reads it: a vector in front of one that runs over time while nothing reads what stood before, or one that seems to be read
    /// only because an [InitialState] is wrong. What is told of the layer's input would be a second message about one mistake.
    /// </summary>
    internal static bool IsDoubtful(ModelGraph graph, GraphNode input) => input.IsInput && input.Index > 0 && input.Item.Find(InputItem.TimeSteps) is null
        && (HasWrongSource(graph) || (input.Readers.Any(r => LayerRegistry.Of(r.Item) is { StateCount: > 0 }) && Find(graph).Any(u => u.Next == input.Index)));

    /// <summary>Whether an [InitialState] names nothing that there is, or too few: which layers the named vectors feed is then unknown.</summary>
    private static bool HasWrongSource(ModelGraph graph) =>
        graph.Nodes.Any(n => n.Item.Modifiers.Any(m => m.Kind == InitialStateItem.Kind && !InitialStateRules.NamesSources(graph, n.Item, m)));

    /// <summary>The [InitialState] that a finding misses, where there is one answer: the layer that it belongs to, and its sources.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="item">The item that is reported.</param>
    public static (int Layer, IReadOnlyList<string> Sources)? MissingInitialState(ModelSpec spec, int item)
    {
        ModelGraph graph = ModelGraph.Of(spec);
        IReadOnlyList<Shape> shapes = ShapeInference.Infer(graph).Items;
        foreach ((int unread, int next) in Find(graph))
        {
            if (MissingSources(graph, shapes, unread, next) is { } states && states.Layer == item && states.Fit(spec))
                return (item, states.Names(spec));
            if (unread == item && spec.Items[item][ItemFlags.Name] is { Length: > 0 } name && Heir(graph, item, next) is >= 0 and int heir
                && spec.Items[next].Has(InputItem.TimeSteps))
            {
                return (heir, new[] { name });
            }
        }

        return null;
    }

    /// <summary>Whether the item is an input that no layer follows.</summary>
    public static bool IsTrailingInput(ModelSpec spec, int item) => spec.Items[item].IsInput && spec.Items.Skip(item).All(i => i.IsInput);

    /// <summary>What nothing reads, with the input whose chain goes on instead; -1 if none does.</summary>
    private static IEnumerable<(int Item, int Next)> Find(ModelGraph graph)
    {
        // Where there is no layer at all, that is said.
        if (!graph.Layers.Any())
            yield break;
        foreach (GraphNode node in graph.Nodes.Where(n => n.Readers.Count == 0 && !n.StartsStates && !graph.Outputs.Contains(n) && !graph.ReturnedStates.Contains(n)))
        {
            GraphNode? next = graph.Inputs.FirstOrDefault(i => i.Index > node.Index && i.Readers.Count > 0);
            yield return (node.Index, next?.Index ?? -1);
        }
    }

    /// <summary>Whether an [InitialState] names it.</summary>
    private static bool IsReadByName(ModelGraph graph, int index) => graph.Nodes[index].StartsStates;

    /// <summary>The vectors up to <paramref name="next"/>, where they stand between a sequence that nothing reads and a layer with states, which start from nothing.</summary>
    private static Vectors? MissingSources(ModelGraph graph, IReadOnlyList<Shape> shapes, int unread, int next)
    {
        ModelSpec spec = graph.Spec;
        if (next < 0 || next + 1 >= spec.Items.Count || shapes[unread].IsVector)
            return null;
        ItemSpec layer = spec.Items[next + 1];
        if (LayerRegistry.Of(layer) is not { IsUnknown: false, StateCount: > 0 } || layer.Modifiers.Any(m => m.Kind == InitialStateItem.Kind))
            return null;
        int first = next + 1;
        while (first > unread + 1 && spec.Items[first - 1] is { IsInput: true } input && input.Find(InputItem.TimeSteps) is null && !IsReadByName(graph, first - 1))
            first--;

        return unread < first && first <= next ? new Vectors(first, next + 1) : null;
    }

    /// <summary>The first layer of the chain behind <paramref name="next"/> that could start from the states of an unread one; -1 if none could.</summary>
    private static int Heir(ModelGraph graph, int unread, int next)
    {
        ItemSpec item = graph.Nodes[unread].Item;
        if (next < 0 || LayerRegistry.Of(item) is not { IsUnknown: false, StateCount: > 0 } layer)
            return -1;
        for (GraphNode? node = graph.Nodes[next].Readers.FirstOrDefault(); node is not null; node = node.Readers.FirstOrDefault())
        {
            ItemSpec candidate = node.Item;
            if (LayerRegistry.Of(candidate) is not { IsUnknown: false, StateCount: > 0 } heir)
                continue;
            bool fits = heir.StateCount == layer.StateCount && heir.Directions == layer.Directions
                && Enumerable.Range(0, heir.StateCount).All(s => heir.StateWidth(candidate, s) == layer.StateWidth(item, s));
            return fits && candidate.Modifiers.All(m => m.Kind != InitialStateItem.Kind) ? node.Index : -1;
        }

        return -1;
    }

    private static string Forgotten(ModelSpec spec, int unread, Vectors states)
    {
        string layer = spec.Items[states.Layer].Describe();
        string start = Format("{0} reads {1} as its input, and nothing reads {2}: ", layer, Name(spec, states.Layer - 1), Name(spec, unread));
        IReadOnlyList<string> names = states.Names(spec);
        if (names.Any(n => n.Length == 0))
            return start + "if it starts from that, give the vector a Name and write [InitialState] with it in front of the layer";
        string modifier = "[InitialState(" + string.Join(", ", names.Select(n => "\"" + n + "\"")) + ")]";
        if (states.Fit(spec))
            return start + "if it starts from that, write " + modifier + " in front of the layer";
        Layer kind = LayerRegistry.Of(spec.Items[states.Layer])!;
        IEnumerable<string> widths = Enumerable.Range(0, kind.StateCount).Select(s => Format("{0}", kind.StateWidth(spec.Items[states.Layer], s)));
        return start + Format(
            "if it starts from that, write {0} in front of the layer, with {1}, as wide as {2} ({3})", modifier,
            kind.StateCount == 1 ? "a vector" : Format("{0} vectors", kind.StateCount), kind.StateCount == 1 ? "its state" : "its states", string.Join(", ", widths));
    }

    private static string Describe(ModelGraph graph, int unread, int next)
    {
        ModelSpec spec = graph.Spec;
        string what = Name(spec, unread);
        GraphNode node = graph.Nodes[unread];
        if (unread + 1 < graph.Nodes.Count && graph.Nodes[unread + 1] is { IsInput: false, From: >= 0 } after)
        {
            return Format("nothing reads {0}: {1} after it reads what [From] names; {2}, or remove it", what, after.Item.Describe(),
                node.Name.Length > 0 ? "name '" + node.Name + "' there, or where it is to be read" : "give it a Name, and name it where it is to be read");
        }

        if (next < 0)
            return Format("nothing reads {0}: no layer stands after it and no [InitialState] names it; write its layers after it, or remove it", what);
        string start = Format("nothing reads {0}, because {1} starts a new chain of layers", what, Name(spec, next));
        Layer? layer = spec.Items[unread].IsInput ? null : LayerRegistry.Of(spec.Items[unread]);
        if (Heir(graph, unread, next) is >= 0 and int heir)
        {
            string to = spec.Items[heir].Describe();
            return start + (spec.Items[unread][ItemFlags.Name] is { Length: > 0 } name
                ? Format("; write [InitialState(\"{0}\")] in front of {1}, so that it starts from the states of {0}, or ReturnState = true", name, to)
                : Format("; give it a Name and write [InitialState] with that in front of {0}, so that it starts from these states, or ReturnState = true", to));
        }

        return start + (layer is { StateCount: > 0 }
            ? "; name it where it is to be read, by [From] or in a merge, start a layer of the new chain from its states by [InitialState], return them by ReturnState = true, or remove it"
            : layer is not null
                ? "; name it where it is to be read, by [From] or in a merge such as [Concatenate], or remove it"
                : "; name it where it is to be read, by [From] or in a merge such as [Concatenate], or remove it");
    }

    private static string Name(ModelSpec spec, int index)
    {
        ItemSpec item = spec.Items[index];
        return !item.IsInput ? item.Describe() : item[ItemFlags.Name] is { Length: > 0 } name ? "[Input] '" + name + "'" : "the [Input] without a Name";
    }

    private static string Format(string format, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);

    /// <summary>Vectors in front of a layer with states.</summary>
    /// <param name="First">The first of them.</param>
    /// <param name="Layer">The layer behind the last.</param>
    private sealed record Vectors(int First, int Layer)
    {
        public IReadOnlyList<string> Names(ModelSpec spec) => Inputs(spec).Select(i => i[ItemFlags.Name]).ToList();

        /// <summary>Whether there are as many as the layer has states, each as wide, and all have names.</summary>
        public bool Fit(ModelSpec spec)
        {
            ItemSpec item = spec.Items[Layer];
            Layer layer = LayerRegistry.Of(item)!;
            return Layer - First == layer.StateCount
                && Inputs(spec).Select((input, s) => input[ItemFlags.Name].Length > 0 && input[InputItem.Features] == layer.StateWidth(item, s)).All(fits => fits);
        }

        private IEnumerable<ItemSpec> Inputs(ModelSpec spec) => spec.Items.Skip(First).Take(Layer - First);
    }
}
