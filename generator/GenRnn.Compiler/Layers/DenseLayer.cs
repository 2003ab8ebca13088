using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Dense: y = act(x K + b) on the last axis, step by step on a sequence.</summary>
internal sealed class DenseLayer : StepLayer
{
    /// <summary>Below this many outputs, and from this many inputs on, a product is reduced over lanes: a handful of outputs would
    /// leave most lanes of a vector idle. Part of the numeric contract, so it depends on the layer alone.</summary>
    private const int FewOutputs = 8;
    private const int ManyInputs = 16;

    public override string KerasClass => "Dense";

    public override string KerasName => "dense";

    public override ItemDefinition Definition { get; } = new("Dense", ItemRole.Layer, new FlagDefinition[]
    {
        new("Units", FlagType.Integer, IsPositional: true),
        new("Activation", FlagType.Enum, "Activation") { Default = "Linear" },
        new("ActivationAlpha", FlagType.Number) { AlphaOf = "Activation" },
        new("UseBias", FlagType.Boolean) { Default = true },
        new("KernelInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("BiasInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("Trainable", FlagType.Boolean) { Effect = FlagEffect.Training, Default = true },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override Shape Infer(ShapeContext context)
    {
        int units = LayerRules.PositiveUnits(context);
        LayerRules.AlphaIsUsed(context, "Activation", "ActivationAlpha", "Linear");
        return units <= 0 ? Shape.Unknown : context.Input with { Features = units };
    }

    public override int Width(ItemSpec item, int input) => item.GetInteger("Units");

    public override string OutputActivation(ItemSpec item) => item.GetText("Activation", "Linear");

    public override string Equation(ItemSpec item) =>
        "y = " + Activations.Name(item.GetText("Activation", "Linear")) + (item.GetBoolean("UseBias", true) ? "(b + x K)" : "(x K)");

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        ItemSpec item = context.Item;
        int units = item.GetInteger("Units");
        ParameterView kernel = context.AddParameter("kernel", context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), x.Width, units);
        ParameterView? bias = item.GetBoolean("UseBias", true)
            ? context.AddParameter("bias", context.Initializer("Bias", "BiasInitializer", "Zeros"), units)
            : null;

        bool isLaneReduced = units < FewOutputs && x.Width >= ManyInputs;
        Value z = b.Linear(units, bias, null, isLaneReduced, new[] { new LinearTerm(x, kernel) });
        return OutputLogits.Activate(context, b, item.GetText("Activation", "Linear"), item.Find("ActivationAlpha")?.Number, z, context.Input.Steps);
    }
}
