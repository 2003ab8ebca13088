using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Interop;

/// <summary>A layer as a model lists it.</summary>
/// <param name="Class">Keras' class.</param>
/// <param name="Name">Its name.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Entry">What stands around the configuration: nodes, shapes.</param>
internal sealed record KerasEntry(string Class, string Name, KerasValue Config, KerasValue Entry)
{
    public bool IsInput => Class == "InputLayer";
}

/// <summary>The layers of a model that is a chain, whether it was written as a Sequential or as a functional model.</summary>
internal static class KerasGraph
{
    /// <summary>The layers in order, the input's first if there is one.</summary>
    /// <exception cref="ForeignModelException">The model is no chain.</exception>
    public static IReadOnlyList<KerasEntry> ChainOf(KerasValue model)
    {
        string modelClass = model["class_name"]?.Text ?? "";
        KerasValue config = model["config"] ?? throw new ForeignModelException("the configuration has no 'config'");
        if (modelClass is not ("Sequential" or "Model" or "Functional"))
            throw new ForeignModelException("a model of the class " + (modelClass.Length == 0 ? "(none)" : modelClass) + ": its layers stand in Python code, not in the file");
        KerasValue list = config.Kind == KerasValueKind.List ? config : config["layers"] ?? KerasValue.Null;
        List<KerasEntry> layers = list.Items.Select(EntryOf).ToList();
        if (layers.All(l => l.IsInput))
            throw new ForeignModelException("the configuration lists no layers");
        if (modelClass != "Sequential")
            RequireChain(config, layers);
        return layers;
    }

    private static KerasEntry EntryOf(KerasValue entry)
    {
        KerasValue config = entry["config"] ?? KerasValue.Null;
        string layerClass = entry["class_name"]?.Text ?? "";
        string name = config["name"]?.Text ?? entry["name"]?.Text ?? layerClass;
        if (entry["module"]?.Text.StartsWith("keras.src.ops", System.StringComparison.Ordinal) == true)
            throw new ForeignModelException("'" + name + "', an operation between the layers (" + layerClass + ")");
        return new KerasEntry(layerClass, name, config, entry);
    }

    /// <summary>Each layer must read the one before it, and nothing else.</summary>
    private static void RequireChain(KerasValue config, List<KerasEntry> layers)
    {
        List<KerasEntry> inputs = layers.Where(l => l.IsInput).ToList();
        if (inputs.Count != 1)
            throw new ForeignModelException(inputs.Count + " inputs (" + string.Join(", ", inputs.Select(i => "'" + i.Name + "'")) + "); a chain of layers has one");
        // Lists stand in the order of the weights, so the input comes first and the others in the order of the chain.
        layers.RemoveAll(l => l.IsInput);
        layers.Insert(0, inputs[0]);
        for (int i = 1; i < layers.Count; i++)
        {
            KerasEntry layer = layers[i];
            KerasValue nodes = NodesOf(layer);
            if (nodes.Items.Count > 1)
                throw new ForeignModelException("the layer '" + layer.Name + "' is called " + nodes.Items.Count + " times: shared weights");
            List<(string Layer, int Tensor)> reads = ReferencesIn(nodes).ToList();
            if (reads.Count != 1 || reads[0] != (layers[i - 1].Name, 0))
            {
                throw new ForeignModelException("the layer '" + layer.Name + "' of the class " + layer.Class + " reads " + Describe(reads) + " where a chain has '" + layers[i - 1].Name
                    + "': a network that branches");
            }
        }

        List<(string Layer, int Tensor)> outputs = ReferencesIn(config["output_layers"] ?? KerasValue.Null).ToList();
        if (outputs.Count != 1 || outputs[0] != (layers[layers.Count - 1].Name, 0))
            throw new ForeignModelException("the outputs are " + Describe(outputs) + "; a chain of layers has the last layer's, '" + layers[layers.Count - 1].Name + "'");
    }

    private static KerasValue NodesOf(KerasEntry layer) => layer.Entry["inbound_nodes"] ?? KerasValue.Null;

    private static string Describe(List<(string Layer, int Tensor)> references) => references.Count == 0
        ? "nothing"
        : string.Join(", ", references.Select(r => "'" + r.Layer + "'" + (r.Tensor == 0 ? "" : " (its state " + r.Tensor + ")")));

    /// <summary>What a value refers to: Keras 3 says it in objects of their own, earlier versions in lists [layer, node, tensor, arguments].</summary>
    private static IEnumerable<(string Layer, int Tensor)> ReferencesIn(KerasValue value)
    {
        if (value["class_name"]?.Text == "__keras_tensor__")
            value = value["config"]?["keras_history"] ?? KerasValue.Null;
        if (value.Items.Count >= 3 && value.Items[0].Kind == KerasValueKind.Text && value.Items[1].Kind == KerasValueKind.Number && value.Items[2].Kind == KerasValueKind.Number)
        {
            yield return (value.Items[0].Text, (int)value.Items[2].Number);
            foreach ((string, int) inside in value.Items.Skip(3).SelectMany(ReferencesIn))
                yield return inside;
            yield break;
        }

        foreach ((string, int) inside in value.Items.Concat(value.Members.Select(m => m.Value)).SelectMany(ReferencesIn))
            yield return inside;
    }
}
