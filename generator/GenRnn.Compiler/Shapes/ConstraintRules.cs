using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What [Constrain] says of a layer: it finds a weight that is trained, its axes are the weight's, and each argument is one that it uses.</summary>
internal static class ConstraintRules
{
    /// <summary>The constraints that use an argument.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> s_users = new Dictionary<string, string[]>
    {
        [ConstraintSpec.Least.Name] = new[] { "MinMaxNorm" },
        [ConstraintSpec.Most.Name] = new[] { "MaxNorm", "MinMaxNorm" },
        [ConstraintSpec.Speed.Name] = new[] { "MinMaxNorm" },
        [ConstraintSpec.Axis.Name] = new[] { "MaxNorm", "UnitNorm", "MinMaxNorm" },
        [ConstraintSpec.SeveralAxes.Name] = new[] { "MaxNorm", "UnitNorm", "MinMaxNorm" },
    };

    /// <summary>Checks the modifiers of a layer, or of a part of a cell.</summary>
    /// <param name="context">The item.</param>
    /// <param name="axesOf">Number of axes of a weight.</param>
    public static void Check(ShapeContext context, Func<ItemSpec, string, int> axesOf)
    {
        HashSet<string> constrained = new();
        for (int index = 0; index < context.Item.Modifiers.Count; index++)
        {
            ModifierSpec modifier = context.Item.Modifiers[index];
            if (modifier.Kind != ConstraintSpec.Kind || modifier.Find(ConstraintSpec.Weight)?.Text is not { } weight)
                continue;
            string? problem = weight == RegularizerSpec.Activity ? "what a layer gives is no weight that could be brought back; [Regularize(Weight.Activity)] puts a penalty on it"
                : WeightRules.Problem(context.Item, weight, ConstraintSpec.Kind);
            if (problem is not null)
                context.ReportOnModifier(Rules.UnknownWeight, index, ConstraintSpec.Weight, problem);
            else if (WeightRules.Idle(context.Item, weight) is { } reason)
                context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Constrain] changes nothing: " + reason);
            else if (!constrained.Add(weight))
                context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Constrain] changes nothing: one before it says what Weight." + weight + " is brought back to");
            else if (modifier.Find(ConstraintSpec.Which)?.Text is { } constraint)
                CheckArguments(context, index, modifier, constraint, weight, axesOf(context.Item, weight));
        }
    }

    private static void CheckArguments(ShapeContext context, int index, ModifierSpec modifier, string constraint, string weight, int axes)
    {
        foreach (FlagSpec flag in modifier.Flags)
        {
            if (s_users.TryGetValue(flag.Name, out string[]? users) && !users.Contains(constraint))
            {
                context.ReportOnModifier(Rules.ChangesNothing, index, flag.Name, LayerRules.Format(
                    "{0} changes nothing: ConstraintKind.{1} does not use it; {2} {3}", flag.Name, constraint, string.Join(" and ", users), users.Length == 1 ? "does" : "do"));
            }
        }

        double min = modifier[ConstraintSpec.Least], max = ConstraintSpec.MaxOf(modifier), rate = modifier[ConstraintSpec.Speed];
        if (min < 0)
            context.ReportOnModifier(Rules.ValueOutOfRange, index, ConstraintSpec.Least, LayerRules.Format("Min must not be negative: it is a norm; got {0}", min));
        else if (constraint == "MinMaxNorm" && max < min)
            context.ReportOnModifier(Rules.ValueOutOfRange, index, modifier.Has(ConstraintSpec.Most) ? ConstraintSpec.Most : ConstraintSpec.Least, LayerRules.Format("norms lie between Min and Max; got {0} and {1}", min, max));
        else if (max < 0)
            context.ReportOnModifier(Rules.ValueOutOfRange, index, ConstraintSpec.Most, LayerRules.Format("Max must not be negative: it is a norm; got {0}", max));
        if (rate is < 0 or > 1)
            context.ReportOnModifier(Rules.ValueOutOfRange, index, ConstraintSpec.Speed, LayerRules.Format("Rate lies between 0 and 1; got {0}", rate));
        if (constraint != "NonNegative")
            CheckAxes(context, index, modifier, weight, axes);
    }

    private static void CheckAxes(ShapeContext context, int index, ModifierSpec modifier, string weight, int axes)
    {
        FlagDefinition flag = modifier.Has(ConstraintSpec.SeveralAxes) ? ConstraintSpec.SeveralAxes : ConstraintSpec.Axis;
        if (flag != ConstraintSpec.Axis && modifier.Has(ConstraintSpec.Axis))
            context.ReportOnModifier(Rules.ChangesNothing, index, ConstraintSpec.Axis, "Axis changes nothing: Axes goes before it");
        IReadOnlyList<int> written = ConstraintSpec.AxesOf(modifier);
        List<int> found = written.Select(axis => axis < 0 ? axis + axes : axis).OrderBy(axis => axis).ToList();
        if (found.Any(axis => axis < 0 || axis >= axes))
        {
            context.ReportOnModifier(Rules.UnfitModifierOfWeight, index, flag, LayerRules.Format(
                "Weight.{0} of {1} {2}, so an axis is {3} to {4}; got {5}", weight, context.Item.Kind, axes == 1 ? "has 1 axis" : WeightRules.Describe(axes), -axes, axes - 1, string.Join(", ", written)));
        }
        else if (found.Where((axis, i) => i > 0 && axis != found[i - 1] + 1).Any())
        {
            context.ReportOnModifier(Rules.UnfitModifierOfWeight, index, flag, LayerRules.Format("axes along which a norm is taken are different and adjacent; got {0}", string.Join(", ", written)));
        }
    }
}
