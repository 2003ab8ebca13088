using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Dense: y = act(x K + b) on the last axis, step by step on a sequence.</summary>
internal sealed class DenseLayer : StepLayer
{
    private static readonly Flag<double> ActivationAlpha = LayerFlags.AlphaOf("ActivationAlpha", LayerFlags.Activation);

    /// <summary>Below this many outputs, and from this many inputs on, a product is reduced over lanes: a handful of outputs would
    /// leave most lanes of a vector idle. Part of the numeric contract, so it depends on the layer alone.</summary>
    private const int FewOutputs = 8;
    private const int ManyInputs = 16;

    public override string KerasClass => "Dense";

    public override string KerasName => "dense";

    public override ItemDefinition Definition { get; } = new("Dense", ItemRole.Layer, new FlagDefinition[] { LayerFlags.Units, LayerFlags.Activation, ActivationAlpha, LayerFlags.UseBias, LayerFlags.KernelInitializer, LayerFlags.BiasInitializer, ItemFlags.Trainable, ItemFlags.Name });

    public override Shape Infer(ShapeContext context)
    {
        int units = LayerRules.PositiveUnits(context);
        LayerRules.AlphaIsUsed(context, LayerFlags.Activation, ActivationAlpha);
        return units <= 0 ? Shape.Unknown : context.Input with { Features = units };
    }

    public override int Width(ItemSpec item, int input) => item[LayerFlags.Units];

    public override string OutputActivation(ItemSpec item) => item[LayerFlags.Activation];

    public override string Equation(ItemSpec item) =>
        "y = " + Activations.Name(item[LayerFlags.Activation]) + (item[LayerFlags.UseBias] ? "(b + x K)" : "(x K)");

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        ItemSpec item = context.Item;
        int units = item[LayerFlags.Units];
        ParameterView kernel = context.AddParameter("kernel", context.Initializer(LayerFlags.KernelInitializer), x.Width, units);
        ParameterView? bias = item[LayerFlags.UseBias]
            ? context.AddParameter("bias", context.Initializer(LayerFlags.BiasInitializer), units)
            : null;

        bool isLaneReduced = units < FewOutputs && x.Width >= ManyInputs;
        Value z = b.Linear(units, bias, null, isLaneReduced, new[] { new LinearTerm(x, kernel) });
        return OutputLogits.Activate(context, b, item[LayerFlags.Activation], item.Find(ActivationAlpha)?.Number, z, context.Input.Steps);
    }
}
