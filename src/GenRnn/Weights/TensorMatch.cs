using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Which tensor of a file is which variable of a model.</summary>
internal static class TensorMatch
{
    /// <summary>
    /// By name, if the file has all names; else by order, if the file says its own: layers of the same architecture that are called otherwise are the same.
    /// </summary>
    /// <exception cref="InvalidDataException">There is another number of tensors, or one has another name, type or shape.</exception>
    public static List<(VariableInfo Variable, SafetensorsEntry Entry)> Of<T>(Dictionary<string, string> metadata, SafetensorsHeader header, ModelInfo info)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] names = [.. info.Variables.Select(variable => variable.Path)];
        if (!names.All(header.Entries.ContainsKey) && metadata.TryGetValue(WeightFormat.VariablesKey, out string? order))
        {
            string[] own = order.Split('\n');
            if (own.Length == names.Length && header.Entries.Count == names.Length && own.Distinct(StringComparer.Ordinal).Count() == own.Length && own.All(header.Entries.ContainsKey))
                names = own;
        }

        var tensors = new List<(VariableInfo, SafetensorsEntry)>(names.Length);
        for (int i = 0; i < names.Length; i++)
        {
            VariableInfo variable = info.Variables[i];
            if (!header.Entries.TryGetValue(names[i], out SafetensorsEntry? entry))
                throw new InvalidDataException($"The tensor '{variable.Path}' is missing; the file has {Stranger(header, info)}.");
            Check<T>(entry, variable);
            tensors.Add((variable, entry));
        }

        if (header.Entries.Count > names.Length)
            throw new InvalidDataException($"The file has {Stranger(header, info)}, which is no variable of the model '{info.Name}'.");
        return tensors;
    }

    /// <summary>A tensor of the file whose name is none of the model's, quoted.</summary>
    public static string Stranger(SafetensorsHeader header, ModelInfo info)
    {
        var known = info.Variables.Select(variable => variable.Path).ToHashSet(StringComparer.Ordinal);
        string? name = header.Entries.Keys.FirstOrDefault(name => !known.Contains(name));
        return name is null ? "no other" : $"the tensor '{ForeignText.Quote(name)}'";
    }

    public static bool HasShape(SafetensorsEntry entry, VariableInfo variable) => entry.Shape.AsSpan().SequenceEqual(Array.ConvertAll(variable.Shape, axis => (long)axis));

    public static string Format(long[] shape) =>
        "[" + string.Join(", ", Array.ConvertAll(shape, axis => axis.ToString(CultureInfo.InvariantCulture))) + "]";

    private static void Check<T>(SafetensorsEntry entry, VariableInfo variable)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string name = entry.Name == variable.Path ? $"'{variable.Path}'" : $"'{ForeignText.Quote(entry.Name)}', the model's '{variable.Path}'";
        if (entry.Type != WeightFormat.TypeName<T>())
            throw new InvalidDataException($"Found the type {ForeignText.Quote(entry.Type)} for {name}; expected {WeightFormat.TypeName<T>()}.");
        if (!HasShape(entry, variable))
            throw new InvalidDataException($"Found the shape {Format(entry.Shape)} for {name}; expected [{string.Join(", ", variable.Shape)}].");
        long length = (long)variable.Length * Unsafe.SizeOf<T>();
        if (entry.End - entry.Begin != length)
            throw new InvalidDataException($"Found {entry.End - entry.Begin} bytes for {name}; its shape and type need {length}.");
    }
}
