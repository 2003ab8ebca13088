using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>Keras' SimpleRNN: h' = act(x K + b + h R).</summary>
internal sealed class SimpleRnnCell : Cell
{
    public override string Kind => "SimpleRnn";

    public override string KerasClass => "SimpleRNN";

    public override string KerasName => "simple_rnn";

    public override IReadOnlyList<string> StateNames { get; } = new[] { "h" };

    public override IReadOnlyList<FlagDefinition> Flags { get; } = CellFlags.With(isGated: false, new FlagDefinition("ActivationAlpha", FlagType.Number) { AlphaOf = "Activation" });

    public override void Check(ShapeContext context)
    {
        base.Check(context);
        LayerRules.AlphaIsUsed(context, "Activation", "ActivationAlpha", "Tanh");
    }

    public override string OutputActivation(ItemSpec item) => item.GetText("Activation", "Tanh");

    public override string Equation(ItemSpec item) =>
        "h' = " + Activations.Name(item.GetText("Activation", "Tanh")) + (item.GetBoolean("UseBias", true) ? "(b + x K + h R)" : "(x K + h R)");

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        ItemSpec item = context.Item;
        int units = item.GetInteger("Units");
        ParameterView kernel = context.AddParameter("kernel", context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), x.Width, units);
        ParameterView recurrentKernel = context.AddParameter("recurrent_kernel",
            context.Initializer("Recurrent", "RecurrentInitializer", "Orthogonal"), states[0].Width, units);
        ParameterView? bias = item.GetBoolean("UseBias", true)
            ? context.AddParameter("bias", context.Initializer("Bias", "BiasInitializer", "Zeros"), units)
            : null;

        CellDropout dropout = CellDropout.Plain(context, b, x, states[0]);
        Value z = b.Linear(units, bias, (dropout.Input(), kernel), (dropout.State(), recurrentKernel));
        Value h = Activations.Apply(b, item.GetText("Activation", "Tanh"), item.Find("ActivationAlpha")?.Number, z);
        return new CellStep(b.Named("h", h), new[] { h });
    }
}
