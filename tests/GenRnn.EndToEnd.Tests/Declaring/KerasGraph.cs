using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>Output <paramref name="Index"/> of a layer.</summary>
internal readonly record struct KerasTensor(string Layer, int Index);

/// <summary>A layer of a graph with what it reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">Its class.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Inputs">What it is called with, in order.</param>
/// <param name="InitialState">What its states start from.</param>
internal sealed record KerasNode(string Name, string Class, JsonElement Config, IReadOnlyList<KerasTensor> Inputs, IReadOnlyList<KerasTensor> InitialState)
{
    /// <summary>The only thing that it is called with, or the first.</summary>
    public KerasTensor Input => Inputs[0];

    /// <summary>Number of axes of each input, rows included; empty if the configuration does not say.</summary>
    public IReadOnlyList<int> InputRanks { get; init; } = [];

    /// <summary>Whether output 1 is the same tensor as output 0: the state of a layer that returns its last step.</summary>
    public bool StateIsOutput => Config.TryGetProperty("return_sequences", out JsonElement sequences) && sequences.ValueKind == JsonValueKind.False;
}

/// <summary>An input layer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape, rows first.</param>
internal sealed record KerasInput(string Name, int[] Shape)
{
    public int Rows => Shape[0];

    public int TimeSteps => Shape.Length == 3 ? Shape[1] : 0;

    public int Features => Shape[^1];
}

/// <summary>A Keras model, Sequential or Functional, as one form.</summary>
internal sealed record KerasGraph(IReadOnlyList<KerasInput> Inputs, IReadOnlyList<KerasNode> Nodes, IReadOnlyList<KerasTensor> Outputs)
{
    /// <summary>Reads what <c>to_json</c> wrote.</summary>
    public static KerasGraph Read(JsonElement model)
    {
        JsonElement config = model.GetProperty("config");
        JsonElement[] layers = config.GetProperty("layers").EnumerateArray().ToArray();
        return model.GetProperty("class_name").GetString() switch
        {
            "Sequential" => ReadSequential(layers),
            "Functional" => ReadFunctional(layers, config),
            { } other => throw new NotSupportedCaseException($"the model class {other}"),
            null => throw new NotSupportedCaseException("a model without a class"),
        };
    }

    private static KerasGraph ReadSequential(JsonElement[] layers)
    {
        KerasInput input = ReadInput(layers[0]);
        var nodes = new List<KerasNode>();
        string last = input.Name;
        foreach (JsonElement layer in layers.Skip(1))
        {
            string name = layer.GetProperty("config").GetProperty("name").GetString()!;
            nodes.Add(new KerasNode(name, ClassOf(layer), layer.GetProperty("config"), [new KerasTensor(last, 0)], []));
            last = name;
        }

        return new KerasGraph([input], nodes, [new KerasTensor(last, 0)]);
    }

    private static KerasGraph ReadFunctional(JsonElement[] layers, JsonElement config)
    {
        HashSet<string> masks = MaskOperations(layers);
        KerasNode[] nodes = layers.Where(l => ClassOf(l) != "InputLayer" && !masks.Contains(NameOf(l))).Select(l => ReadNode(l, masks)).ToArray();
        Dictionary<string, KerasInput> inputs = layers.Where(l => ClassOf(l) == "InputLayer").Select(ReadInput).ToDictionary(i => i.Name);
        return new KerasGraph(
            References(config.GetProperty("input_layers")).Select(t => inputs[t.Layer]).ToArray(),
            nodes,
            References(config.GetProperty("output_layers")).ToArray());
    }

    private static KerasInput ReadInput(JsonElement layer)
    {
        if (ClassOf(layer) != "InputLayer")
            throw new NotSupportedCaseException("a model without an InputLayer");
        JsonElement config = layer.GetProperty("config");
        foreach (string flag in new[] { "sparse", "ragged", "optional" })
        {
            if (config.TryGetProperty(flag, out JsonElement value) && value.ValueKind == JsonValueKind.True)
                throw new NotSupportedCaseException($"the flag InputLayer.{flag} = true");
        }

        int[] shape = config.GetProperty("batch_shape").EnumerateArray()
            // Any number of rows is no unknown size.
            .Select((d, axis) => d.ValueKind == JsonValueKind.Number ? d.GetInt32() : axis == 0 ? 0 : throw new NotSupportedCaseException("an input of unknown size"))
            .ToArray();
        if (shape.Length is not (2 or 3))
            throw new NotSupportedCaseException($"an input of rank {shape.Length}");
        return new KerasInput(config.GetProperty("name").GetString()!, shape);
    }

