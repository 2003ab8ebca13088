using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' SimpleRNN: h' = act(x K + b + h R).</summary>
internal sealed class SimpleRnnLayer : Layer
{
    public override string KerasClass => "SimpleRNN";

    public override string KerasName => "simple_rnn";

    public override int StateCount => 1;

    public override ItemDefinition Definition { get; } = new("SimpleRnn", ItemRole.Layer, new FlagDefinition[]
    {
        new("Units", FlagType.Integer, IsPositional: true),
        new("Activation", FlagType.Enum, "Activation"),
        new("ActivationAlpha", FlagType.Number),
        new("UseBias", FlagType.Boolean),
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
        int features = context.InputShape.Features;
        string activation = item.GetText("Activation", "Tanh");

        ParameterView kernel = context.AddParameter("kernel", "simple_rnn_cell",
            context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), features, units);
        ParameterView recurrentKernel = context.AddParameter("recurrent_kernel", "simple_rnn_cell",
            context.Initializer("Recurrent", "RecurrentInitializer", "Orthogonal"), units, units);
        ParameterView? bias = item.GetBoolean("UseBias", true)
            ? context.AddParameter("bias", "simple_rnn_cell", context.Initializer("Bias", "BiasInitializer", "Zeros"), units)
            : null;

        RegionBuilder b = context.AddRegion("h' = " + Activations.Name(activation) + (bias is null ? "(x K + h R)" : "(b + x K + h R)"));
        Value x = b.Input(context.Input, item.GetBoolean("GoBackwards") ? TimeAccess.Reversed : TimeAccess.Same);
        RegionState state = new("h", units, context.InitialState(0)) { IsCarried = true };
        Value h = b.State(state);
        Value z = b.Linear(units, bias, (x, kernel), (h, recurrentKernel));
        state.Next = Activations.Apply(b, activation, item.Find("ActivationAlpha")?.Number, z);
        RecurrentOutputs.Write(context, b, state.Next, state);
    }
}
