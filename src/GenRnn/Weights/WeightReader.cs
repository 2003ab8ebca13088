using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>
/// Reads what <see cref="WeightWriter"/> wrote, with memory and time bounded by the model, whatever the bytes say; and weights of other tools, see
/// <see cref="ForeignWeights"/>, bounded by their own length.
/// </summary>
internal static class WeightReader
{
    private const int PieceLength = 1 << 18;

    private static readonly string[] s_keys =
    [
        WeightFormat.VersionKey, WeightFormat.ModelKey, WeightFormat.ArchitectureHashKey, WeightFormat.ArchitectureKey, WeightFormat.VariablesKey, WeightFormat.ChecksumKey,
        WeightFormat.ScalingKey,
    ];

    /// <summary>Reads all parameters of a model.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All parameters. What they are after a refusal is nobody's weights.</param>
    /// <returns>What the training data were scaled by; null if the file says nothing about it.</returns>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another model.</exception>
    public static Scaling? Read<T, TSource>(TSource source, ModelInfo info, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSource : IWeightSource, allows ref struct
    {
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        start = start[..source.Read(start)];
        if (ForeignWeights.Knows(start))
        {
            ReadForeign(ref source, start, info, parameters);
            return null;
        }

        int tableLimit = SafetensorsHeader.TableLimit(info.Variables.Count);
        byte[] json = ReadHeader(ref source, start, tableLimit);
        Dictionary<string, string> metadata = SafetensorsHeader.ReadMetadata(json, s_keys);
        if (!metadata.ContainsKey(WeightFormat.ArchitectureHashKey) && !metadata.ContainsKey(WeightFormat.VersionKey))
        {
            ReadOtherTensors(ref source, SafetensorsHeader.Parse(json, source.Remaining, source.MayGoOn, tableLimit), info, parameters);
            return null;
        }

        if (!ArchitectureMatch.IsSame(metadata, info))
            throw ArchitectureMatch.Refusal(metadata, json, info);
        Scaling? scaling = metadata.TryGetValue(WeightFormat.ScalingKey, out string? text) ? Scaling.Parse(text) : null;

        SafetensorsHeader header = SafetensorsHeader.Parse(json, source.Remaining, source.MayGoOn, tableLimit);
        List<(VariableInfo Variable, SafetensorsEntry Entry)> tensors = TensorMatch.Of<T>(metadata, header, info);
        tensors.Sort((a, b) => a.Entry.Begin.CompareTo(b.Entry.Begin));
        var checksum = new DataChecksum();
        foreach ((VariableInfo variable, _) in tensors)
            ReadValues(ref source, parameters.Slice(variable.Offset, variable.Length), ref checksum);
        if (metadata.TryGetValue(WeightFormat.ChecksumKey, out string? expected) && expected != checksum.ToString())
            throw new InvalidDataException($"The data is damaged: its checksum is {checksum}, the file says {ForeignText.Quote(expected)}.");
        return scaling;
    }

    /// <summary>Reads a file of Keras or PyTorch, whole: what is where in it stands at its end.</summary>
    private static void ReadForeign<T, TSource>(ref TSource source, scoped ReadOnlySpan<byte> start, ModelInfo info, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSource : IWeightSource, allows ref struct
    {
        try
        {
            ForeignWeights.Read(ReadToEnd(ref source, start), info, parameters);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"It looks like {FileKind.Describe(start)}. {exception.Message}", exception);
        }
    }

    private static byte[] ReadToEnd<TSource>(ref TSource source, scoped ReadOnlySpan<byte> start)
        where TSource : IWeightSource, allows ref struct
    {
        if (source.Remaining is { } remaining && remaining > Array.MaxLength - start.Length)
            throw new InvalidDataException($"It has {remaining + start.Length} bytes; at most {Array.MaxLength} are read.");
        var all = new ArrayBufferWriter<byte>((int)(source.Remaining ?? PieceLength) + start.Length);
        all.Write(start);
        while (true)
        {
            Span<byte> piece = all.GetSpan(1)[..Math.Min(PieceLength, all.FreeCapacity)];
            int found = source.Read(piece);
            all.Advance(found);
            if (found < piece.Length || source.Remaining == 0)
                return all.WrittenSpan.ToArray();
        }
    }

    /// <summary>Reads a safetensors file that no Gen model saved: its tensors' names and shapes say what they are.</summary>
    private static void ReadOtherTensors<T, TSource>(ref TSource source, SafetensorsHeader header, ModelInfo info, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSource : IWeightSource, allows ref struct
    {
        List<SafetensorsEntry> entries = [.. header.Entries.Values];
        entries.Sort((a, b) => a.Begin.CompareTo(b.Begin));
        long length = entries.Count == 0 ? 0 : entries[^1].End;
        if (length > Array.MaxLength)
            throw new InvalidDataException($"It has {length} bytes of data; at most {Array.MaxLength} are read.");
        byte[] data = new byte[(int)length];
        if (source.Read(data) < data.Length)
            throw EndedEarly();
        try
        {
            ForeignWeights.Read(entries.ConvertAll<StoredTensor>(e => new SafetensorsTensor(e, data)), info, parameters);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"The metadata has no '{WeightFormat.ArchitectureHashKey}', so no Gen model saved it. {exception.Message}", exception);
        }
    }

    private static byte[] ReadHeader<TSource>(ref TSource source, scoped ReadOnlySpan<byte> prefix, int tableLimit)
        where TSource : IWeightSource, allows ref struct
    {
        string? kind = FileKind.Describe(prefix);
        string butIs = kind is null ? "" : $" It looks like {kind}.";
        if (prefix.Length < sizeof(ulong))
            throw new InvalidDataException($"Found {prefix.Length} bytes; a safetensors file has at least {sizeof(ulong)}.{butIs}");
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
