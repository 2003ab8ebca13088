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
    /// <summary>Most bytes of <c>__metadata__</c>.</summary>
    public const int MetadataLimit = 16 << 20;

    private const string MetadataKey = "__metadata__";

    // A shape has a few axes; the format does not say how many.
    private const int MaximumAxes = 64;

    /// <summary>Tensors, by name.</summary>
    public Dictionary<string, SafetensorsEntry> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Free text, by key.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Most bytes of the table of a model's tensors: names have some hundred letters at most, an entry less than two hundred more.</summary>
    /// <param name="tensors">Number of tensors.</param>
    public static int TableLimit(int tensors) => (int)Math.Min(64 * 1024 + 4096L * tensors, int.MaxValue / 2);

    /// <summary>Reads the free text of a header, and nothing else: it says what the table behind it is worth reading for.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="keys">What of it is kept.</param>
    /// <exception cref="InvalidDataException">The header is no JSON, or its <c>__metadata__</c> damaged or longer than <see cref="MetadataLimit"/>.</exception>
    public static Dictionary<string, string> ReadMetadata(ReadOnlySpan<byte> json, ReadOnlySpan<string> keys) => ReadMetadata(json, keys, readsAll: false);

    /// <summary>Reads all of the free text of a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <exception cref="InvalidDataException">The header is no JSON, or its <c>__metadata__</c> damaged or longer than <see cref="MetadataLimit"/>.</exception>
    public static Dictionary<string, string> ReadMetadata(ReadOnlySpan<byte> json) => ReadMetadata(json, [], readsAll: true);

    private static Dictionary<string, string> ReadMetadata(ReadOnlySpan<byte> json, ReadOnlySpan<string> keys, bool readsAll)
    {
        Dictionary<string, string>? metadata = null;
        try
        {
            Utf8JsonReader reader = Begin(json);
            while (ReadName(ref reader, out string name))
            {
                if (name != MetadataKey)
                {
                    reader.Skip();
                    continue;
                }

                if (metadata is not null)
                    throw new InvalidDataException($"The header has '{MetadataKey}' twice.");
                metadata = ReadTexts(ref reader, keys, readsAll);
            }

            // Anything but white space after the object makes this throw.
            reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Damaged(exception);
        }

        return metadata ?? [];
    }

    /// <summary>Reads and checks the table of a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">Number of bytes after it; null if that cannot be known.</param>
    /// <param name="mayGoOn">Whether bytes after the last tensor are somebody else's.</param>
    /// <param name="tableLimit">Most bytes of the header without its free text.</param>
    /// <exception cref="InvalidDataException">The header is damaged, or its tensors do not cover the data without holes and overlaps.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long? dataLength, bool mayGoOn = false, int tableLimit = int.MaxValue)
    {
        var header = new SafetensorsHeader();
        try
        {
            Utf8JsonReader reader = Begin(json);
            header.ReadTensors(ref reader, tableLimit);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Damaged(exception);
        }

        header.CheckLayout(dataLength, mayGoOn);
        return header;
    }

    private static Utf8JsonReader Begin(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
            throw new InvalidDataException("The header does not begin with '{'.");
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        Expect(ref reader, JsonTokenType.StartObject);
        return reader;
    }

    // An InvalidOperationException is the reader's answer to a string that is not valid UTF-8 or UTF-16.
    private static InvalidDataException Damaged(Exception exception) =>
        new($"The header {(exception is JsonException ? "is not valid JSON" : "holds invalid text")}: {ForeignText.Quote(exception.Message)}", exception);

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

    private void ReadTensors(ref Utf8JsonReader reader, int tableLimit)
    {
        long metadata = 0;
        while (ReadName(ref reader, out string name))
        {
            if (name == MetadataKey)
            {
                long start = reader.BytesConsumed;
                reader.Skip();
                metadata = reader.BytesConsumed - start;
            }
            else if (!Entries.TryAdd(name, ReadEntry(ref reader, name)))
            {
                throw new InvalidDataException($"The header has the tensor '{ForeignText.Quote(name)}' twice.");
            }

            if (reader.BytesConsumed - metadata > tableLimit)
                throw new InvalidDataException($"The table of tensors is longer than {tableLimit} bytes, more than any of this model could be.");
        }
    }

    private static Dictionary<string, string> ReadTexts(ref Utf8JsonReader reader, ReadOnlySpan<string> keys, bool readsAll)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        long start = reader.BytesConsumed;
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadName(ref reader, out string key))
        {
            Expect(ref reader, JsonTokenType.String);
            if (reader.BytesConsumed - start > MetadataLimit)
                throw new InvalidDataException($"'{MetadataKey}' is longer than {MetadataLimit} bytes.");
            if ((readsAll || keys.Contains(key)) && !texts.TryAdd(key, reader.GetString()!))
                throw new InvalidDataException($"The metadata has '{key}' twice.");
        }

        return texts;
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
                    throw new InvalidDataException($"The tensor '{ForeignText.Quote(name)}' has an unknown or repeated key '{ForeignText.Quote(key)}'.");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
            throw new InvalidDataException($"The tensor '{ForeignText.Quote(name)}' needs dtype, shape and two data_offsets.");
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
            if (numbers.Count == MaximumAxes)
                throw new InvalidDataException($"A tensor has more than {MaximumAxes} axes.");
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

    private void CheckLayout(long? dataLength, bool mayGoOn)
    {
        long position = 0;
        foreach (SafetensorsEntry entry in InFileOrder())
        {
            if (entry.Begin != position || entry.End < entry.Begin)
                throw new InvalidDataException($"The tensor '{ForeignText.Quote(entry.Name)}' has the offsets [{entry.Begin}, {entry.End}); it should begin at {position}, without hole or overlap.");
            position = entry.End;
        }

        if (dataLength is { } found && (mayGoOn ? found < position : found != position))
            throw new InvalidDataException($"Found {found} bytes of data; the header describes {position}. The file is truncated or has something appended.");
    }

    private List<SafetensorsEntry> InFileOrder()
    {
        var entries = new List<SafetensorsEntry>(Entries.Values);
        // An empty tensor may share its offset with the one that follows it.
        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        return entries;
    }
}
