using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>Reads what <see cref="WeightWriter"/> wrote. Memory and time are bounded by the model, whatever the bytes say.</summary>
internal static class WeightReader
{
    private const int PieceLength = 1 << 18;

    private static readonly string[] s_keys =
    [
        WeightFormat.VersionKey, WeightFormat.ModelKey, WeightFormat.ArchitectureHashKey, WeightFormat.ArchitectureKey, WeightFormat.VariablesKey, WeightFormat.ChecksumKey,
    ];

    /// <summary>Reads all parameters of a model.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All parameters. What they are after a refusal is nobody's weights.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another model.</exception>
    public static void Read<T, TSource>(TSource source, ModelInfo info, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSource : IWeightSource, allows ref struct
    {
        int tableLimit = SafetensorsHeader.TableLimit(info.Variables.Count);
        byte[] json = ReadHeader(ref source, tableLimit);
        Dictionary<string, string> metadata = SafetensorsHeader.ReadMetadata(json, s_keys);
        if (!ArchitectureMatch.IsSame(metadata, info))
            throw ArchitectureMatch.Refusal(metadata, json, info);

        SafetensorsHeader header = SafetensorsHeader.Parse(json, source.Remaining, source.MayGoOn, tableLimit);
        List<(VariableInfo Variable, SafetensorsEntry Entry)> tensors = TensorMatch.Of<T>(metadata, header, info);
        tensors.Sort((a, b) => a.Entry.Begin.CompareTo(b.Entry.Begin));
        var checksum = new DataChecksum();
        foreach ((VariableInfo variable, _) in tensors)
            ReadValues(ref source, parameters.Slice(variable.Offset, variable.Length), ref checksum);
        if (metadata.TryGetValue(WeightFormat.ChecksumKey, out string? expected) && expected != checksum.ToString())
            throw new InvalidDataException($"The data is damaged: its checksum is {checksum}, the file says {ForeignText.Quote(expected)}.");
    }

    private static byte[] ReadHeader<TSource>(ref TSource source, int tableLimit)
        where TSource : IWeightSource, allows ref struct
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        int found = source.Read(prefix);
        string? kind = FileKind.Describe(prefix[..found]);
        string butIs = kind is null ? "" : $" It looks like {kind}.";
        if (found < prefix.Length)
            throw new InvalidDataException($"Found {found} bytes; a safetensors file has at least {prefix.Length}.{butIs}");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        int limit = tableLimit + SafetensorsHeader.MetadataLimit;
        if (length > (ulong)limit || (source.Remaining is { } remaining && (long)length > remaining))
        {
            throw new InvalidDataException(kind is not null ? $"It is no safetensors file.{butIs}" : string.Create(CultureInfo.InvariantCulture,
                $"Found a header length of {length} bytes; {(length > (ulong)limit ? $"a header of this model has at most {limit}" : $"there are {source.Remaining}")}. It is damaged, or no safetensors file of this model."));
        }

        byte[] json = new byte[(int)length];
        if (source.Read(json) < json.Length)
            throw EndedEarly();
        return json;
    }

    private static void ReadValues<T, TSource>(ref TSource source, Span<T> values, ref DataChecksum checksum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSource : IWeightSource, allows ref struct
    {
        for (int start = 0; start < values.Length; start += PieceLength)
        {
            Span<T> piece = values.Slice(start, Math.Min(PieceLength, values.Length - start));
            Span<byte> bytes = MemoryMarshal.AsBytes(piece);
            if (source.Read(bytes) < bytes.Length)
                throw EndedEarly();
            checksum.Append(bytes);
            LittleEndian.FromFileBytes(piece);
        }
    }

    private static InvalidDataException EndedEarly() => new("The file ended early.");
}
