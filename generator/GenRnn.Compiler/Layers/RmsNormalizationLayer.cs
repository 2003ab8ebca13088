using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' RMSNormalization over the last axis: y = scale x / sqrt(mean of x^2 + epsilon).</summary>
internal sealed class RmsNormalizationLayer : StepLayer
{
    private const double DefaultEpsilon = 1e-6;

    public override string KerasClass => "RMSNormalization";

    public override string KerasName => "rms_normalization";

    public override ItemDefinition Definition { get; } = new("RmsNormalization", ItemRole.Layer, new FlagDefinition[]
    {
        new("Epsilon", FlagType.Number) { Default = DefaultEpsilon },
        new("Trainable", FlagType.Boolean) { Effect = FlagEffect.Training, Default = true },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override Shape Infer(ShapeContext context)
    {
        double epsilon = context.Item.GetNumber("Epsilon", DefaultEpsilon);
        if (epsilon <= 0)
            context.Report(Rules.ValueOutOfRange, "Epsilon", LayerRules.Format("Epsilon must be positive: a vector of zeros would be divided by zero; got {0}", epsilon));
        return context.Input;
    }

    public override string Equation(ItemSpec item) => "y = scale x / sqrt(mean of x^2 + epsilon)";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        ParameterView scale = context.AddParameter("scale", new InitializerSpec("Ones"), x.Width);
        Value mean = b.Divide(b.LaneSum(b.Multiply(x, x)), b.Constant(x.Width));
        Value root = b.Unary(OpCode.Sqrt, b.Add(mean, context.Item.GetNumber("Epsilon", DefaultEpsilon)));
        return b.Multiply(b.Divide(x, root), b.Parameter(scale));
    }
}
