using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>A Keras model as a declaration, with the way between its inputs and outputs and the declaration's.</summary>
/// <param name="Declaration">The declaration.</param>
/// <param name="Inputs">For each declared input, its index among the model's.</param>
/// <param name="Outputs">For each declared output, its index among the model's.</param>
internal sealed record KerasDeclaration(Declaration Declaration, int[] Inputs, int[] Outputs)
{
    /// <summary>
    /// Turns a graph into branches: chains of layers behind an input, the one with the main output last. A graph with merges, with layers that several read or with several outputs is
    /// declared node by node.
    /// </summary>
    public static KerasDeclaration Of(KerasGraph graph)
    {
        if (KerasNodes.HasBranches(graph))
            return KerasNodes.Declare(graph);
        List<(KerasInput Input, List<KerasNode> Nodes)> chains = Chains(graph, out List<KerasInput> stateInputs);
        // Weights are listed layer by layer.
        if (!chains.SelectMany(c => c.Nodes).SequenceEqual(graph.Nodes))
            throw new NotSupportedCaseException("branches whose layers are interleaved");
        var declaredOutputs = new List<KerasTensor> { new(chains[^1].Nodes[^1].Name, 0) };
        HashSet<string> referred = graph.Nodes.SelectMany(n => n.InitialState).Select(t => t.Layer).ToHashSet();

        var branches = new List<Branch>();
        var cells = new List<CellText>();
        foreach ((KerasInput input, List<KerasNode> nodes) in chains)
        {
            var items = new List<AttributeText>();
            foreach (KerasNode node in nodes)
            {
                WrappedLayer layer = WrappedLayer.Of(node.Class, node.Config);
                KerasTensor[] states = Enumerable.Range(1, layer.States).Select(i => new KerasTensor(node.Name, i)).ToArray();
                bool returnsState = states.Any(graph.Outputs.Contains);
                if (returnsState)
                    declaredOutputs.AddRange(states);
                cells.AddRange(layer.Cells);
                items.AddRange(layer.Declare(new LayerUse(
                    referred.Contains(node.Name) ? Identifier(node.Name) : "", StateSources(node, layer, graph), returnsState)));
            }

            bool isMain = branches.Count == chains.Count - 1;
            branches.Add(new Branch(Text(input, branches.Count > 0, nodes[0].Class == "Embedding"), isMain ? stateInputs.Select(i => Text(i, true)).ToArray() : [], items));
        }

        List<KerasTensor> outputs = graph.Outputs.ToList();
        if (outputs.Count != declaredOutputs.Count || outputs.Except(declaredOutputs).Any())
            throw new NotSupportedCaseException($"the outputs {string.Join(", ", outputs.Select(t => $"{t.Layer}:{t.Index}"))}");
        return new KerasDeclaration(
            new Declaration(branches) { Cells = cells },
            chains.Select(c => c.Input).Concat(stateInputs).Select(i => graph.Inputs.ToList().IndexOf(i)).ToArray(),
            declaredOutputs.Select(t => outputs.IndexOf(t)).ToArray());
    }

    private static List<(KerasInput Input, List<KerasNode> Nodes)> Chains(KerasGraph graph, out List<KerasInput> stateInputs)
    {
        // An input that no layer reads as its sequence only starts states.
        stateInputs = graph.Inputs.Where(i => graph.Nodes.All(n => n.Input.Layer != i.Name)).ToList();
        var chains = new List<(KerasInput Input, List<KerasNode> Nodes)>();
        foreach (KerasInput input in graph.Inputs.Except(stateInputs))
        {
            var nodes = new List<KerasNode>();
            for (KerasNode? next = Consumer(input.Name); next is not null; next = Consumer(next.Name))
                nodes.Add(next);
            chains.Add((input, nodes));
        }

        int main = chains.FindIndex(c => c.Nodes[^1].Name == graph.Outputs[0].Layer);
        if (main < 0 || chains.Sum(c => c.Nodes.Count) != graph.Nodes.Count)
            throw new NotSupportedCaseException("a graph that is not chains of layers with the first output at the end of one");
        (KerasInput, List<KerasNode>) last = chains[main];
        chains.RemoveAt(main);
        chains.Add(last);
        return chains;

        KerasNode? Consumer(string name)
        {
            KerasNode[] consumers = graph.Nodes.Where(n => n.Input.Layer == name).ToArray();
            if (consumers.Length > 1)
                throw new NotSupportedCaseException($"{consumers.Length} layers that read {name}");
            if (consumers is [{ Input.Index: > 0 } reader] && !(reader.Input.Index == 1 && graph.Nodes.Single(n => n.Name == name).StateIsOutput))
                throw new NotSupportedCaseException($"a layer that reads the state of {name}");
            return consumers.FirstOrDefault();
        }
    }

    /// <summary>The layer whose states, in order, start <paramref name="node"/>; or the inputs, one a state.</summary>
    internal static string[] StateSources(KerasNode node, WrappedLayer layer, KerasGraph graph)
    {
        if (node.InitialState.Count == 0)
            return [];
        if (node.InitialState.Count != layer.States)
            throw new NotSupportedCaseException($"{node.InitialState.Count} initial states of the layer {node.Name}");
        if (node.InitialState.All(t => graph.Inputs.Any(i => i.Name == t.Layer)))
            return node.InitialState.Select(t => Identifier(t.Layer)).ToArray();
        KerasTensor first = node.InitialState[0];
        return node.InitialState.Select((t, i) => t == new KerasTensor(first.Layer, i + 1)).All(same => same)
            ? [Identifier(first.Layer)]
            : throw new NotSupportedCaseException($"the initial states of the layer {node.Name}");
    }

    internal static InputText Text(KerasInput input, bool isNamed, bool isIds = false) =>
        isIds ? new(isNamed ? Identifier(input.Name) : "", input.Features, 0) : new(isNamed ? Identifier(input.Name) : "", input.TimeSteps, input.Features);

    internal static string Identifier(string name) =>
        string.Concat(Regex.Matches(name, "[A-Za-z0-9]+").Select(m => char.ToUpperInvariant(m.Value[0]) + m.Value[1..]));
}
