using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' GlobalAveragePooling1D: the mean over time, summed in the order of the steps.</summary>
internal sealed class GlobalAveragePooling1DLayer : Layer
{
    public override string KerasClass => "GlobalAveragePooling1D";

    public override string KerasName => "global_average_pooling1d";

    public override bool EndsSequence => true;

    public override ItemDefinition Definition { get; } = new("GlobalAveragePooling1D", ItemRole.Layer, new FlagDefinition[]
    {
        new("Name", FlagType.Text),
    });

    public override string? StreamingObstacle(ItemSpec item) => "pools over all time steps";

    public override Shape Infer(ShapeContext context) => LayerRules.PooledShape(context);

    public override void Lower(LoweringContext context)
    {
        int features = context.InputShape.Features;
        RegionBuilder scan = context.AddRegion("sum' = sum + x");
        RegionState sum = new("sum", features, null) { Final = context.NewSequence("sum", 0, features) };
        sum.Next = scan.Add(scan.State(sum), scan.Input(context.Input, TimeAccess.Same));

        RegionBuilder b = context.AddRegion("y = sum / T", 1);
        context.Output = context.NewSequence("out", 0, features);
        b.Output(b.Divide(b.Input(sum.Final, TimeAccess.Whole), b.Constant(context.InputShape.TimeSteps)), context.Output, TimeAccess.Whole);
    }
}
