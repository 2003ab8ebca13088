using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Activation: y = act(x).</summary>
internal sealed class ActivationLayer : StepLayer
{
    private static readonly Flag<string> Function = Flag.Enum("Function", "Activation") with { IsPositional = true, Absent = "Linear" };
    private static readonly Flag<double> Alpha = LayerFlags.AlphaOf("Alpha", Function);

    public override string KerasClass => "Activation";

    public override string KerasName => "activation";

    public override ItemDefinition Definition { get; } = new("Activation", ItemRole.Layer, new FlagDefinition[] { Function, Alpha, ItemFlags.Name });

    public override string OutputActivation(ItemSpec item) => item[Function];

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.AlphaIsUsed(context, Function, Alpha);
        return context.Input;
    }

    public override string Equation(ItemSpec item) => "y = " + Activations.Name(item[Function]) + "(x)";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x) =>
        OutputLogits.Activate(context, b, context.Item[Function], context.Item.Find(Alpha)?.Number, x, context.Input.Steps);
}
