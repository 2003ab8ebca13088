using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GenRnn.Compiler.Interop;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>JSON as the compiler's values of a configuration.</summary>
internal static class KerasJson
{
    public static KerasValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => KerasValue.Of(json.GetBoolean()),
        JsonValueKind.Number => KerasValue.Of(json.GetDouble()),
        JsonValueKind.String => KerasValue.Of(json.GetString()!),
        JsonValueKind.Array => KerasValue.Of(json.EnumerateArray().Select(Read).ToList()),
        JsonValueKind.Object => KerasValue.Of(json.EnumerateObject().Select(p => new KeyValuePair<string, KerasValue>(p.Name, Read(p.Value))).ToList()),
        _ => KerasValue.Null,
    };
}
