using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' LayerNormalization over the last axis: y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the population's variance.</summary>
internal sealed class LayerNormalizationLayer : StepLayer
{
    public static readonly Flag<double> Epsilon = Flag.Number("Epsilon", 1e-3);

    public override string KerasClass => "LayerNormalization";

    public override string KerasName => "layer_normalization";

    public override ItemDefinition Definition { get; } = new("LayerNormalization", ItemRole.Layer, new FlagDefinition[] { Epsilon, ScaleFlags.Center, ScaleFlags.Scale, ScaleFlags.BetaInitializer, ScaleFlags.GammaInitializer, ItemFlags.Trainable, ItemFlags.Name });

    public override Shape Infer(ShapeContext context)
    {
        double epsilon = context.Item[Epsilon];
        if (epsilon <= 0)
            context.Report(Rules.ValueOutOfRange, Epsilon, LayerRules.Format("Epsilon must be positive: a constant vector would be divided by zero; got {0}", epsilon));
        return context.Input;
    }

    public override string Equation(ItemSpec item) =>
        "y = " + (item[ScaleFlags.Scale] ? "gamma " : "") + "(x - mean) / sqrt(variance + epsilon)" + (item[ScaleFlags.Center] ? " + beta" : "");

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        ParameterView? gamma = context.Item[ScaleFlags.Scale]
            ? context.AddParameter("gamma", context.Initializer(ScaleFlags.GammaInitializer), x.Width)
            : null;
        ParameterView? beta = context.Item[ScaleFlags.Center]
            ? context.AddParameter("beta", context.Initializer(ScaleFlags.BetaInitializer), x.Width)
            : null;

        return Normalize(b, x, context.Item[Epsilon], gamma, beta);
    }

    public static Value Normalize(RegionBuilder b, Value x, double epsilon, ParameterView? gamma, ParameterView? beta)
    {
        Value count = b.Constant(x.Width);
        Value centered = b.Subtract(x, b.Divide(b.LaneSum(x), count));
        Value variance = b.Divide(b.LaneSum(b.Multiply(centered, centered)), count);
        Value y = b.Divide(centered, b.Unary(OpCode.Sqrt, b.Add(variance, epsilon)));
        if (gamma is not null)
            y = b.Multiply(y, b.Parameter(gamma));
        return beta is null ? y : b.Add(y, b.Parameter(beta));
    }
}
