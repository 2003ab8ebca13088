using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>
/// Weights under Keras' own paths (<c>sequential/lstm/lstm_cell/kernel:0</c>), where layers are called otherwise than in the model: what stands in front of
/// the role is a layer, with its directions and cells.
/// </summary>
internal static class KerasPaths
{
    /// <summary>The layers, in the order of the file, or of its names.</summary>
    public static IReadOnlyList<StoredLayer> Read(IReadOnlyList<StoredTensor> tensors) =>
        [.. tensors.GroupBy(t => LayerOf(t.Name)).Select(g => new StoredLayer(g.Key, [.. g]))];

    /// <summary>Why a layer of a file is none of the model; null if it is one.</summary>
    public static string? Mismatch(StoredLayer layer, IReadOnlyList<VariableInfo> variables)
    {
        if (layer.Tensors.Count != variables.Count)
            return $"{FileFault.Quote(layer.Name)} has {layer.Tensors.Count} tensors where the model has {string.Join(", ", variables)}";
        foreach (VariableInfo variable in variables)
        {
            if (Find(layer, variable) is not { } tensor || !tensor.Shape.SequenceEqual(variable.Shape.Select(d => (long)d)))
                return $"{FileFault.Quote(layer.Name)} has nothing for {variable}";
            if (!NumberTypes.IsFloatingPoint(tensor.Type))
                return $"{FileFault.Quote(tensor.Name)} is of the type {tensor.Type}: quantised weights";
        }

        return null;
    }

    /// <summary>Fills the variables of one layer, which <see cref="Mismatch"/> has found to be the model's.</summary>
    public static void Fill<T>(StoredLayer layer, IReadOnlyList<VariableInfo> variables, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (VariableInfo variable in variables)
            Find(layer, variable)!.CopyTo(parameters.Slice(variable.Offset, variable.Length));
    }

    private static StoredTensor? Find(StoredLayer layer, VariableInfo variable)
    {
        string[] path = variable.Path.Split('/');
        bool? isBackward = path.Any(p => p.StartsWith("backward", StringComparison.Ordinal)) ? true : path.Any(p => p.StartsWith("forward", StringComparison.Ordinal)) ? false : null;
        return layer.Tensors.FirstOrDefault(t => RoleOf(t.Name) == path[^1] && (isBackward is null || IsBackward(t.Name) == isBackward));
    }

    private static bool IsBackward(string name) => name.Split('/').Any(p => p.StartsWith("backward", StringComparison.Ordinal));

    private static string RoleOf(string name) => name[(name.LastIndexOf('/') + 1)..].Split(':')[0];

    private static string LayerOf(string name) => string.Join('/', name.Split('/').SkipLast(1).Where(p =>
        !p.StartsWith("forward_", StringComparison.Ordinal) && !p.StartsWith("backward_", StringComparison.Ordinal) && !p.EndsWith("_cell", StringComparison.Ordinal) && !IsNumberedCell(p)));

    /// <summary>Keras 2's cells have a number behind: <c>lstm_cell_1</c>.</summary>
    private static bool IsNumberedCell(string part) => part.LastIndexOf("_cell_", StringComparison.Ordinal) is var at and > 0 && part.AsSpan(at + 6).IndexOfAnyExceptInRange('0', '9') < 0;
}
