using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Dropout: in training x m, with m = 0 at the rate and 1 / (1 - rate) elsewhere, drawn for every row, step and element, or for
/// all steps of a row together; in inference x.
/// </summary>
internal class DropoutLayer : StepLayer
{
    protected static readonly Flag<double> Rate = Flag.Number("Rate") with { IsPositional = true, Effect = FlagEffect.Training };
    private static readonly Flag<bool> SharedOverTime = Flag.Boolean("SharedOverTime", false) with { Effect = FlagEffect.Training };

    public override string KerasClass => "Dropout";

    public override string KerasName => "dropout";

    public override bool ComputesInInference => false;

    public override ItemDefinition Definition { get; } = new("Dropout", ItemRole.Layer, new FlagDefinition[] { Rate, SharedOverTime, ItemFlags.Name });

    /// <summary>Whether all steps of a row get one mask.</summary>
    protected virtual bool IsSharedOverTime(ItemSpec item) => item[SharedOverTime];

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.DropoutRate(context, Rate, "every value is dropped in training");
        if (context.Item[SharedOverTime] && context.Input.IsVector && !context.Model.IsCell)
            LayerRules.ChangesNothing(context, SharedOverTime, context.PreviousLayer + " emits a vector, which has no time steps");
        return context.Input;
    }

    public override string Equation(ItemSpec item) => "y = x m" + (IsSharedOverTime(item) ? ", the same m at all steps" : "");

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        double rate = context.Item[Rate];
        if (rate == 0)
            return x;
        RandomSource source = context.NewRandom(RandomKind.Keep, rate);
        return b.Multiply(x, IsSharedOverTime(context.Item) ? context.SharedOverTime(b, source, x.Width) : b.Random(source, x.Width));
    }
}
