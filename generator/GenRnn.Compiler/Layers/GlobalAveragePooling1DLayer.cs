using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' GlobalAveragePooling1D: the mean over the steps that count, summed in their order.</summary>
internal sealed class GlobalAveragePooling1DLayer : Layer
{
    public override string KerasClass => "GlobalAveragePooling1D";

    public override string KerasName => "global_average_pooling1d";

    public override bool EndsSequence(ItemSpec item) => true;

    public override ItemDefinition Definition { get; } = new("GlobalAveragePooling1D", ItemRole.Layer, new FlagDefinition[] { ItemFlags.Name });

    public override MaskUse Masks(ItemSpec item) => MaskUse.Consumes;

    public override string? StreamingObstacle(ItemSpec item) => "pools over all time steps";

    public override Shape Infer(ShapeContext context) => LayerRules.PooledShape(context);

    public override void Lower(LoweringContext context)
    {
        int features = context.InputShape.Features;
        RegionBuilder scan = context.AddRegion(context.InputMask is null ? "sum' = sum + x" : "sum' = sum + (mask ? x : 0); count' = count + mask");
        RegionState sum = new("sum", features, null) { Final = context.NewSequence("sum", 0, features) };
        Value before = scan.State(sum);
        Value x = scan.Input(context.Input, TimeAccess.Same);
        Sequence? count = null;
        if (context.InputMask is { } mask)
        {
            Value counts = scan.Input(mask.Steps, TimeAccess.Same);
            x = scan.Choose(counts, x, scan.Constant(0, features));
            count = CountOf(context, scan, counts);
        }

        sum.Next = scan.Add(before, x);

        RegionBuilder b = context.AddRegion(count is null ? "y = sum / T" : "y = sum / count", 1);
        context.Output = context.NewSequence("out", 0, features);
        Value total = b.Input(sum.Final, TimeAccess.Whole);
        Value steps = count is null ? b.Constant(context.InputShape.TimeSteps) : b.Unary(OpCode.Detach, b.Input(count, TimeAccess.Whole));
        b.Output(b.Divide(total, steps), context.Output, TimeAccess.Whole);
    }

    private static Sequence CountOf(LoweringContext context, RegionBuilder scan, Value counts)
    {
        RegionState count = new("count", 1, null) { Final = context.NewSequence("count", 0, 1) };
        count.Next = scan.Add(scan.State(count), counts);
        return count.Final;
    }
}
