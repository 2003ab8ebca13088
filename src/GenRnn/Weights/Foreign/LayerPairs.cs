using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn;

/// <summary>
/// Which layer of a file is which of a model. Files of <c>torch.save</c> keep the order of the module. Safetensors files are sorted by name: there shapes
/// must say it, and between layers that could stand for each other the numbers in their names.
/// </summary>
internal static class LayerPairs
{
    /// <summary>The layers of the file in the order of the model's.</summary>
    /// <param name="stored">The file's layers, as many as the model has.</param>
    /// <param name="layers">The model's.</param>
    /// <param name="isSorted">Whether the file's order says nothing.</param>
    /// <param name="mismatch">Why one is not another; null if it may be.</param>
    /// <exception cref="System.IO.InvalidDataException">They do not fit, or fit in several ways.</exception>
    public static IReadOnlyList<StoredLayer> Of(
        IReadOnlyList<StoredLayer> stored,
        IReadOnlyList<(string Layer, List<VariableInfo> Variables)> layers,
        bool isSorted,
        Func<StoredLayer, IReadOnlyList<VariableInfo>, string?> mismatch)
    {
        if (!isSorted && !layers.Where((layer, i) => mismatch(stored[i], layer.Variables) is not null).Any())
            return stored;
        var left = new List<StoredLayer>(stored);
        var paired = new List<StoredLayer>();
        foreach ((string name, List<VariableInfo> variables) in layers)
        {
            List<StoredLayer> fits = left.Where(l => mismatch(l, variables) is null).ToList();
            if (fits.Count == 0)
                throw FileFault.Refused($"nothing in it fits the layer '{name}': {mismatch(left[0], variables)}");
            // The layers of one module are in order whatever the file is sorted by.
            StoredLayer first = fits.Skip(1).All(f => IsOfOneModule(f, fits[0])) ? fits[0] : FirstByNumber(fits)
                ?? throw FileFault.Refused($"{string.Join(" and ", fits.Select(f => FileFault.Quote(f.Name)))} both fit the layer '{name}', and the file is sorted by name; save it with torch.save, or number the layers");
            paired.Add(first);
            left.Remove(first);
        }

        return paired;
    }

    private static bool IsOfOneModule(StoredLayer a, StoredLayer b) => a.Name.Split(", layer ") is [var first, _] && b.Name.Split(", layer ") is [var second, _] && first == second;

    /// <summary>The one of the lowest number, if a number in one place is all that their names differ in: <c>fc1</c>, <c>fc2</c>; a name without one (Keras' <c>lstm</c>, <c>lstm_1</c>) comes first.</summary>
    private static StoredLayer? FirstByNumber(List<StoredLayer> layers)
    {
        string[] names = [.. layers.Select(l => l.Name)];
        int start = 0;
        while (names.All(n => start < n.Length && n[start] == names[0][start]))
            start++;
        while (start > 0 && names.Any(n => char.IsAsciiDigit(n[start - 1])))
            start--;
        // Equal ends are no part of the number either, but for their first digits.
        int end = 0;
        while (names.All(n => end < n.Length - start && n[^(end + 1)] == names[0][^(end + 1)]))
            end++;
        while (end > 0 && char.IsAsciiDigit(names[0][^end]))
            end--;
        StoredLayer? first = null;
        long lowest = long.MaxValue;
        foreach (StoredLayer layer in layers)
        {
            string digits = layer.Name[start..^end].TrimStart('_');
            long number = -1;
            if (digits.Length > 0 && !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number))
                return null;
            if (number == lowest)
                return null;
            if (number < lowest)
                (first, lowest) = (layer, number);
        }

        return first;
    }
}
