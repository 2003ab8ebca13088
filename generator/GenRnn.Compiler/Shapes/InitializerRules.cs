using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>How weights start: an [Initialize] finds its weight, an initialiser fills the weight's shape, and each argument is one that it uses.</summary>
internal static class InitializerRules
{
    /// <summary>The initialisers that use an argument of [Initialize].</summary>
    private static readonly IReadOnlyDictionary<string, string[]> s_users = new Dictionary<string, string[]>
    {
        [InitializeItem.Gain.Name] = new[] { "Orthogonal", "Identity" },
        [InitializeItem.Value.Name] = new[] { "Constant" },
        [InitializeItem.Mean.Name] = new[] { "RandomNormal", "TruncatedNormal" },
        [InitializeItem.StandardDeviation.Name] = new[] { "RandomNormal", "TruncatedNormal" },
        [InitializeItem.Minimum.Name] = new[] { "RandomUniform" },
        [InitializeItem.Maximum.Name] = new[] { "RandomUniform" },
        [InitializeItem.Scale.Name] = new[] { "VarianceScaling" },
        [InitializeItem.Mode.Name] = new[] { "VarianceScaling" },
        [InitializeItem.IsUniform.Name] = new[] { "VarianceScaling" },
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
            if (modifier.Kind != InitializeItem.Kind || modifier.Find(InitializeItem.Weight)?.Text is not { } weight)
                continue;
            if (LayerWeights.Problem(item, weight, InitializeItem.Kind) is { } missing)
                context.ReportOnModifier(Rules.UnknownWeight, index, InitializeItem.Weight, missing);
            else if (LayerWeights.LeftOut(item, weight) is { } reason)
                context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Initialize] changes nothing: " + reason);
            else if (!started.Add(weight))
                context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Initialize] changes nothing: one before it says how Weight." + weight + " starts");
            else if (modifier.Find(InitializeItem.Initializer)?.Text is { } initializer)
                CheckArguments(context, index, modifier, weight, initializer, axesOf(item, weight));
        }

        foreach (FlagDefinition flag in Catalogue.Find(item.Kind)!.Flags.Where(f => f.Starts.Length > 0))
        {
            if (item.Find(flag) is not { } value)
                continue;
            string weight = flag.Starts;
            if (LayerWeights.LeftOut(item, weight) is { } reason)
                LayerRules.ChangesNothing(context, flag, reason);
            else if (started.Contains(weight))
                LayerRules.ChangesNothing(context, flag, "[Initialize(Weight." + weight + ", ...)] goes before it");
            else if (value.Text is { } initializer && Misfit(item, weight, initializer, axesOf(item, weight)) is { } misfit)
                context.Report(Rules.UnfitInitializer, flag, misfit);
        }
    }

    private static void CheckArguments(ShapeContext context, int index, ModifierSpec modifier, string weight, string initializer, int axes)
    {
        if (Misfit(context.Item, weight, initializer, axes) is { } misfit)
            context.ReportOnModifier(Rules.UnfitInitializer, index, InitializeItem.Initializer, misfit);
        foreach (FlagSpec flag in modifier.Flags)
        {
            if (s_users.TryGetValue(flag.Name, out string[]? users) && !users.Contains(initializer))
            {
                context.ReportOnModifier(Rules.ChangesNothing, index, flag.Name, LayerRules.Format(
                    "{0} changes nothing: Initializer.{1} does not use it; {2} {3}", flag.Name, initializer, string.Join(" and ", users), users.Length == 1 ? "does" : "do"));
            }
        }

        if (modifier[InitializeItem.StandardDeviation] is < 0 and double deviation)
            context.ReportOnModifier(Rules.ValueOutOfRange, index, InitializeItem.StandardDeviation, LayerRules.Format("StandardDeviation must not be negative; got {0}", deviation));
        if (modifier[InitializeItem.Scale] is <= 0 and double scale)
            context.ReportOnModifier(Rules.ValueOutOfRange, index, InitializeItem.Scale, LayerRules.Format("Scale must be positive; got {0}", scale));
        (double minimum, double maximum) = (modifier[InitializeItem.Minimum], modifier[InitializeItem.Maximum]);
        if (maximum < minimum)
        {
            context.ReportOnModifier(Rules.ValueOutOfRange, index, modifier.Has(InitializeItem.Maximum) ? InitializeItem.Maximum : InitializeItem.Minimum, LayerRules.Format(
                "the random numbers lie between Minimum and Maximum; got {0} and {1}", minimum, maximum));
        }
    }

    /// <summary>Why the initialiser cannot fill the weight; null if it can.</summary>
    private static string? Misfit(ItemSpec item, string weight, string initializer, int axes) => initializer switch
    {
        "Orthogonal" when axes < 2 => LayerRules.Format("Orthogonal makes the rows or columns of a matrix orthogonal; Weight.{0} of {1} is a vector", weight, item.Kind),
        "Identity" when axes != 2 => LayerRules.Format("Identity fills matrices; Weight.{0} of {1} {2}", weight, item.Kind, axes == 1 ? "is a vector" : "has " + LayerRules.Format("{0}", axes) + " axes"),
        _ => null,
    };
}
