using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading;

/// <summary>A Keras model as its files have it: configuration, version, weights.</summary>
/// <param name="Configuration">The configuration of the whole model.</param>
/// <param name="Version">The dialect that wrote it.</param>
/// <param name="Origin">What it is, for people: <c>Keras 2.15.0, Sequential 'sequential'</c>.</param>
/// <param name="Weights">The file of its weights.</param>
/// <param name="Aside">What else is in the file.</param>
internal sealed record KerasSource(KerasValue Configuration, KerasVersion Version, string Origin, ReadOnlyMemory<byte> Weights, IReadOnlyList<string> Aside)
{
    private const string MetadataEntry = "metadata.json";
    private const string VersionKey = "keras_version";

    /// <summary>Opens a model. What a file is, its content decides.</summary>
    /// <param name="path">The model, or its configuration.</param>
    /// <param name="weightsPath">The weights, for a configuration; else null.</param>
    /// <exception cref="InvalidDataException">It is no Keras model, or damaged.</exception>
    public static KerasSource Open(string path, string? weightsPath)
    {
        ReadOnlyMemory<byte> data = ReadFile(path);
        if (IsJson(data.Span))
        {
            ReadOnlyMemory<byte> weights = weightsPath is null
                ? throw new InvalidDataException("It is a configuration without weights: say where they are with --weights FILE.")
                : ReadFile(weightsPath);
            if (!ForeignWeights.Knows(weights.Span[..Math.Min(8, weights.Length)]))
                throw new InvalidDataException($"'{weightsPath}' is no file of weights that is read (.weights.h5, .h5, .npz).");
            KerasValue configuration = JsonConfiguration.Parse(data, "the file");
            return Of(configuration, configuration[VersionKey]?.Text ?? VersionIn(weights) ?? "", weights, []);
        }

        if (weightsPath is not null)
            throw new InvalidDataException("It has weights of its own, or is no configuration: --weights goes with a config.json.");
        if (StoredZip.IsOne(data.Span) && StoredZip.Open(data) is var zip && KerasContainer.IsOne(zip))
        {
            string version = zip.TryGet(MetadataEntry, out ReadOnlyMemory<byte> metadata) ? JsonConfiguration.Parse(metadata, MetadataEntry)[VersionKey]?.Text ?? "" : "";
            KerasContainer container = KerasContainer.Open(zip);
            return Of(JsonConfiguration.Parse(container.Configuration, "config.json"), version, data, AsideOf(container.Root));
        }

        if (Hdf5File.IsOne(data.Span))
        {
            KerasContainer container = KerasContainer.Open(data);
            if (container.Configuration.IsEmpty)
                throw new InvalidDataException("It holds weights without a configuration: import the configuration (model.to_json() in a file) with --weights and this file.");
            return Of(JsonConfiguration.Parse(container.Configuration, "'model_config'"), VersionOf(container.Root) ?? "", data, AsideOf(container.Root));
        }

        throw new InvalidDataException(Stranger(data.Span));
    }

    /// <summary>Opens a model that has its configuration and its weights in one file; null for any other file.</summary>
    public static KerasSource? TryOpen(string path)
    {
        ReadOnlyMemory<byte> data = ReadFile(path);
        bool isModel = StoredZip.IsOne(data.Span)
            ? KerasContainer.IsOne(StoredZip.Open(data))
            : Hdf5File.IsOne(data.Span) && !KerasContainer.Open(data).Configuration.IsEmpty;
        return isModel ? Open(path, null) : null;
    }

    /// <summary>A whole file, which must have a length that an array can have.</summary>
    public static ReadOnlyMemory<byte> ReadFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (!stream.CanSeek)
            throw new IOException($"'{path}' has no length: a pipe or a device is not read.");
        if (stream.Length > Array.MaxLength)
            throw new IOException($"'{path}' has {stream.Length} bytes; at most {Array.MaxLength} are read.");
        byte[] data = new byte[stream.Length];
        stream.ReadExactly(data);
        return data;
    }

    /// <summary>What a file is that is no Keras model, and what to do instead.</summary>
    private static string Stranger(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> start = data[..Math.Min(8, data.Length)];
        if (StoredZip.IsOne(data) || TorchArchive.IsOldForm(data))
            return "It is a file of PyTorch's or of NumPy's, which has weights and no network: declare the model, and load the file with its Load.";
        return data.Length > sizeof(ulong) && data[sizeof(ulong)] == (byte)'{'
            ? "It is a safetensors file, which has weights and no network: declare the model, and load the file with its Load."
            : $"It is no Keras model{(FileKind.Describe(start) is { } kind ? "; it looks like " + kind : "")}.";
    }

    /// <summary>Whether the first letter that is no space opens an object.</summary>
    private static bool IsJson(ReadOnlySpan<byte> data) => data.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private static KerasSource Of(KerasValue configuration, string version, ReadOnlyMemory<byte> weights, IReadOnlyList<string> aside)
    {
        KerasVersion dialect = version.Length == 0 ? Guess(configuration) : version[0] switch
        {
            '1' or '0' => KerasVersion.Keras1,
            '2' => KerasVersion.Keras2,
            '3' => KerasVersion.Keras3,
            _ => throw new InvalidDataException($"It was written by Keras '{ForeignText.Quote(version)}'; versions 1 to 3 are known."),
        };
        string origin = (version.Length == 0 ? $"Keras {(int)dialect}" : "Keras " + version) + ", " + (configuration["class_name"]?.Text ?? "no class")
            + (configuration["config"]?["name"]?.Text is { Length: > 0 } name ? " '" + name + "'" : "");
        if (configuration["compile_config"] is { Members.Count: > 0 } compiled)
        {
            aside = [.. aside, .. new[] { "optimizer", "loss", "metrics" }.Where(key => compiled[key] is { IsNull: false }).Select(key => $"the model's {key} {compiled[key]}")];
        }

        return new KerasSource(configuration, dialect, origin, weights, aside);
    }

    /// <summary>The version where no file says it: Keras 1 did not, and later ones say their own words.</summary>
    private static KerasVersion Guess(KerasValue configuration) =>
        configuration["module"] is not null ? KerasVersion.Keras3 : Holds(configuration, "kernel_initializer") || Holds(configuration, "embeddings_initializer") ? KerasVersion.Keras2 : KerasVersion.Keras1;

    private static bool Holds(KerasValue value, string key) => value[key] is not null || value.Items.Concat(value.Members.Select(m => m.Value)).Any(v => Holds(v, key));

    private static string? VersionIn(ReadOnlyMemory<byte> weights) => Hdf5File.IsOne(weights.Span) ? VersionOf(KerasContainer.Open(weights).Root) : null;

    private static string? VersionOf(Hdf5Object root) => root.Attributes.TryGetValue(VersionKey, out Hdf5Value? version) ? string.Concat(version.Texts()) : null;

    private static List<string> AsideOf(Hdf5Object root)
    {
        var aside = new List<string>();
        if (root.Members.ContainsKey("optimizer_weights") || root.Members.TryGetValue("optimizer", out Hdf5Object? optimizer) && optimizer.Members.Count > 0)
            aside.Add("the optimiser's state");
        if (root.Attributes.TryGetValue("training_config", out Hdf5Value? training))
        {
            KerasValue config = JsonConfiguration.Parse(Encoding.UTF8.GetBytes(string.Concat(training.Texts())), "'training_config'");
            foreach ((string key, string word) in new[] { ("optimizer_config", "optimizer"), ("loss", "loss") })
            {
                if (config[key] is { IsNull: false } value)
                    aside.Add($"the model's {word} {value}");
            }
        }

        return aside;
    }
}
