using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers.Merges;

/// <summary>
/// Keras' Maximum and Minimum, operand after operand: where a step does not count in one of two, the other's value stands for it. Of equal values the earlier one gets the gradient.
/// </summary>
internal sealed class ExtremeMerge : ElementwiseMerge
{
    private readonly bool _isMaximum;

    public ExtremeMerge(string kind, string kerasName, bool isMaximum)
        : base(kind, kerasName) => _isMaximum = isMaximum;

    private protected override string Verb => "compares";

    private protected override string Equation(int operands) => LayerRules.Format("y = {0} of {1} operands", _isMaximum ? "maximum" : "minimum", operands);

    private protected override Value Merge(RegionBuilder b, IReadOnlyList<Value> values, IReadOnlyList<Value?> masks)
    {
        int width = values.Max(v => v.Width);
        Value result = b.Broadcast(values[0], width);
        Value? counts = masks[0];
        for (int i = 1; i < values.Count; i++)
        {
            Value other = b.Broadcast(values[i], width);
            Value mine = result;
            if (masks[i] is { } mask)
                other = b.Choose(mask, other, mine);
            if (counts is not null)
                mine = b.Choose(counts, mine, other);
            result = b.Select(_isMaximum ? b.Binary(OpCode.GreaterOrEqual, mine, other) : b.Binary(OpCode.GreaterOrEqual, other, mine), mine, other);
            counts = masks[i] is { } next && counts is not null ? (counts == next ? counts : b.Select(b.Greater(counts, 0), counts, next)) : null;
        }

        return result;
    }
}
