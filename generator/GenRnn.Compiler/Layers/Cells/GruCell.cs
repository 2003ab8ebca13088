using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>
/// Keras' GRU, gates z, r, then the candidate: h' = z h + (1 - z) candidate. With the reset after the product (the default) the
/// candidate is act(x Kh + b0h + r (h Rh + b1h)), else act(x Kh + bh + (r h) Rh).
/// </summary>
internal sealed class GruCell : Cell
{
    public override string Kind => "Gru";

    public override string KerasClass => "GRU";

    public override string KerasName => "gru";

    public override IReadOnlyList<string> StateNames { get; } = new[] { "h" };

    public override IReadOnlyList<FlagDefinition> Flags { get; } =
        CellFlags.With(isGated: true, new FlagDefinition("ResetAfter", FlagType.Boolean) { Default = true });

    // h' is a blend with h, lane by lane.
    public override bool TakesAnyOutput => false;

    // Reset after the product: biases of the input, then of the state.
    public override int AxesOf(ItemSpec item, string weight) => weight == "Bias" && item.GetBoolean("ResetAfter", true) ? 2 : base.AxesOf(item, weight);

    // A gate stands behind the activation, which leaves only the default's bounds as they are.
    public override string OutputActivation(ItemSpec item) => item.Find("Activation") is null ? "Tanh" : "";

    public override string Equation(ItemSpec item)
    {
        string gate = Activations.Name(item.GetText("RecurrentActivation", "Sigmoid")), activation = Activations.Name(item.GetText("Activation", "Tanh"));
        return item.GetBoolean("ResetAfter", true)
            ? "z, r = " + gate + "(x K + b0 + h R + b1); n = " + activation + "(x K + b0 + r (h R + b1)); h' = z h + (1 - z) n"
            : "z, r = " + gate + "(b + x K + h R); n = " + activation + "(b + x K + (r h) R); h' = z h + (1 - z) n";
    }

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        ItemSpec item = context.Item;
        int units = item.GetInteger("Units");
        bool resetsAfter = item.GetBoolean("ResetAfter", true);
        string activation = item.GetText("Activation", "Tanh");
        string gate = item.GetText("RecurrentActivation", "Sigmoid");
        ParameterView kernel = context.AddParameter("kernel", context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), x.Width, 3 * units);
        ParameterView recurrentKernel = context.AddParameter("recurrent_kernel",
            context.Initializer("Recurrent", "RecurrentInitializer", "Orthogonal"), states[0].Width, 3 * units);
        InitializerSpec biasInitializer = context.Initializer("Bias", "BiasInitializer", "Zeros");
        ParameterView? bias = !item.GetBoolean("UseBias", true) ? null
            : resetsAfter ? context.AddParameter("bias", biasInitializer, 2, 3 * units)
            : context.AddParameter("bias", biasInitializer, 3 * units);

        Value h = states[0];
        CellDropout dropout = CellDropout.Gated(context, b, x, h, 3);
        Value OfInput(int first, int count) => b.Linear(count * units, bias?.SliceRows(0, 1).SliceColumns(first * units, count * units),
            (dropout.Input(first), kernel.SliceColumns(first * units, count * units)));
        Value OfState(int first, int count) => b.Linear(count * units, bias?.SliceRows(1, 1).SliceColumns(first * units, count * units),
            (dropout.State(first), recurrentKernel.SliceColumns(first * units, count * units)));
        Value OfBoth(int first, int count) => b.Linear(count * units, bias?.SliceColumns(first * units, count * units),
            (dropout.Input(first), kernel.SliceColumns(first * units, count * units)),
            (dropout.State(first), recurrentKernel.SliceColumns(first * units, count * units)));
        Value z, candidate;
        if (resetsAfter)
        {
            Value? fromInput = dropout.IsApart ? null : b.Named("fromInput", OfInput(0, 3));
            Value? fromState = dropout.IsApart ? null : b.Named("fromState", OfState(0, 3));
            Value InputOf(int block) => fromInput is null ? OfInput(block, 1) : b.Slice(fromInput, block * units, units);
            Value StateOf(int block) => fromState is null ? OfState(block, 1) : b.Slice(fromState, block * units, units);
            Value Gate(int block) => Activations.Apply(b, gate, null, b.Add(InputOf(block), StateOf(block)));
            z = b.Named("z", Gate(0));
            Value r = b.Named("r", Gate(1));
            candidate = b.Add(InputOf(2), b.Multiply(r, StateOf(2)));
        }
        else
        {
            Value? gates = dropout.IsApart ? null : b.Named("fromBoth", OfBoth(0, 2));
            Value Gate(int block) => Activations.Apply(b, gate, null, gates is null ? OfBoth(block, 1) : b.Slice(gates, block * units, units));
            z = b.Named("z", Gate(0));
            Value r = b.Named("r", Gate(1));
            candidate = b.Linear(units, bias?.SliceColumns(2 * units, units),
                (dropout.Input(2), kernel.SliceColumns(2 * units, units)), (b.Multiply(r, dropout.State(2)), recurrentKernel.SliceColumns(2 * units, units)));
        }

        candidate = b.Named("n", Activations.Apply(b, activation, null, candidate));
        Value next = b.Add(b.Multiply(z, h), b.Multiply(b.Subtract(b.Constant(1, units), z), candidate));
        return new CellStep(b.Named("h", next), new[] { next });
    }
}
