using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace GenRnn;

/// <summary>Whether a file is of a model's architecture, and if not, what differs.</summary>
internal static class ArchitectureMatch
{
    // Of a line of the architecture: the flags of a layer.
    private const int LineLength = 240;

    /// <summary>Compares hashes.</summary>
    /// <exception cref="InvalidDataException">The file has no hash, or a form that this runtime does not know.</exception>
    public static bool IsSame(Dictionary<string, string> metadata, ModelInfo info)
    {
        if (!metadata.TryGetValue(WeightFormat.ArchitectureHashKey, out string? hash))
            throw new InvalidDataException($"The metadata has no '{WeightFormat.ArchitectureHashKey}'; the file was not saved by a Gen model.");
        if (!metadata.TryGetValue(WeightFormat.VersionKey, out string? version) || version is not (WeightFormat.Version or WeightFormat.FormerVersion))
        {
            throw new InvalidDataException(
                $"Found the format version '{ForeignText.Quote(version)}'; this runtime reads '{WeightFormat.FormerVersion}' and '{WeightFormat.Version}'.");
        }

        return hash == info.ArchitectureHash || (hash == info.FormerArchitectureHash && hash.Length > 0);
    }

    /// <summary>The answer to another hash: what the file says of its architecture, or how its tensors differ, beside what the model has.</summary>
    public static InvalidDataException Refusal(Dictionary<string, string> metadata, ReadOnlySpan<byte> json, ModelInfo info)
    {
        metadata.TryGetValue(WeightFormat.ModelKey, out string? model);
        string difference = metadata.TryGetValue(WeightFormat.ArchitectureKey, out string? text) && info.Architecture.Count > 0
            ? OfLines(text.Split('\n'), info.Architecture)
            : OfTensors(json, info);
        return new InvalidDataException(
            $"The file is of another architecture, saved by the model '{ForeignText.Quote(model)}'. {difference} (Found the hash {ForeignText.Quote(metadata[WeightFormat.ArchitectureHashKey])}, expected {info.ArchitectureHash} of '{info.Name}'.)");
    }

    private static string OfLines(string[] file, IReadOnlyList<string> model)
    {
        int line = 0;
        while (line < file.Length && line < model.Count && file[line] == model[line])
            line++;
        string Of(IReadOnlyList<string> lines) => line < lines.Count ? $"'{ForeignText.Quote(lines[line].Trim(), LineLength)}'" : "nothing";
        return line == file.Length && line == model.Count
            ? "Both say the same of it, so the file's hash was changed."
            : string.Create(CultureInfo.InvariantCulture, $"Line {line + 1} of the architecture is {Of(file)} in the file and {Of(model)} in the model.");
    }

    private static string OfTensors(ReadOnlySpan<byte> json, ModelInfo info)
    {
        SafetensorsHeader header;
        try
        {
            header = SafetensorsHeader.Parse(json, dataLength: null, mayGoOn: true, SafetensorsHeader.TableLimit(info.Variables.Count));
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }

        foreach (VariableInfo variable in info.Variables)
        {
            if (!header.Entries.TryGetValue(variable.Path, out SafetensorsEntry? entry))
                return $"The model has the tensor '{variable.Path}', the file has {TensorMatch.Stranger(header, info)}.";
            if (!TensorMatch.HasShape(entry, variable))
                return $"The shape of '{variable.Path}' is {TensorMatch.Format(entry.Shape)} in the file and [{string.Join(", ", variable.Shape)}] in the model.";
        }

        return header.Entries.Count > info.Variables.Count
            ? $"The file has {TensorMatch.Stranger(header, info)}, the model has none beside its own."
            : "Names and shapes of the tensors agree, so what differs are flags of the layers.";
    }
}
