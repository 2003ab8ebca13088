using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' LSTM: i, f, g, o are the four blocks of z = b + x K + h R; c' = f c + i g; h' = o act(c'), with the recurrent activation on
/// i, f, o and the activation on g. States: h, then c.
/// </summary>
internal sealed class LstmLayer : Layer
{
    private const string Cell = "lstm_cell";

    public override string KerasClass => "LSTM";

    public override string KerasName => "lstm";

    public override int StateCount => 2;

    public override ItemDefinition Definition { get; } = new("Lstm", ItemRole.Layer, new FlagDefinition[]
    {
        new("Units", FlagType.Integer, IsPositional: true),
        new("Activation", FlagType.Enum, "Activation"),
        new("RecurrentActivation", FlagType.Enum, "Activation"),
        new("UseBias", FlagType.Boolean),
        new("UnitForgetBias", FlagType.Boolean),
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
        string activation = item.GetText("Activation", "Tanh");
        string gate = item.GetText("RecurrentActivation", "Sigmoid");

        ParameterView kernel = context.AddParameter("kernel", Cell,
            context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), context.InputShape.Features, 4 * units);
        ParameterView recurrentKernel = context.AddParameter("recurrent_kernel", Cell,
            context.Initializer("Recurrent", "RecurrentInitializer", "Orthogonal"), units, 4 * units);
        ParameterView? bias = null;
        if (item.GetBoolean("UseBias", true))
        {
            InitializerSpec initializer = context.Initializer("Bias", "BiasInitializer", "Zeros");
            // Keras sets the forget gate's block to one and leaves the others to the initialiser.
            if (item.GetBoolean("UnitForgetBias", true))
                initializer = initializer with { OnesStart = units, OnesLength = units };
            bias = context.AddParameter("bias", Cell, initializer, 4 * units);
        }

        RegionBuilder b = context.AddRegion("i, f, g, o = " + (bias is null ? "x K + h R" : "b + x K + h R") + "; c' = f c + i g; h' = o act(c')");
        Value x = b.Input(context.Input, item.GetBoolean("GoBackwards") ? TimeAccess.Reversed : TimeAccess.Same);
        RegionState hidden = new("h", units, context.InitialState(0)) { IsCarried = true };
        RegionState memory = new("c", units, context.InitialState(1)) { IsCarried = true };
        Value h = b.State(hidden);
        Value c = b.State(memory);

        Value z = b.Linear(4 * units, bias, (x, kernel), (h, recurrentKernel));
        Value i = Activations.Apply(b, gate, null, b.Slice(z, 0, units));
        Value f = Activations.Apply(b, gate, null, b.Slice(z, units, units));
        Value g = Activations.Apply(b, activation, null, b.Slice(z, 2 * units, units));
        Value o = Activations.Apply(b, gate, null, b.Slice(z, 3 * units, units));
        memory.Next = b.Add(b.Multiply(f, c), b.Multiply(i, g));
        hidden.Next = b.Multiply(o, Activations.Apply(b, activation, null, memory.Next));
        RecurrentOutputs.Write(context, b, hidden.Next, hidden, memory);
    }
}
