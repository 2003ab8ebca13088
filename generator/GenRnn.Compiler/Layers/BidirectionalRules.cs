using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>What the two layers of a [Bidirectional] must have in common, as Keras asks for it.</summary>
internal static class BidirectionalRules
{
    private static readonly Flag<bool>[] Common = { TimeFlags.ReturnSequences, TimeFlags.ReturnState, TimeFlags.Stateful };

    /// <summary>Whether there is no [Backward] that finds no other half before it. What such a layer reads is unknown.</summary>
    public static bool HasForward(ShapeContext context)
    {
        for (int index = 0; index < context.Item.Modifiers.Count; index++)
        {
            if (context.Item.Modifiers[index] is { Kind: BackwardHalf.Kind, Layer: null })
            {
                context.ReportOnModifier(Rules.UnfitWrapper, index, "", LayerRules.Format(
                    "Backward makes {0} the half of a [Bidirectional] layer that runs backwards, and the layer before it is none, or has that half already: write [Bidirectional] in front of the one that runs forwards",
                    context.Item.Kind));
                return false;
            }
        }

        return true;
    }

    /// <summary>Flags that say what is given, and the direction.</summary>
    public static void FlagsAgree(ShapeContext context, ItemSpec half, int modifier)
    {
        foreach (Flag<bool> flag in Common)
        {
            if (context.Item[flag] != half[flag])
            {
                context.ReportOnModifier(Rules.UnfitHalves, modifier, flag.Name, LayerRules.Format(
                    "the layers of both directions are merged, so {0} must be the same: {1} forwards, {2} backwards", flag.Name, Text(context.Item[flag]), Text(half[flag])));
            }
        }

        if (half.Find(TimeFlags.GoBackwards) is { Boolean: false })
            context.ReportOnModifier(Rules.UnfitHalves, modifier, TimeFlags.GoBackwards.Name, "the layer after [Backward] runs backwards: leave GoBackwards out, or set it to true as Keras does");
        foreach (ModifierSpec inner in half.Modifiers)
        {
            if (inner.Kind == InitialStateItem.Kind)
                context.ReportOnModifier(Rules.InitialStateMismatch, modifier, InitialStateItem.Sources.Name, "the initial states of both directions are named in front of [Bidirectional]: those of the forward layer, then those of the backward one");
        }
    }

    /// <summary>Outputs that are merged element by element.</summary>
    public static void WidthsAgree(ShapeContext context, int wrapper, string mergeMode, Shape forward, Shape backward)
    {
        if (mergeMode != "Concat" && !forward.IsUnknown && !backward.IsUnknown && forward.Features != backward.Features)
        {
            context.ReportOnModifier(Rules.UnfitHalves, wrapper, BidirectionalLayer.MergeMode.Name, LayerRules.Format(
                "MergeMode.{0} merges element by element, and the layers give {1} and {2} values; use MergeMode.Concat, or the same units", mergeMode, forward.Features, backward.Features));
        }
    }

    private static string Text(bool value) => value ? "true" : "false";
}
