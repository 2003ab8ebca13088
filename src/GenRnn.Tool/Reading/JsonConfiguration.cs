using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading;

/// <summary>JSON as the compiler's table of Keras reads it.</summary>
internal static class JsonConfiguration
{
    // A chain of layers needs ten levels or so; a nested model some more.
    private const int MaximumDepth = 64;

    /// <summary>Parses JSON as Python writes it: NaN and Infinity, which it has and JSON has not, are refused.</summary>
    /// <exception cref="InvalidDataException">It is none, or deeper than any configuration.</exception>
    public static KerasValue Parse(ReadOnlyMemory<byte> json, string place)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            return Of(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"The file is damaged: {place} is no JSON: {ForeignText.Quote(exception.Message, 200)}", exception);
        }
    }

    private static KerasValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => KerasValue.Of(true),
        JsonValueKind.False => KerasValue.Of(false),
        JsonValueKind.Number => KerasValue.Of(element.GetDouble()),
        JsonValueKind.String => KerasValue.Of(element.GetString()!),
        JsonValueKind.Array => KerasValue.Of(element.EnumerateArray().Select(Of).ToList()),
        JsonValueKind.Object => KerasValue.Of(element.EnumerateObject().Select(p => new KeyValuePair<string, KerasValue>(p.Name, Of(p.Value))).ToList()),
        _ => KerasValue.Null,
    };
}
