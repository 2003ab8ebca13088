using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>
/// Keras' LSTM: i, f, g, o are the four blocks of z = b + x K + h R; c' = f c + i g; h' = o act(c'), with the recurrent activation on
/// i, f, o and the activation on g. States: h, then c.
/// </summary>
internal sealed class LstmCell : Cell
{
    public override string Kind => "Lstm";

    public override string KerasClass => "LSTM";

    public override string KerasName => "lstm";

    public override IReadOnlyList<string> StateNames { get; } = new[] { "h", "c" };

    public override IReadOnlyList<FlagDefinition> Flags { get; } =
        CellFlags.With(isGated: true, new FlagDefinition("UnitForgetBias", FlagType.Boolean));

    public override string Equation(ItemSpec item) =>
        "i, f, g, o = " + (item.GetBoolean("UseBias", true) ? "b + x K + h R" : "x K + h R") + "; c' = f c + i g; h' = o act(c')";

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        ItemSpec item = context.Item;
        int units = item.GetInteger("Units");
        string activation = item.GetText("Activation", "Tanh");
        string gate = item.GetText("RecurrentActivation", "Sigmoid");
        ParameterView kernel = context.AddParameter("kernel", context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), x.Width, 4 * units);
        ParameterView recurrentKernel = context.AddParameter("recurrent_kernel",
            context.Initializer("Recurrent", "RecurrentInitializer", "Orthogonal"), states[0].Width, 4 * units);
        ParameterView? bias = null;
        if (item.GetBoolean("UseBias", true))
        {
            InitializerSpec initializer = context.Initializer("Bias", "BiasInitializer", "Zeros");
            // Keras sets the forget gate's block to one and leaves the others to the initialiser.
            if (item.GetBoolean("UnitForgetBias", true))
                initializer = initializer with { OnesStart = units, OnesLength = units };
            bias = context.AddParameter("bias", initializer, 4 * units);
        }

        Value z = b.Linear(4 * units, bias, (x, kernel), (states[0], recurrentKernel));
        Value i = Activations.Apply(b, gate, null, b.Slice(z, 0, units));
        Value f = Activations.Apply(b, gate, null, b.Slice(z, units, units));
        Value g = Activations.Apply(b, activation, null, b.Slice(z, 2 * units, units));
        Value o = Activations.Apply(b, gate, null, b.Slice(z, 3 * units, units));
        Value c = b.Add(b.Multiply(f, states[1]), b.Multiply(i, g));
        Value h = b.Multiply(o, Activations.Apply(b, activation, null, c));
        return new CellStep(h, new[] { h, c });
    }
}
