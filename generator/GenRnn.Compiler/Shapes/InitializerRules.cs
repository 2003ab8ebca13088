using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>How weights start: an [Initialize] finds its weight, an initialiser fills the weight's shape, and each argument is one that it uses.</summary>
internal static class InitializerRules
{
    private const string Modifier = "Initialize";

    /// <summary>The initialisers that use an argument of [Initialize].</summary>
    private static readonly IReadOnlyDictionary<string, string[]> s_users = new Dictionary<string, string[]>
    {
        ["Gain"] = new[] { "Orthogonal", "Identity" },
        ["Value"] = new[] { "Constant" },
        ["Mean"] = new[] { "RandomNormal", "TruncatedNormal" },
        ["StandardDeviation"] = new[] { "RandomNormal", "TruncatedNormal" },
        ["Minimum"] = new[] { "RandomUniform" },
        ["Maximum"] = new[] { "RandomUniform" },
        ["Scale"] = new[] { "VarianceScaling" },
        ["Mode"] = new[] { "VarianceScaling" },
        ["IsUniform"] = new[] { "VarianceScaling" },
    };

    /// <summary>Checks the modifiers and flags of a layer, or of a part of a cell.</summary>
    /// <param name="context">The item.</param>
    /// <param name="axesOf">Number of axes of a weight.</param>
    public static void Check(ShapeContext context, Func<ItemSpec, string, int> axesOf)
    {
        ItemSpec item = context.Item;
        HashSet<string> started = new();
        for (int index = 0; index < item.Modifiers.Count; index++)
        {
            ModifierSpec modifier = item.Modifiers[index];
            if (modifier.Kind != Modifier || modifier.Find("Weight")?.Text is not { } weight)
                continue;
            if (LayerWeights.Problem(item, weight, Modifier) is { } missing)
                context.ReportOnModifier(Rules.UnknownWeight, index, "Weight", missing);
            else if (LayerWeights.LeftOut(item, weight) is { } reason)
                context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Initialize] changes nothing: " + reason);
            else if (!started.Add(weight))
                context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Initialize] changes nothing: one before it says how Weight." + weight + " starts");
            else if (modifier.Find("Initializer")?.Text is { } initializer)
                CheckArguments(context, index, modifier, weight, initializer, axesOf(item, weight));
        }

        foreach (FlagSpec flag in item.Flags.Where(f => f.Name.EndsWith(LayerWeights.FlagSuffix, StringComparison.Ordinal)))
        {
            string weight = flag.Name.Substring(0, flag.Name.Length - LayerWeights.FlagSuffix.Length);
            if (LayerWeights.LeftOut(item, weight) is { } reason)
                LayerRules.ChangesNothing(context, flag.Name, reason);
            else if (started.Contains(weight))
                LayerRules.ChangesNothing(context, flag.Name, "[Initialize(Weight." + weight + ", ...)] goes before it");
            else if (flag.Value.Text is { } initializer && Misfit(item, weight, initializer, axesOf(item, weight)) is { } misfit)
                context.Report(Rules.UnfitInitializer, flag.Name, misfit);
        }
    }

    private static void CheckArguments(ShapeContext context, int index, ModifierSpec modifier, string weight, string initializer, int axes)
    {
        if (Misfit(context.Item, weight, initializer, axes) is { } misfit)
            context.ReportOnModifier(Rules.UnfitInitializer, index, "Initializer", misfit);
        foreach (FlagSpec flag in modifier.Flags)
        {
            if (s_users.TryGetValue(flag.Name, out string[]? users) && !users.Contains(initializer))
            {
                context.ReportOnModifier(Rules.ChangesNothing, index, flag.Name, LayerRules.Format(
                    "{0} changes nothing: Initializer.{1} does not use it; {2} {3}", flag.Name, initializer, string.Join(" and ", users), users.Length == 1 ? "does" : "do"));
            }
        }

        double Number(string flag, double absent) => modifier.Find(flag)?.Number ?? absent;
        if (Number("StandardDeviation", 0) is < 0 and double deviation)
            context.ReportOnModifier(Rules.ValueOutOfRange, index, "StandardDeviation", LayerRules.Format("StandardDeviation must not be negative; got {0}", deviation));
        if (Number("Scale", 1) is <= 0 and double scale)
            context.ReportOnModifier(Rules.ValueOutOfRange, index, "Scale", LayerRules.Format("Scale must be positive; got {0}", scale));
        (double minimum, double maximum) = (Number("Minimum", DefaultMinimum), Number("Maximum", DefaultMaximum));
        if (maximum < minimum)
        {
            context.ReportOnModifier(Rules.ValueOutOfRange, index, modifier.Find("Maximum") is null ? "Minimum" : "Maximum", LayerRules.Format(
                "the random numbers lie between Minimum and Maximum; got {0} and {1}", minimum, maximum));
        }
    }

    // As in the runtime's attribute.
    private const double DefaultMinimum = -0.05;
    private const double DefaultMaximum = 0.05;

    /// <summary>Why the initialiser cannot fill the weight; null if it can.</summary>
    private static string? Misfit(ItemSpec item, string weight, string initializer, int axes) => initializer switch
    {
        "Orthogonal" when axes < 2 => LayerRules.Format("Orthogonal makes the rows or columns of a matrix orthogonal; Weight.{0} of {1} is a vector", weight, item.Kind),
        "Identity" when axes != 2 => LayerRules.Format("Identity fills matrices; Weight.{0} of {1} {2}", weight, item.Kind, axes == 1 ? "is a vector" : "has " + LayerRules.Format("{0}", axes) + " axes"),
        "Orthogonal" or "Identity" when LayerWeights.VectorsBeside(item, weight) is { Length: > 0 } vectors =>
            LayerRules.Format("{0} fills matrices; {1} of {2}, which start as Weight.{3} does, are vectors", initializer, vectors, item.Kind, weight),
        _ => null,
    };
}
