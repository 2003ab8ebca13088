using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' RepeatVector: y[t] = x at each of n steps.</summary>
internal sealed class RepeatVectorLayer : Layer
{
    private static readonly Flag<int> N = Flag.Integer("N") with { IsPositional = true };

    public override string KerasClass => "RepeatVector";

    public override string KerasName => "repeat_vector";

    public override ItemDefinition Definition { get; } = new("RepeatVector", ItemRole.Layer, new FlagDefinition[] { N, ItemFlags.Name });

    public override string? StreamingObstacle(ItemSpec item) => "repeats one vector over time";

    public override Shape Infer(ShapeContext context)
    {
        int count = context.Item[N];
        if (count <= 0)
            context.Report(Rules.ValueOutOfRange, N, LayerRules.Format("RepeatVector needs a positive number of steps; got {0}", count));
        if (!context.Input.IsVector)
        {
            context.Report(Rules.UnfitInput, "", LayerRules.Format(
                "RepeatVector needs (batch, features) but {0} emits {1}, which has time steps already", context.PreviousLayer, context.Input));
        }

        return count <= 0 || !context.Input.IsVector ? Shape.Unknown : new Shape(count, context.Input.Features);
    }

    public override void Lower(LoweringContext context)
    {
        int count = context.OutputShape.TimeSteps;
        RegionBuilder b = context.AddRegion("y[t] = x", count);
        context.Output = context.NewSequence("out", count, context.InputShape.Features);
        b.Output(b.Input(context.Input, TimeAccess.Whole), context.Output, TimeAccess.Same);
    }
}
