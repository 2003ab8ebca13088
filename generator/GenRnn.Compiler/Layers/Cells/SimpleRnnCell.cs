using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>Keras' SimpleRNN: h' = act(x K + b + h R).</summary>
internal sealed class SimpleRnnCell : Cell
{
    private static readonly Flag<double> ActivationAlpha = LayerFlags.AlphaOf("ActivationAlpha", CellFlags.Activation);

    public override string Kind => "SimpleRnn";

    public override string KerasClass => "SimpleRNN";

    public override string KerasName => "simple_rnn";

    public override IReadOnlyList<string> StateNames { get; } = new[] { "h" };

    public override IReadOnlyList<FlagDefinition> Flags { get; } = CellFlags.With(isGated: false, ActivationAlpha);

    public override void Check(ShapeContext context)
    {
        base.Check(context);
        LayerRules.AlphaIsUsed(context, CellFlags.Activation, ActivationAlpha);
    }

    public override bool DropsPenalty => true;

    public override string OutputActivation(ItemSpec item) => item[CellFlags.Activation];

    public override string Equation(ItemSpec item) =>
        "h' = " + Activations.Name(item[CellFlags.Activation]) + (item[LayerFlags.UseBias] ? "(b + x K + h R)" : "(x K + h R)");

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        ItemSpec item = context.Item;
        int units = item[LayerFlags.Units];
        ParameterView kernel = context.AddParameter("kernel", context.Initializer(LayerFlags.KernelInitializer), x.Width, units);
        ParameterView recurrentKernel = context.AddParameter("recurrent_kernel",
            context.Initializer(CellFlags.RecurrentInitializer), states[0].Width, units);
        ParameterView? bias = item[LayerFlags.UseBias]
            ? context.AddParameter("bias", context.Initializer(LayerFlags.BiasInitializer), units)
            : null;

        CellDropout dropout = CellDropout.Plain(context, b, x, states[0]);
        Value z = b.Linear(units, bias, (dropout.Input(), kernel), (dropout.State(), recurrentKernel));
        Value h = Activations.Apply(b, item[CellFlags.Activation], item.Find(ActivationAlpha)?.Number, z);
        return new CellStep(b.Named("h", h), new[] { h });
    }
}
