using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Layers;

namespace GenRnn.Compiler.Shapes;

/// <summary>How far a mask reaches along the layers, and who loses it.</summary>
internal static class MaskRules
{
    /// <summary>Whether the output of an item has a mask; reports a layer that reads masked steps as if they counted.</summary>
    public static bool Pass(ShapeContext context, Layer? layer)
    {
        bool[] operands = context.Operands.Select(o => o.IsMasked).ToArray();
        // What is not known may do anything: nothing is said about the layers behind it.
        if (layer is null)
            return operands.Any(isMasked => isMasked);

        bool isMasked = layer.GivesMask(context.Item, operands);
        bool isLost = !isMasked && layer.Masks(context.Item) != MaskUse.Consumes;
        if (isLost && operands.Any(m => m))
        {
            OperandShape other = context.Operands.FirstOrDefault(o => !o.IsMasked);
            context.Report(Rules.LostMask, "", operands.All(m => m)
                ? LayerRules.Format("{0} reads masked steps like any other, and no layer after it knows which they were", context.Item.Describe())
                : LayerRules.Format(
                    "{0} merges masked steps of {1} with {2}, of which all steps count: all of its own steps count, and no layer after it knows which were masked",
                    context.Item.Describe(), context.Operands.First(o => o.IsMasked).Name, other.Name));
        }

        return isMasked;
    }
}
