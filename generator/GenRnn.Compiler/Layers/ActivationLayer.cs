using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Activation: y = act(x).</summary>
internal sealed class ActivationLayer : StepLayer
{
    public override string KerasClass => "Activation";

    public override string KerasName => "activation";

    public override ItemDefinition Definition { get; } = new("Activation", ItemRole.Layer, new FlagDefinition[]
    {
        new("Function", FlagType.Enum, "Activation", IsPositional: true),
        new("Alpha", FlagType.Number) { AlphaOf = "Function" },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override string OutputActivation(ItemSpec item) => item.GetText("Function");

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.AlphaIsUsed(context, "Function", "Alpha", "Linear");
        return context.Input;
    }

    public override string Equation(ItemSpec item) => "y = " + Activations.Name(item.GetText("Function", "Linear")) + "(x)";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x) =>
        OutputLogits.Activate(context, b, context.Item.GetText("Function", "Linear"), context.Item.Find("Alpha")?.Number, x, context.Input.Steps);
}
