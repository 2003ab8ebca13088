using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' LeakyReLU layer, whose slope is another one than that of the activation of the same name unless it is said.</summary>
internal sealed class LeakyReluLayer : StepLayer
{
    private const double DefaultSlope = 0.3;

    public override string KerasClass => "LeakyReLU";

    public override string KerasName => "leaky_re_lu";

    public override ItemDefinition Definition { get; } = new("LeakyRelu", ItemRole.Layer, new FlagDefinition[]
    {
        new("NegativeSlope", FlagType.Number, IsPositional: true, IsOptional: true) { Default = DefaultSlope },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override string OutputActivation(ItemSpec item) => "LeakyRelu";

    public override Shape Infer(ShapeContext context)
    {
        double slope = context.Item.GetNumber("NegativeSlope", DefaultSlope);
        if (slope < 0)
            context.Report(Rules.ValueOutOfRange, "NegativeSlope", LayerRules.Format("NegativeSlope must not be negative; got {0}", slope));
        return context.Input;
    }

    public override string Equation(ItemSpec item) => "y = x > 0 ? x : slope x";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x) =>
        Activations.Apply(b, "LeakyRelu", context.Item.GetNumber("NegativeSlope", DefaultSlope), x);
}
