using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers.Merges;

/// <summary>
/// Keras' Multiply: y = a b ... A masked step of an operand counts as one there. If every operand has a mask, a step that counts in none gives zero.
/// </summary>
internal sealed class MultiplyLayer : ElementwiseMerge
{
    public MultiplyLayer()
        : base("Multiply", "multiply")
    {
    }

    private protected override string Verb => "multiplies";

    private protected override string Equation(int operands) => LayerRules.Format("y = product of {0} operands", operands);

    private protected override Value Merge(RegionBuilder b, IReadOnlyList<Value> values, IReadOnlyList<Value?> masks)
    {
        Value product = values.Select((v, i) => masks[i] is { } mask ? b.Choose(mask, v, b.Constant(1, v.Width)) : v).Aggregate(b.Multiply);
        if (masks.Any(m => m is null))
            return product;
        Value zero = b.Constant(0, product.Width);
        // From the last mask to the first: the product where any counts.
        return masks.Distinct().Reverse().Aggregate(zero, (rest, mask) => b.Choose(mask!, product, rest));
    }
}
