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
        CellFlags.With(isGated: true, new FlagDefinition("ResetAfter", FlagType.Boolean));

    // h' is a blend with h, lane by lane.
    public override bool TakesAnyOutput => false;

    public override string Equation(ItemSpec item) => item.GetBoolean("ResetAfter", true)
        ? "z, r = gate(x K + b0 + h R + b1); h' = z h + (1 - z) act(x K + b0 + r (h R + b1))"
        : "z, r = gate(b + x K + h R); h' = z h + (1 - z) act(b + x K + (r h) R)";

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
        Value z, candidate;
        if (resetsAfter)
        {
            Value fromInput = b.Linear(3 * units, bias?.SliceRows(0, 1), (x, kernel));
            Value fromState = b.Linear(3 * units, bias?.SliceRows(1, 1), (h, recurrentKernel));
            Value Gate(int block) => Activations.Apply(b, gate, null,
                b.Add(b.Slice(fromInput, block * units, units), b.Slice(fromState, block * units, units)));
            z = Gate(0);
            Value r = Gate(1);
            candidate = b.Add(b.Slice(fromInput, 2 * units, units), b.Multiply(r, b.Slice(fromState, 2 * units, units)));
        }
        else
        {
            Value gates = b.Linear(2 * units, bias?.SliceColumns(0, 2 * units),
                (x, kernel.SliceColumns(0, 2 * units)), (h, recurrentKernel.SliceColumns(0, 2 * units)));
            z = Activations.Apply(b, gate, null, b.Slice(gates, 0, units));
            Value r = Activations.Apply(b, gate, null, b.Slice(gates, units, units));
            candidate = b.Linear(units, bias?.SliceColumns(2 * units, units),
                (x, kernel.SliceColumns(2 * units, units)), (b.Multiply(r, h), recurrentKernel.SliceColumns(2 * units, units)));
        }

        candidate = Activations.Apply(b, activation, null, candidate);
        Value next = b.Add(b.Multiply(z, h), b.Multiply(b.Subtract(b.Constant(1, units), z), candidate));
        return new CellStep(next, new[] { next });
    }
}
