using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;

namespace GenRnn.Compiler.Tests.Interpreting;

/// <summary>A file of Keras' numbers and its model as a spec, as far as plain chains of layers go. (The end-to-end tests read the rest.)</summary>
internal sealed class KerasGolden
{
    private static readonly string[] KnownClasses = ["InputLayer", "SimpleRNN", "LSTM", "GRU", "Dense", "Activation"];

    private readonly JsonElement _json;

    private KerasGolden(JsonElement json) => _json = json;

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Goldens");

    public string Kind => _json.GetProperty("kind").GetString()!;

    public bool IsChainOfKnownLayers => _json.TryGetProperty("config", out JsonElement config)
        && config.GetProperty("config").GetProperty("layers").EnumerateArray().All(l => KnownClasses.Contains(ClassOf(l)));

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static KerasGolden Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));
        return new KerasGolden(document.RootElement.Clone());
    }

    /// <summary>A tensor, or all of a list of tensors packed one after the other.</summary>
    public float[] Values(string key) => Values(_json.GetProperty(key));

    /// <summary>Tensors of a list, one by one.</summary>
    public float[][] List(string key) => _json.GetProperty(key).EnumerateArray().Select(Values).ToArray();

    /// <summary>Rows of the batch.</summary>
    public int Rows
    {
        get
        {
            JsonElement x = _json.GetProperty("x");
            return (x.ValueKind == JsonValueKind.Array ? x[0] : x).GetProperty("shape")[0].GetInt32();
        }
    }

    /// <summary>The model of a "model" or "stateful" file.</summary>
    public ModelSpec ModelSpec()
    {
        ModelBuilder builder = new("Golden");
        foreach (JsonElement layer in _json.GetProperty("config").GetProperty("config").GetProperty("layers").EnumerateArray())
        {
            JsonElement config = layer.GetProperty("config");
            if (ClassOf(layer) == "InputLayer")
                AddInput(builder, config.GetProperty("batch_shape"));
            else
                AddLayer(builder, ClassOf(layer), config);
        }

        return builder.Build();
    }

    /// <summary>The model of an "initial_state" file: the sequence, then the states.</summary>
    public ModelSpec InitialStateSpec()
    {
        JsonElement shape = _json.GetProperty("x").GetProperty("shape");
        JsonElement config = _json.GetProperty("layer");
        ModelBuilder builder = new ModelBuilder("Golden")
            .Sequence(shape[1].GetInt32(), shape[2].GetInt32(), ("Name", "Series"))
            .Vector(config.GetProperty("units").GetInt32(), ("Name", "H0"));
        bool hasMemory = _json.GetProperty("initial_state").GetArrayLength() == 2;
        if (hasMemory)
            builder.Vector(config.GetProperty("units").GetInt32(), ("Name", "C0"));
        builder.InitialState(hasMemory ? ["H0", "C0"] : ["H0"]);
        AddLayer(builder, _json.GetProperty("class").GetString()!, config);
        return builder.Build();
    }

    private static void AddInput(ModelBuilder builder, JsonElement batchShape)
    {
        if (batchShape.GetArrayLength() == 3)
            builder.Sequence(batchShape[1].GetInt32(), batchShape[2].GetInt32(), ("Batch", batchShape[0].GetInt32()));
        else
            builder.Vector(batchShape[1].GetInt32(), ("Batch", batchShape[0].GetInt32()));
    }

    private static void AddLayer(ModelBuilder builder, string layerClass, JsonElement config)
    {
        string activation = Activation(config.GetProperty("activation"));
        if (layerClass == "Activation")
        {
            builder.Activation(activation);
            return;
        }

        int units = config.GetProperty("units").GetInt32();
        (string, object)[] flags = [("Activation", activation), ("UseBias", config.GetProperty("use_bias").GetBoolean())];
        if (layerClass == "Dense")
        {
            builder.Dense(units, flags);
            return;
        }

        builder.Item(layerClass switch { "SimpleRNN" => "SimpleRnn", "LSTM" => "Lstm", _ => "Gru" },
        [
            ("Units", units),
            .. flags,
            .. layerClass == "SimpleRNN" ? [] : new (string, object)[] { ("RecurrentActivation", Activation(config.GetProperty("recurrent_activation"))) },
            .. layerClass == "GRU" ? new (string, object)[] { ("ResetAfter", config.GetProperty("reset_after").GetBoolean()) } : [],
            ("ReturnSequences", config.GetProperty("return_sequences").GetBoolean()),
            ("ReturnState", config.GetProperty("return_state").GetBoolean()),
            ("GoBackwards", config.GetProperty("go_backwards").GetBoolean()),
            ("Stateful", config.GetProperty("stateful").GetBoolean()),
        ]);
    }

    private static string Activation(JsonElement name) =>
        string.Concat(name.GetString()!.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static string ClassOf(JsonElement layer) => layer.GetProperty("class_name").GetString()!;

    private static float[] Values(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? json.EnumerateArray().SelectMany(Values).ToArray()
        : MemoryMarshal.Cast<byte, float>(json.GetProperty("f32").GetBytesFromBase64()).ToArray();
}
