using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers.Merges;

/// <summary>Keras' Subtract: y = a - b. Masked steps are subtracted as they stand.</summary>
internal sealed class SubtractLayer : ElementwiseMerge
{
    public SubtractLayer()
        : base("Subtract", "subtract")
    {
    }

    public override (int Least, int Most) OperandCount => (2, 2);

    private protected override string Verb => "subtracts";

    private protected override string Equation(int operands) => "y = a - b";

    private protected override Value Merge(RegionBuilder b, IReadOnlyList<Value> values, IReadOnlyList<Value?> masks) => b.Subtract(values[0], values[1]);
}
