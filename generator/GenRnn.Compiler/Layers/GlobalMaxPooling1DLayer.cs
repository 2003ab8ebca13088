using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' GlobalMaxPooling1D: the largest value over time. Its gradient goes to all steps that hold the maximum, in equal parts, as in
/// TensorFlow: where x equals the maximum of n earlier steps, the new one is max + (x - max) / (n + 1), the same number, of which x is one
/// part in n + 1.
/// </summary>
internal sealed class GlobalMaxPooling1DLayer : Layer
{
    public override string KerasClass => "GlobalMaxPooling1D";

    public override string KerasName => "global_max_pooling1d";

    public override bool EndsSequence(ItemSpec item) => true;

    public override ItemDefinition Definition { get; } = new("GlobalMaxPooling1D", ItemRole.Layer, new FlagDefinition[] { ItemFlags.Name });

    public override string? StreamingObstacle(ItemSpec item) => "pools over all time steps";

    public override Shape Infer(ShapeContext context) => LayerRules.PooledShape(context);

    public override void Lower(LoweringContext context)
    {
        int features = context.InputShape.Features;
        RegionBuilder b = context.AddRegion("max' = x > max ? x : max; ties count");
        Value x = b.Input(context.Input, TimeAccess.Same);
        RegionState largest = new("max", features, null) { Final = context.NewSequence("out", 0, features) };
        RegionState ties = new("ties", features, null);
        Value max = b.State(largest);
        Value count = b.State(ties);

        Value more = b.Add(count, 1);
        Value share = b.Unary(OpCode.Detach, b.Divide(b.Constant(1, features), more));
        Value difference = b.Subtract(x, max);
        // Neither less, equal nor more: NaN, or infinities of one sign. The sum is what max(x, max) must be then.
        Value unordered = b.Add(x, max);
        Value tied = b.Add(max, b.Multiply(difference, share));
        Value notMore = b.Select(b.GreaterOrEqual(difference, 0), tied, b.Select(b.GreaterOrEqual(0, difference), max, unordered));
        Value isFirst = b.GreaterOrEqual(0, count);
        Value isMore = b.Greater(difference, 0);
        largest.Next = b.Select(isFirst, x, b.Select(isMore, x, notMore));
        Value one = b.Constant(1, features);
        ties.Next = b.Select(isFirst, one, b.Select(isMore, one, b.Select(b.GreaterOrEqual(difference, 0), more, count)));
        context.Output = largest.Final;
    }
}
