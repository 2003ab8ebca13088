using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Flatten: the steps of a sequence side by side in one vector.</summary>
internal sealed class FlattenLayer : Layer
{
    public override string KerasClass => "Flatten";

    public override string KerasName => "flatten";

    public override bool EndsSequence(ItemSpec item) => true;

    public override ItemDefinition Definition { get; } = new("Flatten", ItemRole.Layer, new FlagDefinition[] { ItemFlags.Name });

    public override string? StreamingObstacle(ItemSpec item) => "needs all time steps at once";

    public override Shape Infer(ShapeContext context) => new(0, context.Input.Length);

    public override void Lower(LoweringContext context)
    {
        // A vector is flat: the layer only passes it on.
        if (context.InputShape.IsVector)
            return;
        RegionBuilder b = context.AddRegion("y = x[0], x[1], ... side by side");
        context.Output = context.NewSequence("out", 0, context.OutputShape.Features);
        b.Output(b.Input(context.Input, TimeAccess.Same), context.Output, TimeAccess.Block);
    }
}
