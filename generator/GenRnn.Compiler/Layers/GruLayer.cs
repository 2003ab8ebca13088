using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' GRU, gates z, r, then the candidate: h' = z h + (1 - z) candidate. With the reset after the product (the default) the
/// candidate is act(x Kh + b0h + r (h Rh + b1h)), else act(x Kh + bh + (r h) Rh).
/// </summary>
internal sealed class GruLayer : Layer
{
    private const string Cell = "gru_cell";

    public override string KerasClass => "GRU";

    public override string KerasName => "gru";

    public override int StateCount => 1;

    public override ItemDefinition Definition { get; } = new("Gru", ItemRole.Layer, new FlagDefinition[]
    {
        new("Units", FlagType.Integer, IsPositional: true),
        new("Activation", FlagType.Enum, "Activation"),
        new("RecurrentActivation", FlagType.Enum, "Activation"),
        new("UseBias", FlagType.Boolean),
        new("ResetAfter", FlagType.Boolean),
        new("KernelInitializer", FlagType.Enum, "Initializer"),
        new("RecurrentInitializer", FlagType.Enum, "Initializer"),
        new("BiasInitializer", FlagType.Enum, "Initializer"),
        new("ReturnSequences", FlagType.Boolean),
        new("ReturnState", FlagType.Boolean),
        new("GoBackwards", FlagType.Boolean),
        new("Stateful", FlagType.Boolean),
        new("Unroll", FlagType.Integer),
        new("Name", FlagType.Text),
    });

    public override string? StreamingObstacle(ItemSpec item) => LayerRules.RecurrentStreamingObstacle(item);

    public override Shape Infer(ShapeContext context) => LayerRules.InferRecurrent(context);

    public override void Lower(LoweringContext context)
    {
        ItemSpec item = context.Item;
        int units = context.OutputShape.Features;
        bool resetsAfter = item.GetBoolean("ResetAfter", true);
        string activation = item.GetText("Activation", "Tanh");
        string gate = item.GetText("RecurrentActivation", "Sigmoid");

        ParameterView kernel = context.AddParameter("kernel", Cell,
            context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), context.InputShape.Features, 3 * units);
        ParameterView recurrentKernel = context.AddParameter("recurrent_kernel", Cell,
            context.Initializer("Recurrent", "RecurrentInitializer", "Orthogonal"), units, 3 * units);
        InitializerSpec biasInitializer = context.Initializer("Bias", "BiasInitializer", "Zeros");
        ParameterView? bias = !item.GetBoolean("UseBias", true) ? null
            : resetsAfter ? context.AddParameter("bias", Cell, biasInitializer, 2, 3 * units)
            : context.AddParameter("bias", Cell, biasInitializer, 3 * units);

        RegionBuilder b = context.AddRegion(resetsAfter
            ? "z, r = gate(x K + b0 + h R + b1); h' = z h + (1 - z) act(x K + b0 + r (h R + b1))"
            : "z, r = gate(b + x K + h R); h' = z h + (1 - z) act(b + x K + (r h) R)");
        Value x = b.Input(context.Input, item.GetBoolean("GoBackwards") ? TimeAccess.Reversed : TimeAccess.Same);
        RegionState state = new("h", units, context.InitialState(0)) { IsCarried = true };
        Value h = b.State(state);

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
        state.Next = b.Add(b.Multiply(z, h), b.Multiply(b.Subtract(b.Constant(1, units), z), candidate));
        RecurrentOutputs.Write(context, b, state.Next, state);
    }
}
