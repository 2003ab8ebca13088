using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace GenRnn.Tool.Tests;

/// <summary>A network of another tool with what that tool computed: a JSON beside its files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRefused">Whether it must be refused.</param>
/// <param name="Forms">Arguments of the tool for each form that it lies there in: a model, or a configuration with its weights.</param>
/// <param name="TimeSteps">The time steps of the first input; 0 for a vector.</param>
/// <param name="Input">The first input.</param>
/// <param name="Output">The first output.</param>
internal sealed record InteropCase(string Name, bool IsRefused, IReadOnlyList<string[]> Forms, int TimeSteps, InteropTensor Input, InteropTensor Output)
{
    public static IReadOnlyList<InteropCase> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read).OfType<InteropCase>()];

    private static InteropCase? Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        if (!root.TryGetProperty("kind", out JsonElement kind) || !(kind.ValueEquals("interop") || kind.ValueEquals("onnx")))
            return null;
        string folder = Path.GetDirectoryName(path)!;
        string[] files = [.. root.GetProperty("files").EnumerateArray().Select(f => f.GetString()!)];
        JsonElement? x = First(root, "x") ?? FirstOf(root, "inputs"), y = First(root, "y") ?? FirstOf(root, "outputs");
        return new InteropCase(
            root.GetProperty("name").GetString()!,
            (root.TryGetProperty("expect", out JsonElement expect) && expect.ValueEquals("refused")) || (root.TryGetProperty("note", out JsonElement note) && note.GetString()!.StartsWith("to be refused", StringComparison.Ordinal)),
            [.. FormsOf(files).Select(form => form.Select(f => f.StartsWith('-') ? f : Path.Combine(folder, f)).ToArray()).Select(form => IsTorch(form) && LayersOf(root) is { } layers ? [.. form, "--layers", layers] : form)],
            x is { } shaped && shaped.GetProperty("shape").GetArrayLength() > 1 ? shaped.GetProperty("shape")[1].GetInt32() : 0,
            InteropTensor.Of(x),
            InteropTensor.Of(y));
    }

    private static bool IsTorch(string[] form) => form.Length == 1 && Path.GetExtension(form[0]) is ".pt" or ".pth" or ".ckpt" or ".safetensors";

    /// <summary>What a program does with the modules of a PyTorch file, which no file says: the case's own list, or every step of <c>rnn</c> through <c>head</c>.</summary>
    private static string? LayersOf(JsonElement root)
    {
        if (!root.TryGetProperty("modules", out JsonElement modules))
            return First(root, "y") is { } y && y.GetProperty("shape").GetArrayLength() == 3 ? "rnn, head" : null;
        return string.Join(", ", modules.EnumerateArray().Select(module =>
        {
            string Value(string key) => module.TryGetProperty(key, out JsonElement value) ? value.ToString() : "";
            string[] arguments = [.. new[] { (Key: "kernel", Name: "kernel_size"), (Key: "padding", Name: "padding") }.Where(a => Value(a.Key).Length > 0).Select(a => a.Name + "=" + Value(a.Key))];
            string text = (Value("prefix") is { Length: > 0 } prefix ? prefix + ": " : "") + Value("class") + (arguments.Length > 0 ? "(" + string.Join(", ", arguments) + ")" : "");
            return Value("output").StartsWith("last step", StringComparison.Ordinal) ? text + ", LastStep" : text;
        }));
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

    /// <summary>ONNX' inputs and outputs have names.</summary>
    private static JsonElement? FirstOf(JsonElement root, string key) => root.TryGetProperty(key, out JsonElement named) ? named.EnumerateObject().First().Value : null;
}
