using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Dropout: in training x m, with m = 0 at the rate and 1 / (1 - rate) elsewhere, drawn for every row, step and element, or for
/// all steps of a row together; in inference x.
/// </summary>
internal class DropoutLayer : StepLayer
{
    public override string KerasClass => "Dropout";

    public override string KerasName => "dropout";

    public override bool ComputesInInference => false;

    public override ItemDefinition Definition { get; } = new("Dropout", ItemRole.Layer, new FlagDefinition[]
    {
        new("Rate", FlagType.Number, IsPositional: true) { Effect = FlagEffect.Training },
        new("SharedOverTime", FlagType.Boolean) { Effect = FlagEffect.Training },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    /// <summary>Whether all steps of a row get one mask.</summary>
    protected virtual bool IsSharedOverTime(ItemSpec item) => item.GetBoolean("SharedOverTime");

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.DropoutRate(context, "Rate", "every value is dropped in training");
        if (context.Item.GetBoolean("SharedOverTime") && context.Input.IsVector && !context.Model.IsCell)
            LayerRules.ChangesNothing(context, "SharedOverTime", context.PreviousLayer + " emits a vector, which has no time steps");
        return context.Input;
    }

    public override string Equation(ItemSpec item) => "y = x m" + (IsSharedOverTime(item) ? ", the same m at all steps" : "");

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        double rate = context.Item.GetNumber("Rate");
        if (rate == 0)
            return x;
        RandomSource source = context.NewRandom(RandomKind.Keep, rate);
        return b.Multiply(x, IsSharedOverTime(context.Item) ? context.SharedOverTime(b, source, x.Width) : b.Random(source, x.Width));
    }
}
