using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace GenRnn.Tool.Reading;

/// <summary>All tensors of a file, whatever tool wrote it, under the names that they have there.</summary>
/// <param name="Tensors">In the order of the file; groups of HDF5 by name.</param>
/// <param name="Metadata">What the file says of them.</param>
internal sealed record WeightTable(IReadOnlyList<StoredTensor> Tensors, IReadOnlyList<string> Metadata)
{
    /// <exception cref="InvalidDataException">The file is of another kind, or damaged.</exception>
    public static WeightTable Read(string path)
    {
        ReadOnlyMemory<byte> data = KerasSource.ReadFile(path);
        if (Hdf5File.IsOne(data.Span))
            return new WeightTable(TensorsBelow(KerasContainer.Open(data).Root), []);
        if (StoredZip.IsOne(data.Span) && StoredZip.Open(data) is var zip && !TorchArchive.IsOne(zip))
        {
            return KerasContainer.IsOne(zip)
                ? new WeightTable(TensorsBelow(KerasContainer.Open(zip).Root), [])
                : new WeightTable([.. zip.Names.Where(n => n.EndsWith(".npy", StringComparison.Ordinal)).Select(n => ArrayOf(zip, n))], []);
        }

        return StoredZip.IsOne(data.Span) || TorchArchive.IsOldForm(data.Span)
            ? new WeightTable(TorchWeights.Of(TorchArchive.Open(data), data.Length), [])
            : Safetensors(data);
    }

    public static string Shape(StoredTensor tensor) => "[" + string.Join(", ", tensor.Shape) + "]";

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>All values of a tensor.</summary>
    public static double[] Values(StoredTensor tensor)
    {
        var values = new double[tensor.Count];
        tensor.CopyTo<double>(values);
        return values;
    }

    private static WeightTable Safetensors(ReadOnlyMemory<byte> data)
    {
        ReadOnlySpan<byte> bytes = data.Span;
        if (bytes.Length < sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(bytes) is var length && length > (ulong)(bytes.Length - sizeof(ulong)))
            throw new InvalidDataException($"It is no file of weights{(FileKind.Describe(bytes[..Math.Min(8, bytes.Length)]) is { } kind ? "; it looks like " + kind : "")}.");
        ReadOnlySpan<byte> json = bytes.Slice(sizeof(ulong), (int)length);
        ReadOnlyMemory<byte> values = data[(sizeof(ulong) + (int)length)..];
        Dictionary<string, string> metadata = SafetensorsHeader.ReadMetadata(json, [WeightFormat.ModelKey, WeightFormat.ArchitectureKey, WeightFormat.VariablesKey]);
        // The table is as long as the header at most, which is there already.
        SafetensorsHeader header = SafetensorsHeader.Parse(json, values.Length, mayGoOn: false, json.Length);
        var order = (metadata.GetValueOrDefault(WeightFormat.VariablesKey) ?? "").Split('\n').Select((name, i) => (name, i)).DistinctBy(v => v.name).ToDictionary(v => v.name, v => v.i, StringComparer.Ordinal);
        var lines = new List<string>();
        if (metadata.TryGetValue(WeightFormat.ModelKey, out string? model))
            lines.Add($"weights of the Gen model '{model}'");
        if (metadata.TryGetValue(WeightFormat.ArchitectureKey, out string? architecture))
            lines.AddRange(architecture.Split('\n').Select(line => "  " + line));
        return new WeightTable(
            [.. header.Entries.Values.OrderBy(e => order.GetValueOrDefault(e.Name, int.MaxValue)).ThenBy(e => e.Begin).Select(e => new SafetensorsTensor(e, values))],
            lines);
    }

    /// <summary>All datasets of numbers below a group; texts are no weights, and neither is what an optimiser keeps.</summary>
    private static List<StoredTensor> TensorsBelow(Hdf5Object root)
    {
        var tensors = new List<StoredTensor>();
        var open = new Stack<(Hdf5Object Object, string Path)>();
        open.Push((root, ""));
        while (open.TryPop(out (Hdf5Object Object, string Path) next))
        {
            if (next.Object.Value is { } value)
            {
                if (value.Type.Number is not null)
                    tensors.Add(new Hdf5Tensor(next.Path, next.Object));
                continue;
            }

            foreach ((string name, Hdf5Object member) in next.Object.Members.Reverse().Where(m => next.Path.Length > 0 || m.Key is not ("optimizer" or "optimizer_weights" or "metrics")))
                open.Push((member, next.Path.Length == 0 ? name : next.Path + "/" + name));
        }

        return tensors;
    }

    private static NpyArray ArrayOf(StoredZip zip, string name)
    {
        zip.TryGet(name, out ReadOnlyMemory<byte> entry);
        return NpyArray.Read(name[..^".npy".Length], entry);
    }
}
