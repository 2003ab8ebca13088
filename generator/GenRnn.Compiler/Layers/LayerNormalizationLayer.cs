using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' LayerNormalization over the last axis: y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the population's variance.</summary>
internal sealed class LayerNormalizationLayer : StepLayer
{
    public const double DefaultEpsilon = 1e-3;

    public override string KerasClass => "LayerNormalization";

    public override string KerasName => "layer_normalization";

    public override ItemDefinition Definition { get; } = new("LayerNormalization", ItemRole.Layer, new FlagDefinition[]
    {
        new("Epsilon", FlagType.Number) { Default = DefaultEpsilon },
        new("Center", FlagType.Boolean) { Default = true },
        new("Scale", FlagType.Boolean) { Default = true },
        new("BetaInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("GammaInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("Trainable", FlagType.Boolean) { Effect = FlagEffect.Training, Default = true },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override Shape Infer(ShapeContext context)
    {
        double epsilon = context.Item.GetNumber("Epsilon", DefaultEpsilon);
        if (epsilon <= 0)
            context.Report(Rules.ValueOutOfRange, "Epsilon", LayerRules.Format("Epsilon must be positive: a constant vector would be divided by zero; got {0}", epsilon));
        return context.Input;
    }

    public override string Equation(ItemSpec item) =>
        "y = " + (item.GetBoolean("Scale", true) ? "gamma " : "") + "(x - mean) / sqrt(variance + epsilon)" + (item.GetBoolean("Center", true) ? " + beta" : "");

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        ParameterView? gamma = context.Item.GetBoolean("Scale", true)
            ? context.AddParameter("gamma", context.Initializer("Gamma", "GammaInitializer", "Ones"), x.Width)
            : null;
        ParameterView? beta = context.Item.GetBoolean("Center", true)
            ? context.AddParameter("beta", context.Initializer("Beta", "BetaInitializer", "Zeros"), x.Width)
            : null;

        return Normalize(b, x, context.Item.GetNumber("Epsilon", DefaultEpsilon), gamma, beta);
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
