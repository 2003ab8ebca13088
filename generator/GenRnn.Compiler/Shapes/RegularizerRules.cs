using System;
using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What [Regularize] says of a layer: it finds a weight that is trained, its factors are numbers that a penalty can have, and each of them counts.</summary>
internal static class RegularizerRules
{
    private static readonly Flag<double>[] s_factors = { RegularizerSpec.L1Factor, RegularizerSpec.L2Factor, RegularizerSpec.OrthogonalFactor };

    /// <summary>Checks the modifiers of a layer, or of a part of a cell.</summary>
    /// <param name="context">The item.</param>
    /// <param name="axesOf">Number of axes of a weight.</param>
    /// <param name="isPart">Whether it is a part of a cell, which gives nothing by itself.</param>
    public static void Check(ShapeContext context, Func<ItemSpec, string, int> axesOf, bool isPart)
    {
        HashSet<string> penalised = new();
        for (int index = 0; index < context.Item.Modifiers.Count; index++)
        {
            ModifierSpec modifier = context.Item.Modifiers[index];
            if (modifier.Kind != RegularizerSpec.Kind || modifier.Find(RegularizerSpec.Weight)?.Text is not { } weight)
                continue;
            if (Problem(context.Item, weight, isPart) is { } problem)
                context.ReportOnModifier(Rules.UnknownWeight, index, RegularizerSpec.Weight, problem);
            else if (WeightRules.Idle(context.Item, weight) is { } reason)
                context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Regularize] changes nothing: " + reason);
            else if (!penalised.Add(weight))
                context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Regularize] changes nothing: one before it says the penalty on Weight." + weight + "; write all factors in one");
            else
                CheckFactors(context, index, modifier, weight, weight == RegularizerSpec.Activity ? 0 : axesOf(context.Item, weight));
        }
    }

    private static void CheckFactors(ShapeContext context, int index, ModifierSpec modifier, string weight, int axes)
    {
        bool any = false;
        foreach (Flag<double> flag in s_factors)
        {
            double factor = modifier[flag];
            any |= factor != 0;
            if (factor < 0)
                context.ReportOnModifier(Rules.ValueOutOfRange, index, flag, LayerRules.Format("{0} must not be negative: training would make the penalty as large as it can; got {1}", flag.Name, factor));
        }

        if (modifier[RegularizerSpec.OrthogonalFactor] > 0 && axes != 2)
        {
            context.ReportOnModifier(Rules.UnfitModifierOfWeight, index, RegularizerSpec.OrthogonalFactor, weight == RegularizerSpec.Activity
                ? "Orthogonal is of a matrix of weights; what a layer gives takes L1 and L2"
                : LayerRules.Format("Orthogonal is of the rows or columns of a matrix; Weight.{0} of {1} {2}", weight, context.Item.Kind, WeightRules.Describe(axes)));
        }

        if (!any)
            context.ReportOnModifier(Rules.ChangesNothing, index, "", "[Regularize] changes nothing: it has no factor; write L1, L2 or Orthogonal, as in L2 = 0.01");
        else if (modifier.Has(RegularizerSpec.OrthogonalMode) && modifier[RegularizerSpec.OrthogonalFactor] <= 0)
            context.ReportOnModifier(Rules.ChangesNothing, index, RegularizerSpec.OrthogonalMode, "Mode changes nothing: only Orthogonal is of rows or columns");
    }

    private static string? Problem(ItemSpec item, string weight, bool isPart) =>
        weight != RegularizerSpec.Activity ? WeightRules.Problem(item, weight, RegularizerSpec.Kind)
        : isPart ? "a part of a cell gives nothing by itself: write [Regularize(Weight.Activity)] in front of the layer that runs the cell"
        : !LayerRegistry.Find(item.Kind)!.ComputesInInference ? item.Kind + " computes nothing: write [Regularize(Weight.Activity)] in front of the layer before it"
        : null;
}
