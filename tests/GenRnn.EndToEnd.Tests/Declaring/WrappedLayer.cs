using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>A layer of a Keras model with the wrappers around it.</summary>
/// <param name="Wrappers">Their attributes, outermost first.</param>
/// <param name="Layer">The layer inside.</param>
/// <param name="Config">The configuration of the layer inside.</param>
/// <param name="States">Number of states of the whole.</param>
internal sealed record WrappedLayer(IReadOnlyList<AttributeText> Wrappers, KerasLayer Layer, JsonElement Config, int States)
{
    /// <summary>Cells of one's own that the layer runs.</summary>
    public IReadOnlyList<CellText> Cells { get; init; } = [];

    public static WrappedLayer Of(string layerClass, JsonElement config) => layerClass switch
    {
        "TimeDistributed" => TimeDistributed(config),
        "Bidirectional" => Bidirectional(config),
        "RNN" => Rnn(config),
        _ => Unwrapped(KerasLayer.Find(layerClass), config),
    };

    public IEnumerable<AttributeText> Declare(LayerUse use) => Wrappers.Concat(Layer.Declare(Config, use));

    private static WrappedLayer Unwrapped(KerasLayer layer, JsonElement config) => new([], layer, config, layer.States);

    /// <summary>A layer that runs cells: each becomes a class, called after what it is made of.</summary>
    private static WrappedLayer Rnn(JsonElement config)
    {
        JsonElement cell = config.GetProperty("cell");
        JsonElement[] cells = cell.GetProperty("class_name").ValueEquals("StackedRNNCells") ? [.. cell.GetProperty("config").GetProperty("cells").EnumerateArray()] : [cell];
        CellText[] texts = cells.Select(Cell).ToArray();
        JsonObject layer = JsonObject.Create(config)!;
        layer.Remove("cell");
        layer.Add("cells", string.Join(", ", texts.Select(c => $"typeof({c.Name})")));
        int states = cells.Sum(c => KerasLayer.FindCell(c.GetProperty("class_name").GetString()!).States);
        return new WrappedLayer([], KerasLayer.Find("RNN"), JsonSerializer.SerializeToElement(layer), states) { Cells = texts };
    }

    private static CellText Cell(JsonElement cell)
    {
        AttributeText[] parts = KerasLayer.FindCell(cell.GetProperty("class_name").GetString()!).Parts(cell.GetProperty("config")).ToArray();
        return new CellText(string.Concat(string.Concat(parts.Select(p => p.ToString())).Where(char.IsLetterOrDigit)), parts);
    }

    private static WrappedLayer TimeDistributed(JsonElement config)
    {
        RefuseUnknown("TimeDistributed", config, "layer");
        WrappedLayer inner = Inside(config, "layer");
        return inner with { Wrappers = [new AttributeText("TimeDistributed", []), .. inner.Wrappers] };
    }

    private static WrappedLayer Bidirectional(JsonElement config)
    {
        RefuseUnknown("Bidirectional", config, "layer", "backward_layer", "merge_mode");
        JsonElement forward = Plain(config, "layer"), backward = Plain(config, "backward_layer");
        if (!JsonElement.DeepEquals(forward, backward))
            throw new NotSupportedCaseException("a Bidirectional of two different layers");
        string mode = config.GetProperty("merge_mode").GetString() ?? throw new NotSupportedCaseException("a Bidirectional that merges nothing");
        WrappedLayer inner = Of(config.GetProperty("layer").GetProperty("class_name").GetString()!, forward);
        return inner with
        {
            Wrappers = [new AttributeText("Bidirectional", mode == "concat" ? [] : [$"MergeMode.{char.ToUpperInvariant(mode[0])}{mode[1..]}"]), .. inner.Wrappers],
            States = 2 * inner.States,
        };
    }

    private static WrappedLayer Inside(JsonElement config, string key) =>
        Of(config.GetProperty(key).GetProperty("class_name").GetString()!, config.GetProperty(key).GetProperty("config"));

    /// <summary>A half's configuration without what the wrapper decides: its name, its direction and zero_output_for_mask.</summary>
    private static JsonElement Plain(JsonElement config, string key)
    {
        JsonObject half = JsonObject.Create(config.GetProperty(key).GetProperty("config"))!;
        bool goesBackwards = half["go_backwards"]!.GetValue<bool>();
        if (goesBackwards != (key == "backward_layer"))
            throw new NotSupportedCaseException("a Bidirectional whose first layer goes backwards");
        foreach (string decided in new[] { "name", "go_backwards", "zero_output_for_mask" })
            half.Remove(decided);
        return JsonSerializer.SerializeToElement(half);
    }

    private static void RefuseUnknown(string wrapper, JsonElement config, params string[] known)
    {
        string[] common = ["name", "dtype", "trainable"];
        if (config.EnumerateObject().FirstOrDefault(p => !known.Contains(p.Name) && !common.Contains(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            throw new NotSupportedCaseException($"the flag {wrapper}.{unknown.Name}");
        if (config.TryGetProperty("trainable", out JsonElement trainable) && trainable.ValueKind != JsonValueKind.True)
            throw new NotSupportedCaseException($"the flag {wrapper}.trainable = false");
    }
}
