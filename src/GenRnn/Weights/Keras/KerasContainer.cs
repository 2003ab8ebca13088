using System;
using System.Collections.Generic;
using System.Text;

namespace GenRnn;

/// <summary>A file of Keras, opened: its weights as HDF5, its configuration if it has one. What the file is called decides nothing.</summary>
/// <param name="Root">The HDF5 root.</param>
/// <param name="Configuration">The model's configuration as JSON; empty for weights alone.</param>
internal sealed record KerasContainer(Hdf5Object Root, ReadOnlyMemory<byte> Configuration)
{
    private const string ConfigurationEntry = "config.json";
    private const string WeightsEntry = "model.weights.h5";

    /// <summary>Whether a zip is one of <c>model.save("x.keras")</c>.</summary>
    public static bool IsOne(StoredZip zip) => zip.Contains(ConfigurationEntry);

    /// <summary>Opens a <c>.keras</c>.</summary>
    public static KerasContainer Open(StoredZip zip)
    {
        zip.TryGet(ConfigurationEntry, out ReadOnlyMemory<byte> configuration);
        if (!zip.TryGet(WeightsEntry, out ReadOnlyMemory<byte> weights))
            throw FileFault.Refused($"a .keras file without '{WeightsEntry}' (weights in several files, or as .npz)");
        return new KerasContainer(Unfolded(Hdf5File.Open(weights)), configuration);
    }

    /// <summary>Opens an HDF5 file: a whole model of Keras 1 to 3, or weights.</summary>
    public static KerasContainer Open(ReadOnlyMemory<byte> data)
    {
        Hdf5Object root = Unfolded(Hdf5File.Open(data));
        bool hasConfiguration = root.Attributes.TryGetValue("model_config", out Hdf5Value? text);
        return new KerasContainer(root, hasConfiguration ? Encoding.UTF8.GetBytes(string.Concat(text!.Texts())) : default);
    }

    /// <summary>Whether layers stand in groups by their names (the old form, whole models and weights), not by their classes.</summary>
    public bool IsByName => Named.Attributes.ContainsKey("layer_names") || Named.Attributes.ContainsKey("layer_names0");

    /// <summary>The group of the layers in the old form.</summary>
    public Hdf5Object Named => Root.Members.TryGetValue("model_weights", out Hdf5Object? group) ? group : Root;

    /// <summary>Keras 2.15 on Windows wrote <c>layers\lstm\cell</c> as the name of one group: what it meant is made of it.</summary>
    private static Hdf5Object Unfolded(Hdf5Object root)
    {
        foreach (string name in new List<string>(root.Members.Keys))
        {
            if (!name.Contains('\\', StringComparison.Ordinal))
                continue;
            Hdf5Object place = root;
            foreach (string part in name.Split('\\'))
            {
                if (!place.Members.TryGetValue(part, out Hdf5Object? member))
                    place.Members.Add(part, member = new Hdf5Object(part, Hdf5File.Undefined));
                place = member;
            }

            root.Members.Remove(name, out Hdf5Object? folded);
            foreach ((string member, Hdf5Object value) in folded!.Members)
            {
                if (!place.Members.TryAdd(member, value))
                    throw FileFault.Damaged($"the group {FileFault.Quote(name)} stands in the file twice");
            }
        }

        return root;
    }
}
