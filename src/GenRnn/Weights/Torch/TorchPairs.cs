using System.Collections.Generic;
using System.Linq;

namespace GenRnn;

/// <summary>
/// Which layer of a file is which of a model. Files of <c>torch.save</c> keep the order of the module; safetensors files are sorted by name, and
/// then shapes must say it.
/// </summary>
internal static class TorchPairs
{
    /// <summary>The layers of the file in the order of the model's.</summary>
    /// <exception cref="System.IO.InvalidDataException">They do not fit, or fit in several ways.</exception>
    public static IReadOnlyList<StoredLayer> Of(IReadOnlyList<StoredLayer> stored, IReadOnlyList<(string Layer, List<VariableInfo> Variables)> layers)
    {
        if (!layers.Where((layer, i) => TorchConversion.Mismatch(stored[i], layer.Variables) is not null).Any())
            return stored;
        var left = new List<StoredLayer>(stored);
        var paired = new List<StoredLayer>();
        foreach ((string name, List<VariableInfo> variables) in layers)
        {
            List<StoredLayer> fits = left.Where(l => TorchConversion.Mismatch(l, variables) is null).ToList();
            if (fits.Count == 0)
                throw FileFault.Refused($"nothing in it fits the layer '{name}': {TorchConversion.Mismatch(left[0], variables)}");
            // The layers of one module are in order whatever the file is sorted by.
            if (fits.Count > 1 && fits.Any(f => !IsOfOneModule(f, fits[0])))
                throw FileFault.Refused($"{string.Join(" and ", fits.Select(f => FileFault.Quote(f.Name)))} both fit the layer '{name}', and the file is sorted by name; save it with torch.save");
            paired.Add(fits[0]);
            left.Remove(fits[0]);
        }

        return paired;
    }

    private static bool IsOfOneModule(StoredLayer a, StoredLayer b) => a.Name.Split(", layer ") is [var first, _] && b.Name.Split(", layer ") is [var second, _] && first == second;
}
