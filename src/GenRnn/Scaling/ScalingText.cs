using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace GenRnn;

/// <summary>The text of a <see cref="Scaling"/>: <c>{"columns": [...], "steps": [{"kind": "standard", "columns": [...], "shift": [...], "scale": [...]}, ...]}</c>.</summary>
internal static class ScalingText
{
    // A table has thousands of columns, not millions.
    private const int MostColumns = 1 << 16;

    public static string Write(IReadOnlyList<string> columnNames, FittedScaler[] steps)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("columns");
            foreach (string name in columnNames)
                writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.WriteStartArray("steps");
            foreach (FittedScaler step in steps)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", step.Kind);
                writer.WriteStartArray("columns");
                foreach (int column in step.Columns)
                    writer.WriteStringValue(columnNames[column]);
                writer.WriteEndArray();
                step.Write(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static Scaling Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            string[] names = Texts(root.GetProperty("columns"));
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (string name in names)
                places.Add(name, places.Count);
            var steps = new List<FittedScaler>();
            long lag = 0;
            foreach (JsonElement step in root.GetProperty("steps").EnumerateArray())
            {
                steps.Add(Step(step, places));
                lag += steps[^1].Lag;
            }

            if (lag > int.MaxValue)
                throw new FormatException("The lags are longer than any table.");
            return new Scaling(names, [.. steps]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The scaling is damaged: {ForeignText.Quote(exception.Message)}", exception);
        }
    }

    private static FittedScaler Step(JsonElement step, Dictionary<string, int> places)
    {
        string kind = step.GetProperty("kind").GetString() ?? "";
        int[] columns = Array.ConvertAll(Texts(step.GetProperty("columns")), name => places.TryGetValue(name, out int place) ? place : throw new FormatException($"There is no column '{name}'."));
        return kind switch
        {
            "standard" or "min_max" or "robust" => new AffineScaler(
                kind, columns, Numbers(step.GetProperty("shift"), columns.Length), Numbers(step.GetProperty("scale"), columns.Length, mayBeZero: false)),
            "log" => new LogScaler(columns, Finite(step.GetProperty("offset").GetDouble())),
            "difference" => new DifferenceScaler(columns, step.GetProperty("lag").GetInt32() is > 0 and var lag ? lag : throw new FormatException("A lag is below 1.")),
            _ => throw new FormatException($"There is no scaler '{kind}'."),
        };
    }

    private static string[] Texts(JsonElement array)
    {
        if (array.GetArrayLength() is 0 or > MostColumns)
            throw new FormatException($"Found {array.GetArrayLength()} columns.");
        var texts = new string[array.GetArrayLength()];
        int next = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement text in array.EnumerateArray())
            texts[next++] = text.GetString() is { Length: > 0 } name && seen.Add(name) ? name : throw new FormatException("A column has no name, or that of another.");
        return texts;
    }

    private static double[] Numbers(JsonElement array, int count, bool mayBeZero = true)
    {
        if (array.GetArrayLength() != count)
            throw new FormatException($"Found {array.GetArrayLength()} numbers for {count} columns.");
        var numbers = new List<double>();
        foreach (JsonElement number in array.EnumerateArray())
            numbers.Add(Finite(number.GetDouble()) is var value && (mayBeZero || value != 0) ? value : throw new FormatException("A scale is 0."));
        return [.. numbers];
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : throw new FormatException("A number is not finite.");
}