    private static KerasNode ReadNode(JsonElement layer, HashSet<string> masks)
    {
        string name = NameOf(layer);
        JsonElement[] calls = layer.GetProperty("inbound_nodes").EnumerateArray().ToArray();
        if (calls.Length != 1)
            throw new NotSupportedCaseException($"the layer {name} called {calls.Length} times");
        JsonElement[] arguments = calls[0].GetProperty("args").EnumerateArray().ToArray();
        if (arguments.Length != 1)
            throw new NotSupportedCaseException($"the layer {name} called with {arguments.Length} arguments");
        JsonElement[] inputs = arguments[0].ValueKind == JsonValueKind.Array ? [.. arguments[0].EnumerateArray()] : arguments;
        KerasTensor[] initialState = [];
        foreach (JsonProperty option in calls[0].GetProperty("kwargs").EnumerateObject())
        {
            if (option.Name == "initial_state" && option.Value.ValueKind != JsonValueKind.Null)
                initialState = option.Value.ValueKind == JsonValueKind.Array ? option.Value.EnumerateArray().Select(Tensor).ToArray() : [Tensor(option.Value)];
            else if (option.Name == "mask" && TensorsIn(option.Value).All(t => masks.Contains(t.Layer)))
                continue;
            else if (option.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                throw new NotSupportedCaseException($"the call option {option.Name} of the layer {name}");
        }

        return new KerasNode(name, ClassOf(layer), layer.GetProperty("config"), [.. inputs.Select(Tensor)], initialState)
        {
            InputRanks = [.. inputs.Select(i => i.GetProperty("config").GetProperty("shape").GetArrayLength())],
        };
    }

    /// <summary>
    /// Layers that Keras writes for the masks that it implies: they stand for what a mask is by the layers in front. (The case's numbers say whether it is that mask.)
    /// </summary>
    private static HashSet<string> MaskOperations(JsonElement[] layers)
    {
        string[] classes = ["NotEqual", "Any", "ExpandDims", "LogicalOr", "ZerosLike", "OnesLike", "ConvertToTensor"];
        var masks = new HashSet<string>();
        // Keras lists a layer behind those that it reads.
        foreach (JsonElement layer in layers)
        {
            bool mergesMasks = ClassOf(layer) == "Concatenate" && layer.GetProperty("inbound_nodes").EnumerateArray().SelectMany(n => TensorsIn(n.GetProperty("args"))).All(t => masks.Contains(t.Layer));
            if (mergesMasks || classes.Contains(ClassOf(layer)))
                masks.Add(NameOf(layer));
        }

        return masks;
    }

    private static IEnumerable<KerasTensor> TensorsIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(TensorsIn),
        JsonValueKind.Object => [Tensor(json)],
        _ => [],
    };

    private static string NameOf(JsonElement layer) => layer.GetProperty("name").GetString()!;

    private static KerasTensor Tensor(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("class_name", out JsonElement name) || !name.ValueEquals("__keras_tensor__"))
            throw new NotSupportedCaseException("a call with several tensors or a constant");
        JsonElement history = json.GetProperty("config").GetProperty("keras_history");
        return new KerasTensor(history[0].GetString()!, history[2].GetInt32());
    }

    /// <summary>One reference <c>["name", node, index]</c>, or a list of them.</summary>
    private static IEnumerable<KerasTensor> References(JsonElement json) => json[0].ValueKind == JsonValueKind.String
        ? [new KerasTensor(json[0].GetString()!, json[2].GetInt32())]
        : json.EnumerateArray().Select(r => new KerasTensor(r[0].GetString()!, r[2].GetInt32()));

    private static string ClassOf(JsonElement layer) => layer.GetProperty("class_name").GetString()!;
}
