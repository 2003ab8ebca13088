using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' ReLU layer: x above the threshold, at most the largest value; below it the slope times the distance to it.</summary>
internal sealed class ReluLayer : StepLayer
{
    public override string KerasClass => "ReLU";

    public override string KerasName => "re_lu";

    public override ItemDefinition Definition { get; } = new("Relu", ItemRole.Layer, new FlagDefinition[]
    {
        new("MaxValue", FlagType.Number),
        new("NegativeSlope", FlagType.Number) { Default = 0.0 },
        new("Threshold", FlagType.Number) { Default = 0.0 },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override string OutputActivation(ItemSpec item) => "Relu";

    public override Shape Infer(ShapeContext context)
    {
        foreach (string flag in new[] { "MaxValue", "NegativeSlope", "Threshold" })
        {
            if (context.Item.GetNumber(flag) < 0)
                context.Report(Rules.ValueOutOfRange, flag, LayerRules.Format("{0} must not be negative; got {1}", flag, context.Item.GetNumber(flag)));
        }

        return context.Input;
    }

    public override string Equation(ItemSpec item) =>
        "y = x > threshold ? " + (item.Find("MaxValue") is null ? "x" : "min(x, max)") + " : " + (item.GetNumber("NegativeSlope") == 0 ? "0" : "slope (x - threshold)");

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        double slope = context.Item.GetNumber("NegativeSlope"), threshold = context.Item.GetNumber("Threshold");
        Value above = context.Item.Find("MaxValue") is { Number: var most } ? b.Select(b.Greater(x, most), b.Constant(most, x.Width), x) : x;
        Value below = slope == 0 ? b.Constant(0, x.Width) : b.Multiply(threshold == 0 ? x : b.Add(x, -threshold), slope);
        // NaN is not at or below the threshold, so it passes through; the gradient there is that of below, as in TensorFlow.
        return b.Select(b.GreaterOrEqual(threshold, x), below, above);
    }
}
