using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using GenRnn.Compiler.Interop;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>How a layer stands in its model: what a configuration alone does not say.</summary>
/// <param name="Name">Its name in the declaration, where another layer refers to it; else empty.</param>
/// <param name="InitialState">Names of what its states start from.</param>
/// <param name="ReturnsState">Whether its states are outputs of the model.</param>
internal sealed record LayerUse(string Name, IReadOnlyList<string> InitialState, bool ReturnsState)
{
    public static LayerUse Plain { get; } = new("", [], false);
}

/// <summary>A layer of a Keras model with the wrappers around it, by the importer's table (<see cref="KerasWrappers"/>); the cells that Keras has besides are read here.</summary>
/// <param name="Item">The item that it becomes.</param>
internal sealed record WrappedLayer(ItemSpec Item)
{
    /// <summary>Cells of one's own that the layer runs.</summary>
    public IReadOnlyList<CellText> Cells { get; init; } = [];

    /// <summary>Number of states of the whole.</summary>
    public int States { get; init; }

    /// <exception cref="NotSupportedCaseException">Gen does not have the layer, or a flag of it, by name.</exception>
    public static WrappedLayer Of(string layerClass, JsonElement config)
    {
        if (layerClass == "RNN")
            return Rnn(config);
        ItemSpec item = Read(layerClass, config);
        return new WrappedLayer(item) { States = LayerRegistry.Of(item)!.StateCount };
    }

    /// <summary>The parts of a cell in a class of one's own, and how many states they have.</summary>
    public static (int States, IEnumerable<AttributeText> Parts) CellOf(string cellClass, JsonElement config)
    {
        if (cellClass == "LNSimpleRNNCell")
        {
            // A custom cell of the goldens; their README says what it is made of.
            return (1, new[]
            {
                new AttributeText("SimpleRnnCell", [config.GetProperty("units").GetRawText(), "Activation = Activation.Linear"]), new AttributeText("LayerNormalization", []),
                new AttributeText("Activation", ["Activation.Tanh"]),
            });
        }

        ItemSpec layer = Read(cellClass[..^LayerRegistry.CellSuffix.Length], config);
        return (LayerRegistry.Find(layer.Kind)!.StateCount, Texts(layer with { Kind = layer.Kind + LayerRegistry.CellSuffix }));
    }

    /// <summary><c>hard_sigmoid</c> -> <c>Activation.HardSigmoid</c>.</summary>
    public static string ActivationOf(string keras) =>
        "Activation." + Read("Activation", JsonSerializer.SerializeToElement(new JsonObject { ["activation"] = keras })).GetText("Function");

    /// <summary>The layer's attribute with its modifiers before it.</summary>
    public IEnumerable<AttributeText> Declare(LayerUse use)
    {
        var flags = new List<FlagSpec>();
        if (use.ReturnsState)
            flags.Add(new FlagSpec("ReturnState", FlagValue.Of(true)));
        if (use.Name.Length > 0)
            flags.Add(new FlagSpec("Name", FlagValue.Of(use.Name)));
        IEnumerable<AttributeText> texts = Texts(Item with { Flags = Item.Flags.Concat(flags).ToEquatableArray() });
        return use.InitialState.Count == 0 ? texts : texts.Prepend(new AttributeText("InitialState", use.InitialState.Select(name => $"\"{name}\"").ToArray()));
    }

    private static ItemSpec Read(string layerClass, JsonElement config)
    {
        try
        {
            // What the importer leaves aside would be another training.
            ImportedLayer layer = KerasWrappers.Read(KerasVersion.Keras3, layerClass, KerasJson.Read(WithoutType(config)));
            // An axis that is counted from the batch is one of a sequence here.
            return layer.Aside.Count == 0 ? layer.OverAxis(2).Item : throw new NotSupportedCaseException(layer.Aside[0]);
        }
        catch (ForeignModelException missing)
        {
            throw new NotSupportedCaseException(missing.Message);
        }
    }

    /// <summary>Goldens are computed in float64, and run in either type.</summary>
    private static JsonElement WithoutType(JsonElement config)
    {
        JsonObject plain = JsonObject.Create(config)!;
        plain.Remove("dtype");
        foreach (string key in new[] { "layer", "backward_layer" })
        {
            if (plain[key]?["config"] is JsonObject inner)
                inner.Remove("dtype");
        }

        return JsonSerializer.SerializeToElement(plain);
    }

    /// <summary>A layer that runs cells: each becomes a class, called after what it is made of.</summary>
    private static WrappedLayer Rnn(JsonElement config)
    {
        JsonElement cell = config.GetProperty("cell");
        JsonElement[] cells = cell.GetProperty("class_name").ValueEquals("StackedRNNCells") ? [.. cell.GetProperty("config").GetProperty("cells").EnumerateArray()] : [cell];
        (int States, CellText Text)[] texts = cells.Select(Cell).ToArray();
        JsonObject layer = JsonObject.Create(config)!;
        layer.Remove("cell");
        // The flags that every layer over time has are those of a SimpleRNN.
        layer.Add("units", 1);
        ItemSpec item = Read("SimpleRNN", JsonSerializer.SerializeToElement(layer));
        IEnumerable<FlagSpec> flags = item.Flags.Where(f => f.Name != "Units").Prepend(new FlagSpec(CellJoin.Flag, FlagValue.Of(texts.Select(t => t.Text.Name))));
        return new WrappedLayer(new ItemSpec("Rnn", flags.ToEquatableArray(), default)) { Cells = texts.Select(t => t.Text).ToArray(), States = texts.Sum(t => t.States) };
    }

    private static (int States, CellText Text) Cell(JsonElement cell)
    {
        (int states, IEnumerable<AttributeText> parts) = CellOf(cell.GetProperty("class_name").GetString()!, cell.GetProperty("config"));
        AttributeText[] texts = parts.ToArray();
        return (states, new CellText(string.Concat(string.Concat(texts.Select(p => p.ToString())).Where(char.IsLetterOrDigit)), texts));
    }

    private static IEnumerable<AttributeText> Texts(ItemSpec item) => DeclarationPrinter.Lines(item).Select(line => new AttributeText(line[1..^1], []));
}
