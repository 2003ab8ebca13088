using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' ZeroPadding1D: steps of zeros in front of a sequence and behind it.</summary>
internal sealed class ZeroPadding1DLayer : Layer
{
    public override string KerasClass => "ZeroPadding1D";

    public override string KerasName => "zero_padding1d";

    public override ItemDefinition Definition { get; } = new("ZeroPadding1D", ItemRole.Layer, new FlagDefinition[] { EndFlags.Front, EndFlags.Back, ItemFlags.Name });

    public override string? StreamingObstacle(ItemSpec item) => "adds steps";

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.NeedsSequence(context);
        (int front, int back) = LayerRules.StepsAtEnds(context);
        if (front < 0 || back < 0 || context.Input.IsVector)
            return Shape.Unknown;
        return new Shape(checked(context.Input.TimeSteps + front + back), context.Input.Features);
    }

    public override void Lower(LoweringContext context)
    {
        RegionBuilder b = context.AddRegion("y = zeros, x, zeros", context.OutputShape.TimeSteps);
        context.Output = context.NewSequence("out", context.OutputShape.TimeSteps, context.InputShape.Features);
        b.Output(b.Input(context.Input, TimeAccess.Shifted(-context.Item[EndFlags.Front])), context.Output, TimeAccess.Same);
    }
}
