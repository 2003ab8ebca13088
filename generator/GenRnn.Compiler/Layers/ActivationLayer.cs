using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Activation: y = act(x).</summary>
internal sealed class ActivationLayer : Layer
{
    public override string KerasClass => "Activation";

    public override string KerasName => "activation";

    public override bool WorksStepByStep => true;

    public override ItemDefinition Definition { get; } = new("Activation", ItemRole.Layer, new FlagDefinition[]
    {
        new("Function", FlagType.Enum, "Activation", IsPositional: true),
        new("Alpha", FlagType.Number),
        new("Name", FlagType.Text),
    });

    public override Shape Infer(ShapeContext context) => context.Input;

    public override void Lower(LoweringContext context)
    {
        string activation = context.Item.GetText("Function", "Linear");
        RegionBuilder b = context.AddRegion("y = " + Activations.Name(activation) + "(x)");
        Value x = b.Input(context.Input, TimeAccess.Same);
        context.Output = context.NewSequence("out", context.Input.Steps, x.Width);
        b.Output(Activations.Apply(b, activation, context.Item.Find("Alpha")?.Number, x), context.Output, TimeAccess.Same);
    }
}
