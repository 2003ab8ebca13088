using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn;

/// <summary>
/// Weights in PyTorch's names (<c>encoder.weight_ih_l0</c>), a layer at a time: tensors of one module belong together, and the layers of an
/// <c>nn.LSTM</c> with several come one after another, each with its directions.
/// </summary>
internal static class TorchLayers
{
    private const string ReverseSuffix = "_reverse";

    /// <summary>Counts batches, and is no weight.</summary>
    private const string BatchCounter = "num_batches_tracked";

    /// <summary>Whether these are PyTorch's names: a recurrent weight, or nothing but <c>weight</c>, <c>bias</c> and a norm's statistics.</summary>
    public static bool AreTheirs(IEnumerable<string> names) => names.All(n => LastOf(n) is "weight" or "bias" or "running_mean" or "running_var" or BatchCounter || IsRecurrent(LastOf(n)));

    /// <summary>The layers that have weights, in the order of the file.</summary>
    public static IReadOnlyList<StoredLayer> Read(IReadOnlyList<StoredTensor> tensors)
    {
        var layers = new List<StoredLayer>();
        foreach (IGrouping<string, StoredTensor> module in tensors.Where(t => LastOf(t.Name) != BatchCounter).GroupBy(t => ModuleOf(t.Name)))
        {
            if (module.Any(t => LastOf(t.Name).StartsWith("weight_hr", StringComparison.Ordinal)))
                throw FileFault.Refused($"the projection of {FileFault.Quote(module.Key)} (proj_size)");
            if (!module.Any(t => IsRecurrent(LastOf(t.Name))))
            {
                layers.Add(new StoredLayer(module.Key, module.ToList()));
                continue;
            }

            // In a file sorted by name l10 stands before l2.
            foreach (IGrouping<int, StoredTensor> layer in module.GroupBy(t => NumberOf(LastOf(t.Name))).OrderBy(g => g.Key))
            {
                List<StoredTensor> ordered = layer.OrderBy(t => IsReverse(t.Name)).ThenBy(t => PartOf(LastOf(t.Name))).ToList();
                layers.Add(new StoredLayer(module.Key + (layer.Key < 0 ? "" : FormattableString.Invariant($", layer {layer.Key}")), ordered));
            }
        }

        return layers;
    }

    public static bool IsRecurrent(string last) => PartOf(last) >= 0;

    public static bool IsReverse(string name) => name.EndsWith(ReverseSuffix, StringComparison.Ordinal);

    public static string LastOf(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>Input weights, recurrent weights, input bias, recurrent bias: the order of the formulas; -1 for what is none of them.</summary>
    public static int PartOf(string last)
    {
        string[] parts = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];
        return Array.FindIndex(parts, part => last == part || last.StartsWith(part + "_l", StringComparison.Ordinal));
    }

    private static string ModuleOf(string name) => name.LastIndexOf('.') is var cut and >= 0 ? name[..cut] : "";

    /// <summary>The layer inside its module: 1 of <c>weight_ih_l1_reverse</c>; -1 for a cell.</summary>
    private static int NumberOf(string last)
    {
        int start = last.LastIndexOf("_l", StringComparison.Ordinal);
        if (start < 0)
            return -1;
        string digits = last[(start + 2)..].Replace(ReverseSuffix, "", StringComparison.Ordinal);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw FileFault.Damaged($"a weight called {FileFault.Quote(last)}");
    }
}
