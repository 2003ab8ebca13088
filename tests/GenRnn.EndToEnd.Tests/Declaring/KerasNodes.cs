using System.Collections.Generic;
using System.Linq;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>
/// A Keras graph as a declaration, node by node in the order of its configuration, which is that of its weights: inputs first, then every layer with a Name and all that it reads.
/// </summary>
internal static class KerasNodes
{
    private static readonly string[] s_merges = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"];

    /// <summary>Whether a declaration must say what a layer reads.</summary>
    public static bool HasBranches(KerasGraph graph) =>
        graph.Nodes.Any(n => n.Inputs.Count > 1)
        || graph.Nodes.SelectMany(n => n.Inputs.Distinct()).GroupBy(t => t.Layer).Any(readers => readers.Count() > 1)
        || graph.Outputs.Count(t => t.Index == 0) > 1;

    public static KerasDeclaration Declare(KerasGraph graph)
    {
        List<KerasTensor> heads = [.. graph.Nodes.Select(n => new KerasTensor(n.Name, 0)).Where(graph.Outputs.Contains)];
        if (heads.Count == 0 || heads[^1].Layer != graph.Nodes[^1].Name)
            throw new NotSupportedCaseException("a graph whose last layer is no output");
        var items = new List<AttributeText>();
        var cells = new List<CellText>();
        var states = new List<KerasTensor>();
        foreach (KerasNode node in graph.Nodes)
        {
            WrappedLayer layer = WrappedLayer.Of(node.Class, node.Config);
            KerasTensor[] ofLayer = [.. Enumerable.Range(1, layer.States).Select(i => new KerasTensor(node.Name, i))];
            bool returnsState = ofLayer.Any(graph.Outputs.Contains);
            if (returnsState)
                states.AddRange(ofLayer);
            cells.AddRange(layer.Cells);
            string[] sources = [.. node.Inputs.Select((t, i) => Source(t, node, i, graph, items))];
            items.Add(new AttributeText("From", [.. sources.Select(s => $"\"{s}\"")]));
            if (heads.Count > 1 && heads.Contains(new KerasTensor(node.Name, 0)) && node != graph.Nodes[^1])
                items.Add(new AttributeText("Output", []));
            items.AddRange(layer.Declare(new LayerUse(KerasDeclaration.Identifier(node.Name), KerasDeclaration.StateSources(node, layer, graph), returnsState)));
        }

        List<KerasTensor> declared = [.. heads, .. states], outputs = [.. graph.Outputs];
        if (outputs.Count != declared.Count || outputs.Except(declared).Any())
            throw new NotSupportedCaseException($"the outputs {string.Join(", ", outputs.Select(t => $"{t.Layer}:{t.Index}"))}");
        Branch[] branches = [.. graph.Inputs.Select((input, i) => new Branch(
            KerasDeclaration.Text(input, true, graph.Nodes.Any(n => n.Class == "Embedding" && n.Input.Layer == input.Name)), [], i == graph.Inputs.Count - 1 ? items : []))];
        return new KerasDeclaration(
            new Declaration(branches) { Cells = cells }, [.. Enumerable.Range(0, graph.Inputs.Count)], [.. declared.Select(t => outputs.IndexOf(t))]);
    }

    /// <summary>The name of what a layer reads. Keras makes one step of a vector that it merges with sequences: that is a layer of its own here.</summary>
    private static string Source(KerasTensor tensor, KerasNode node, int input, KerasGraph graph, List<AttributeText> items)
    {
        bool isState = tensor.Index > 0 && !(tensor.Index == 1 && graph.Nodes.Single(n => n.Name == tensor.Layer).StateIsOutput);
        if (isState)
            throw new NotSupportedCaseException($"a layer that reads the state of {tensor.Layer}");
        string name = KerasDeclaration.Identifier(tensor.Layer);
        if (!s_merges.Contains(node.Class) || node.InputRanks[input] != 2 || node.InputRanks.All(rank => rank == 2))
            return name;
        string step = name + "Step" + KerasDeclaration.Identifier(node.Name);
        items.Add(new AttributeText("From", [$"\"{name}\""]));
        items.Add(new AttributeText("RepeatVector", ["1", $"Name = \"{step}\""]));
        return step;
    }
}
