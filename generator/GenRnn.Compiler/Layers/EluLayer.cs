using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' ELU layer: the activation of the same name.</summary>
internal sealed class EluLayer : StepLayer
{
    public override string KerasClass => "ELU";

    public override string KerasName => "elu";

    public override ItemDefinition Definition { get; } = new("Elu", ItemRole.Layer, new FlagDefinition[]
    {
        new("Alpha", FlagType.Number, IsPositional: true, IsOptional: true) { Default = 1.0 },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override string OutputActivation(ItemSpec item) => "Elu";

    public override Shape Infer(ShapeContext context) => context.Input;

    public override string Equation(ItemSpec item) => "y = x > 0 ? x : alpha (exp(x) - 1)";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x) => Activations.Apply(b, "Elu", context.Item.GetNumber("Alpha", 1), x);
}
