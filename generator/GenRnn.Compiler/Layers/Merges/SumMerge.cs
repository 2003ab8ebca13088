using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers.Merges;

/// <summary>Keras' Add and Average: y = a + b + ..., divided by the number of operands. Masked steps are summed as they stand.</summary>
internal sealed class SumMerge : ElementwiseMerge
{
    private readonly bool _isMean;

    public SumMerge(string kind, string kerasName, bool isMean)
        : base(kind, kerasName) => _isMean = isMean;

    private protected override string Verb => _isMean ? "averages" : "adds";

    private protected override string Equation(int operands) => "y = " + (_isMean ? "mean" : "sum") + LayerRules.Format(" of {0} operands", operands);

    private protected override Value Merge(RegionBuilder b, IReadOnlyList<Value> values, IReadOnlyList<Value?> masks)
    {
        Value sum = values.Skip(1).Aggregate(values[0], b.Add);
        return _isMean ? b.Divide(sum, b.Constant(values.Count, sum.Width)) : sum;
    }
}
