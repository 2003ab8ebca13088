using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' GaussianNoise: in training x + n, with n normal around 0, drawn for every row, step and element; in inference x.</summary>
internal sealed class GaussianNoiseLayer : StepLayer
{
    private static readonly Flag<double> StandardDeviation = Flag.Number("StandardDeviation") with { IsPositional = true, Effect = FlagEffect.Training };

    public override string KerasClass => "GaussianNoise";

    public override string KerasName => "gaussian_noise";

    public override bool ComputesInInference => false;

    public override ItemDefinition Definition { get; } = new("GaussianNoise", ItemRole.Layer, new FlagDefinition[] { StandardDeviation, ItemFlags.Name });

    public override Shape Infer(ShapeContext context)
    {
        double deviation = context.Item[StandardDeviation];
        if (deviation is < 0 or > 1)
        {
            context.Report(Rules.ValueOutOfRange, StandardDeviation, LayerRules.Format(
                "the standard deviation of GaussianNoise lies between 0 and 1, as in Keras; got {0}", deviation));
        }

        return context.Input;
    }

    public override string Equation(ItemSpec item) => "y = x + n";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x)
    {
        double deviation = context.Item[StandardDeviation];
        return deviation == 0 ? x : b.Add(x, b.Random(context.NewRandom(RandomKind.Normal, deviation), x.Width));
    }
}
