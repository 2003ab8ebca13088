using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Normalization: y = (x - mean) / max(sqrt(variance), 1e-7), feature by feature, by statistics of the data that are weights: adapted once, saved with the model, and not trained.
/// </summary>
internal sealed class NormalizationLayer : StepLayer
{
    private const double Smallest = 1e-7;

    public override string KerasClass => "Normalization";

    public override string KerasName => "normalization";

    public override ItemDefinition Definition { get; } = new("Normalization", ItemRole.Layer, new FlagDefinition[]
    {
        new("Invert", FlagType.Boolean) { Default = false },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override Shape Infer(ShapeContext context) => context.Input;

    public override string Equation(ItemSpec item) => item.GetBoolean("Invert") ? "y = mean + x max(sqrt(variance), 1e-7)" : "y = (x - mean) / max(sqrt(variance), 1e-7)";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        ParameterView mean = context.AddStatistic("mean", new InitializerSpec("Zeros"), x.Width);
        ParameterView variance = context.AddStatistic("variance", new InitializerSpec("Ones"), x.Width);
        // The square of the bound, under the root: no weights make it NaN.
        Value square = b.Parameter(variance);
        Value deviation = b.Unary(OpCode.Sqrt, b.Select(b.GreaterOrEqual(Smallest * Smallest, square), b.Constant(Smallest * Smallest, x.Width), square));
        return context.Item.GetBoolean("Invert")
            ? b.Add(b.Parameter(mean), b.Multiply(x, deviation))
            : b.Divide(b.Subtract(x, b.Parameter(mean)), deviation);
    }
}
