using System;
using System.IO;
using GenRnn.Tool.Reading.Onnx;

namespace GenRnn.Tool.Reading;

/// <summary>Opens networks. What a file is, its content decides, not its name.</summary>
internal static class NetworkSource
{
    /// <summary>Opens a network.</summary>
    /// <param name="path">The model, or its configuration.</param>
    /// <param name="weightsPath">The weights, for a configuration; else null.</param>
    /// <param name="layers">The modules of a PyTorch network as a person writes them; null to find or guess them.</param>
    /// <exception cref="InvalidDataException">It is none, or damaged.</exception>
    public static INetworkSource Open(string path, string? weightsPath, string? layers)
    {
        ReadOnlyMemory<byte> data = ReadFile(path);
        if (IsTorch(data))
        {
            return weightsPath is null
                ? TorchSource.Open(data, layers)
                : throw new InvalidDataException("It has weights of its own: --weights goes with a config.json.");
        }

        if (layers is not null)
            throw new InvalidDataException("It is no file of PyTorch's: --layers goes with one.");
        if (OnnxFile.IsOne(data.Span))
        {
            return weightsPath is null
                ? OnnxSource.Open(data)
                : throw new InvalidDataException("It has weights of its own: --weights goes with a config.json.");
        }

        return KerasSource.Open(data, weightsPath);
    }

    /// <summary>Opens a network that is in one file; null for any other file.</summary>
    public static INetworkSource? TryOpen(string path)
    {
        ReadOnlyMemory<byte> data = ReadFile(path);
        if (IsTorch(data))
            return TorchSource.Open(data, layers: null);
        if (OnnxFile.IsOne(data.Span))
            return OnnxSource.Open(data);
        bool isKeras = StoredZip.IsOne(data.Span)
            ? KerasContainer.IsOne(StoredZip.Open(data))
            : Hdf5File.IsOne(data.Span) && !KerasContainer.Open(data).Configuration.IsEmpty;
        return isKeras ? KerasSource.Open(data, weightsPath: null) : null;
    }

    /// <summary>A whole file, which must have a length that an array can have.</summary>
    /// <exception cref="InvalidDataException">It is a folder, empty, or a pipe or a device, which is not waited for.</exception>
    public static ReadOnlyMemory<byte> ReadFile(string path)
    {
        RegularFile.Require(path);
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > Array.MaxLength)
            throw new IOException($"'{path}' has {stream.Length} bytes; at most {Array.MaxLength} are read.");
        byte[] data = new byte[stream.Length];
        stream.ReadExactly(data);
        return data;
    }

    private static bool IsTorch(ReadOnlyMemory<byte> data) =>
        TorchArchive.IsOldForm(data.Span) || (StoredZip.IsOne(data.Span) ? TorchArchive.IsOne(StoredZip.Open(data)) : SafetensorsFile.IsOne(data.Span) && TorchSource.IsTheirs(SafetensorsFile.Open(data)));
}
