using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Layers;

namespace GenRnn.Compiler.Shapes;

/// <summary>How far a mask reaches along a chain of layers, and who loses it.</summary>
internal static class MaskRules
{
    /// <summary>Whether the output of an item has a mask; reports a layer that reads masked steps as if they counted.</summary>
    public static bool Pass(ShapeContext context, Layer? layer)
    {
        // What is not known may do anything: nothing is said about the layers behind it.
        MaskUse use = layer?.Masks(context.Item) ?? MaskUse.Passes;
        if (use == MaskUse.Ignores && context.HasMask)
        {
            context.Report(Rules.LostMask, "", LayerRules.Format(
                "{0} reads masked steps like any other, and no layer after it knows which they were", ShapeInference.Describe(context.Item)));
        }

        return use == MaskUse.Makes || (use == MaskUse.Passes && context.HasMask);
    }
}
