using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>Reads a layer with the wrappers around it.</summary>
public static class KerasWrappers
{
    /// <summary>Reads one layer's configuration.</summary>
    /// <param name="version">The version that wrote it.</param>
    /// <param name="layerClass">Keras' class.</param>
    /// <param name="config">Its configuration.</param>
    /// <exception cref="ForeignModelException">Gen does not have the layer, or one of its flags.</exception>
    public static ImportedLayer Read(KerasVersion version, string layerClass, KerasValue config)
    {
        string name = config["name"]?.Text ?? layerClass;
        bool isDouble = KerasTypes.IsDouble(layerClass, name, config);
        ImportedLayer layer = layerClass switch
        {
            "Bidirectional" => Bidirectional(version, name, config),
            "TimeDistributed" => TimeDistributed(version, name, config),
            _ => Plain(version, layerClass, config),
        };
        return layer with { Name = name, Class = layerClass, IsDouble = isDouble || layer.IsDouble };
    }

    private static ImportedLayer Plain(KerasVersion version, string layerClass, KerasValue config)
    {
        (ItemSpec item, KerasReading reading) = KerasLayers.Read(version, layerClass, config);
        return new ImportedLayer(reading.Name, layerClass, item)
        {
            Aside = reading.Aside,
            Axis = reading.Axis,
        };
    }

    private static ImportedLayer TimeDistributed(KerasVersion version, string name, KerasValue config)
    {
        RefuseUnknown("TimeDistributed", name, config);
        ImportedLayer inner = Inside(version, name, config, "layer");
        if (inner.Axis > 0)
            inner = inner with { Axis = inner.Axis + 1 };
        return inner with { Item = Wrapped(inner.Item, new ModifierSpec("TimeDistributed", default)) };
    }

    private static ImportedLayer Bidirectional(KerasVersion version, string name, KerasValue config)
    {
        RefuseUnknown("Bidirectional", name, config, "merge_mode", "backward_layer", "return_sequences", "return_state", "stateful", "go_backwards", "zero_output_for_mask");
        string mode = config["merge_mode"] is { } merge ? merge.Text : "concat";
        if (mode is not ("concat" or "sum" or "mul" or "ave"))
            throw new ForeignModelException("the layer '" + name + "': Bidirectional.merge_mode = " + config["merge_mode"] + ": two outputs, which a chain of layers does not have");
        KerasValue forward = HalfOf(config, "layer", name, goesBackwards: false);
        ImportedLayer inner = Read(version, config["layer"]!["class_name"]?.Text ?? "", forward);
        EquatableArray<FlagSpec> flags = mode == "concat"
            ? default
            : new[] { new FlagSpec("MergeMode", FlagValue.Of(char.ToUpperInvariant(mode[0]) + mode.Substring(1))) }.ToEquatableArray();
        ImportedLayer layer = inner with { Item = Wrapped(inner.Item, new ModifierSpec("Bidirectional", flags)) };
        if (config["backward_layer"] is not { IsNull: false } backward)
            return layer;
        KerasValue half = HalfOf(config, "backward_layer", name, goesBackwards: true);
        bool isCopy = backward["class_name"]?.Text == config["layer"]!["class_name"]?.Text && half.Without("name", "seed").Says(forward.Without("name", "seed"));
        if (isCopy)
            return layer;
        ImportedLayer other = Read(version, backward["class_name"]?.Text ?? "", half);
        return layer with
        {
            Item = BackwardHalf.Join(layer.Item, other.Item),
            Aside = layer.Aside.Concat(other.Aside).ToList(),
        };
    }

    /// <summary>A half's configuration without what the wrapper decides: its direction, and what masked steps give.</summary>
    private static KerasValue HalfOf(KerasValue config, string key, string name, bool goesBackwards)
    {
        KerasValue half = config[key]?["config"] ?? throw new ForeignModelException("the layer '" + name + "' of the class Bidirectional says no '" + key + "'");
        if (half["go_backwards"] is { } direction && (direction.Number != 0) != goesBackwards)
            throw new ForeignModelException("the layer '" + name + "': a Bidirectional whose " + (goesBackwards ? "backward" : "forward") + " half runs in the other direction");
        return half.Without("go_backwards", "zero_output_for_mask");
    }

    private static ImportedLayer Inside(KerasVersion version, string name, KerasValue config, string key) =>
        Read(version, config[key]?["class_name"]?.Text ?? throw new ForeignModelException("the layer '" + name + "' wraps nothing"), config[key]!["config"] ?? KerasValue.Null);

    private static ItemSpec Wrapped(ItemSpec item, ModifierSpec modifier) => item with { Modifiers = new[] { modifier }.Concat(item.Modifiers).ToEquatableArray() };

    private static void RefuseUnknown(string wrapper, string name, KerasValue config, params string[] known)
    {
        string[] common = { "name", "dtype", "trainable", "layer", "batch_input_shape", "batch_shape", "input_shape", "input_dtype" };
        if (config.Members.FirstOrDefault(m => !m.Value.IsNull && !known.Contains(m.Key) && !common.Contains(m.Key)) is { Key: { } key, Value: { } value })
            throw new ForeignModelException("the layer '" + name + "': " + wrapper + "." + key + " = " + value + ", which Gen does not have");
    }
}
