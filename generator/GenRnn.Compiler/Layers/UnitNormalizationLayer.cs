using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' UnitNormalization over the last axis: y = x / max(|x|, 1e-12), |x| the square root of the sum of squares.</summary>
internal sealed class UnitNormalizationLayer : StepLayer
{
    private const double Smallest = 1e-12;

    public override string KerasClass => "UnitNormalization";

    public override string KerasName => "unit_normalization";

    public override ItemDefinition Definition { get; } = new("UnitNormalization", ItemRole.Layer, new FlagDefinition[]
    {
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override Shape Infer(ShapeContext context) => context.Input;

    public override string Equation(ItemSpec item) => "y = x / max(|x|, 1e-12)";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        // The square is bounded, not its root: the root of zero has no gradient.
        Value square = b.LaneSum(b.Multiply(x, x));
        Value bounded = b.Select(b.GreaterOrEqual(Smallest * Smallest, square), b.Constant(Smallest * Smallest), square);
        return b.Divide(x, b.Unary(OpCode.Sqrt, bounded));
    }
}
