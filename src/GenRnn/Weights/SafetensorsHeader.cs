using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace GenRnn;

/// <summary>The JSON in front of a safetensors file: what tensors there are, and free text about them.</summary>
/// <remarks>Form: https://github.com/huggingface/safetensors#format.</remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>Limit of the format.</summary>
    public const int MaximumLength = 100_000_000;

    private const string MetadataKey = "__metadata__";

    /// <summary>Tensors, by name.</summary>
    public Dictionary<string, SafetensorsEntry> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Free text, by key.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads and checks a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">Number of bytes after it.</param>
    /// <exception cref="InvalidDataException">The header is damaged, or its tensors do not cover the data without holes and overlaps.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
            throw new InvalidDataException("The header does not begin with '{'.");

        var header = new SafetensorsHeader();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            Expect(ref reader, JsonTokenType.StartObject);
            header.ReadTensors(ref reader);
            // Anything but white space after the object makes this throw.
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The header is not valid JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The reader's answer to a string that is not valid UTF-8 or UTF-16.
            throw new InvalidDataException($"The header holds invalid text: {exception.Message}", exception);
        }

        header.CheckLayout(dataLength);
        return header;
    }

    /// <summary>The header as bytes, padded with spaces so that the data begins on a multiple of 8.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (Metadata.Count > 0)
                WriteMetadata(writer);
            foreach (SafetensorsEntry entry in InFileOrder())
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", entry.Type);
                WriteNumbers(writer, "shape", entry.Shape);
                WriteNumbers(writer, "data_offsets", [entry.Begin, entry.End]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        int padded = (buffer.WrittenCount + 7) / 8 * 8;
        buffer.GetSpan(padded - buffer.WrittenCount)[..(padded - buffer.WrittenCount)].Fill((byte)' ');
        buffer.Advance(padded - buffer.WrittenCount);
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteMetadata(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(MetadataKey);
        foreach ((string key, string value) in Metadata)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private void ReadTensors(ref Utf8JsonReader reader)
    {
        bool hasMetadata = false;
        while (ReadName(ref reader, out string name))
        {
            if (name == MetadataKey)
            {
                if (hasMetadata)
                    throw new InvalidDataException($"The header has '{MetadataKey}' twice.");
                hasMetadata = true;
                ReadMetadata(ref reader);
            }
            else if (!Entries.TryAdd(name, ReadEntry(ref reader, name)))
            {
                throw new InvalidDataException($"The header has the tensor '{name}' twice.");
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadName(ref reader, out string key))
        {
            Expect(ref reader, JsonTokenType.String);
            if (!Metadata.TryAdd(key, reader.GetString()!))
                throw new InvalidDataException($"The metadata has '{key}' twice.");
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadName(ref reader, out string key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String);
                    type = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader);
                    break;
                default:
                    throw new InvalidDataException($"The tensor '{name}' has an unknown or repeated key '{key}'.");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
            throw new InvalidDataException($"The tensor '{name}' needs dtype, shape and two data_offsets.");
        return new SafetensorsEntry(name, type, shape, begin, end);
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw new InvalidDataException("A shape or an offset is not a whole number from 0.");
            numbers.Add(number);
        }

        return numbers.ToArray();
    }

    /// <summary>Reads the next property's name; false at the object's end.</summary>
    private static bool ReadName(ref Utf8JsonReader reader, out string name)
    {
        reader.Read();
        name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : "";
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        reader.Read();
        if (reader.TokenType != type)
            throw new InvalidDataException($"The header holds {reader.TokenType} where {type} belongs (byte {reader.TokenStartIndex}).");
    }

    private void CheckLayout(long dataLength)
    {
        long position = 0;
        foreach (SafetensorsEntry entry in InFileOrder())
        {
            if (entry.Begin != position || entry.End < entry.Begin)
                throw new InvalidDataException($"The tensor '{entry.Name}' has the offsets [{entry.Begin}, {entry.End}); it should begin at {position}, without hole or overlap.");
            position = entry.End;
        }

        if (position != dataLength)
            throw new InvalidDataException($"Found {dataLength} bytes of data; the header describes {position}. The file is truncated or has something appended.");
    }

    private List<SafetensorsEntry> InFileOrder()
    {
        var entries = new List<SafetensorsEntry>(Entries.Values);
        // An empty tensor may share its offset with the one that follows it.
        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        return entries;
    }
}
