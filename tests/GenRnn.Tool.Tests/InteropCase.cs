using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GenRnn.Tool.Tests;

/// <summary>A network of another tool with what that tool computed: a JSON beside its files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRefused">Whether it must be refused.</param>
/// <param name="Forms">Arguments of the tool for each form that it lies there in: a model, or a configuration with its weights.</param>
/// <param name="TimeSteps">The time steps of the first input; 0 for a vector.</param>
/// <param name="Inputs">The first input's values.</param>
/// <param name="Outputs">The first output's values.</param>
internal sealed record InteropCase(string Name, bool IsRefused, IReadOnlyList<string[]> Forms, int TimeSteps, float[] Inputs, float[] Outputs)
{
    public static IReadOnlyList<InteropCase> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read).OfType<InteropCase>()];

    private static InteropCase? Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        if (!root.TryGetProperty("kind", out JsonElement kind) || !kind.ValueEquals("interop"))
            return null;
        string folder = Path.GetDirectoryName(path)!;
        string[] files = [.. root.GetProperty("files").EnumerateArray().Select(f => f.GetString()!)];
        JsonElement? x = First(root, "x"), y = First(root, "y");
        return new InteropCase(
            root.GetProperty("name").GetString()!,
            root.TryGetProperty("expect", out JsonElement expect) && expect.ValueEquals("refused"),
            [.. FormsOf(files).Select(form => form.Select(f => f.StartsWith('-') ? f : Path.Combine(folder, f)).ToArray())],
            x is { } shaped && shaped.GetProperty("shape").GetArrayLength() > 1 ? shaped.GetProperty("shape")[1].GetInt32() : 0,
            Values(x),
            Values(y));
    }

    private static IEnumerable<string[]> FormsOf(string[] files)
    {
        string? configuration = files.FirstOrDefault(f => f.EndsWith(".config.json", StringComparison.Ordinal));
        bool hasWholeModel = files.Any(f => f.EndsWith(".keras", StringComparison.Ordinal));
        foreach (string file in files.Where(f => !f.EndsWith(".json", StringComparison.Ordinal)))
        {
            bool isWeights = file.EndsWith(".weights.h5", StringComparison.Ordinal) || file.EndsWith(".npz", StringComparison.Ordinal)
                || (file.EndsWith(".h5", StringComparison.Ordinal) && configuration is not null && !hasWholeModel && !files.Any(f => f.EndsWith(".npz", StringComparison.Ordinal)));
            if (isWeights && configuration is not null)
                yield return [configuration, "--weights", file];
            else if (!isWeights)
                yield return [file];
        }
    }

    private static JsonElement? First(JsonElement root, string key) =>
        !root.TryGetProperty(key, out JsonElement value) ? null
        : value.ValueKind != JsonValueKind.Array ? value
        : value.GetArrayLength() == 0 ? null : value[0];

    private static float[] Values(JsonElement? tensor) => tensor is { } value && value.TryGetProperty("f32", out JsonElement data)
        ? MemoryMarshal.Cast<byte, float>(data.GetBytesFromBase64()).ToArray()
        : [];
}
