using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GenRnn.Tool.Reading;

/// <summary>A safetensors file, whoever wrote it.</summary>
/// <param name="Tensors">In the order that its metadata says, else in that of the file.</param>
/// <param name="Metadata">What Gen's models write about themselves; empty for others.</param>
internal sealed record SafetensorsFile(IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Whether a file may be one: its first bytes are the length of a table that it has, and the table opens an object.</summary>
    public static bool IsOne(ReadOnlySpan<byte> data) =>
        data.Length > sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(data) <= (ulong)(data.Length - sizeof(ulong)) && data[sizeof(ulong)] == (byte)'{';

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static SafetensorsFile Open(ReadOnlyMemory<byte> data)
    {
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(data.Span);
        ReadOnlySpan<byte> json = data.Span.Slice(sizeof(ulong), length);
        ReadOnlyMemory<byte> values = data[(sizeof(ulong) + length)..];
        Dictionary<string, string> metadata = SafetensorsHeader.ReadMetadata(json, [WeightFormat.ModelKey, WeightFormat.ArchitectureKey, WeightFormat.VariablesKey]);
        // The table is as long as the header at most, which is there already.
        SafetensorsHeader header = SafetensorsHeader.Parse(json, values.Length, mayGoOn: false, json.Length);
        var order = (metadata.GetValueOrDefault(WeightFormat.VariablesKey) ?? "").Split('\n').Select((name, i) => (name, i)).DistinctBy(v => v.name).ToDictionary(v => v.name, v => v.i, StringComparer.Ordinal);
        return new SafetensorsFile([.. header.Entries.Values.OrderBy(e => order.GetValueOrDefault(e.Name, int.MaxValue)).ThenBy(e => e.Begin).Select(e => new SafetensorsTensor(e, values))], metadata);
    }
}
