using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Rescaling: y = scale x + offset.</summary>
internal sealed class RescalingLayer : StepLayer
{
    public override string KerasClass => "Rescaling";

    public override string KerasName => "rescaling";

    public override ItemDefinition Definition { get; } = new("Rescaling", ItemRole.Layer, new FlagDefinition[]
    {
        new("Scale", FlagType.Number, IsPositional: true),
        new("Offset", FlagType.Number) { Default = 0.0 },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override Shape Infer(ShapeContext context) => context.Input;

    public override string Equation(ItemSpec item) => item.GetNumber("Offset") == 0 ? "y = scale x" : "y = scale x + offset";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        Value scaled = b.Multiply(x, context.Item.GetNumber("Scale"));
        return context.Item.GetNumber("Offset") is var offset and not 0 ? b.Add(scaled, offset) : scaled;
    }
}
