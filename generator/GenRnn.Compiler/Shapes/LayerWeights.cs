using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Which weights a layer has, by the names that modifiers say them by.</summary>
internal static class LayerWeights
{
    /// <summary>The flag that a layer has for each of its weights.</summary>
    public const string FlagSuffix = "Initializer";

    /// <summary>The weights that a flag of the layer can leave out.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_switches =
        new Dictionary<string, string> { ["Bias"] = "UseBias", ["Gamma"] = "Scale", ["Beta"] = "Center" };

    /// <summary>Why no layer of this kind has the weight; null if it has.</summary>
    /// <param name="item">The layer.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="modifier">The modifier that names it.</param>
    public static string? Problem(ItemSpec item, string weight, string modifier)
    {
        if (item.Kind == "Rnn")
            return "Rnn has no weights of its own: write [" + modifier + "] in front of a part of the cell that it runs";
        List<string> weights = Catalogue.Find(item.Kind)!.Flags
            .Where(f => f.Name.EndsWith(FlagSuffix, StringComparison.Ordinal))
            .Select(f => "Weight." + f.Name.Substring(0, f.Name.Length - FlagSuffix.Length)).ToList();
        return weights.Contains("Weight." + weight) ? null
            : weights.Count == 0 ? item.Kind + " has no weights"
            : item.Kind + " has no Weight." + weight + "; it has " + string.Join(", ", weights);
    }

    /// <summary>Vectors that start as the weight does, in words; empty where there are none. TensorFlow 1 has one initialiser for kernel and peepholes.</summary>
    public static string VectorsBeside(ItemSpec item, string weight) => weight == "Kernel" && item.GetBoolean("UsePeepholes") ? "the peepholes" : "";

    /// <summary>Which flag leaves the weight out; null if the layer has it.</summary>
    public static string? LeftOut(ItemSpec item, string weight) =>
        s_switches.TryGetValue(weight, out string? flag) && item.Find(flag) is { Boolean: false } ? flag + " = false leaves that weight out" : null;
}
