using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Cropping1D: a sequence without its first and last steps.</summary>
internal sealed class Cropping1DLayer : Layer
{
    public override string KerasClass => "Cropping1D";

    public override string KerasName => "cropping1d";

    public override ItemDefinition Definition { get; } = new("Cropping1D", ItemRole.Layer, new FlagDefinition[] { EndFlags.Front, EndFlags.Back, ItemFlags.Name });

    public override string? StreamingObstacle(ItemSpec item) => "leaves steps out";

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.NeedsSequence(context);
        (int front, int back) = LayerRules.StepsAtEnds(context);
        if (front < 0 || back < 0 || context.Input.IsVector)
            return Shape.Unknown;
        if ((long)front + back < context.Input.TimeSteps)
            return new Shape(context.Input.TimeSteps - front - back, context.Input.Features);
        context.Report(Rules.UnfitInput, "", LayerRules.Format(
            "Cropping1D({0}, {1}) leaves nothing of the {2} steps of {3}", front, back, context.Input.TimeSteps, context.PreviousLayer));
        return Shape.Unknown;
    }

    public override void Lower(LoweringContext context)
    {
        RegionBuilder b = context.AddRegion("y = x without its ends", context.OutputShape.TimeSteps);
        context.Output = context.NewSequence("out", context.OutputShape.TimeSteps, context.InputShape.Features);
        b.Output(b.Input(context.Input, TimeAccess.Shifted(context.Item[EndFlags.Front])), context.Output, TimeAccess.Same);
    }
}
