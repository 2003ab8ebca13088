using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Bidirectional: two copies of a recurrent layer with weights of their own, one from the first step to the last, one from the last
/// to the first. The second one's sequence is turned back into the order of time, then both are merged.
/// States: the forward copy's, then the backward copy's.
/// </summary>
internal sealed class BidirectionalLayer : Layer
{
    private readonly Layer _inner;
    private readonly string _mergeMode;
    private readonly int _modifier;

    public BidirectionalLayer(Layer inner, ModifierSpec modifier, int index)
    {
        _inner = inner;
        _mergeMode = modifier.Find("MergeMode")?.Text ?? "Concat";
        _modifier = index;
    }

    public static ItemDefinition Modifier { get; } = new("Bidirectional", ItemRole.Modifier, new FlagDefinition[]
    {
        new("MergeMode", FlagType.Enum, "MergeMode", IsPositional: true, IsOptional: true),
    });

    public override Layer Inner => _inner;

    public override ItemDefinition Definition => _inner.Definition;

    public override string KerasClass => "Bidirectional";

    public override string KerasName => "bidirectional";

    public override string ViewKind => Modifier.Kind;

    public override int StateCount => 2 * _inner.StateCount;

    public override int Directions => 2;

    public override MaskUse Masks(ItemSpec item) => _inner.Masks(item);

    public override bool IsUnknown => _inner.IsUnknown;

    public override int StateWidth(ItemSpec item, int index) => _inner.StateWidth(item, index % _inner.StateCount);

    public override string? StreamingObstacle(ItemSpec item) => "reads the sequence from its end as well";

    public override Shape Infer(ShapeContext context)
    {
        if (_inner.StateCount == 0)
        {
            context.ErrorOnModifier("GEN0307", _modifier, "", LayerRules.Format(
                "Bidirectional wraps a recurrent layer; {0} has no direction. Remove [Bidirectional]", context.Item.Kind));
            return Shape.Unknown;
        }

        if (context.Item.GetBoolean("GoBackwards"))
            context.Error("GEN0307", "GoBackwards", "Bidirectional runs the layer in both directions by itself: remove GoBackwards");
        Shape one = _inner.Infer(context);
        return one.IsUnknown || _mergeMode != "Concat" ? one : one with { Features = 2 * one.Features };
    }

    public override void Lower(LoweringContext context)
    {
        Shape one = _mergeMode == "Concat" ? context.OutputShape with { Features = context.OutputShape.Features / 2 } : context.OutputShape;
        // As in Keras: the halves of a returned sequence meet step by step, so a masked step of either is zero, not an older output.
        ItemSpec item = With(context.Item, "ZeroOutputForMask", context.Item.GetBoolean("ReturnSequences"));
        LoweringContext forward = context.Inside(item, "forward_" + context.InnerName, "forward", one);
        LoweringContext backward = context.Inside(
            With(item, "GoBackwards", true), "backward_" + context.InnerName, "backward", one, _inner.StateCount, TimeAccess.Reversed);
        _inner.Lower(forward);
        _inner.Lower(backward);
        context.States.AddRange(forward.States.Concat(backward.States));
        context.OutputMask = forward.OutputMask;

        RegionBuilder b = context.AddRegion(Equation, System.Math.Max(1, one.TimeSteps));
        Value f = b.Input(forward.Output, TimeAccess.Same);
        Value r = b.Input(backward.Output, TimeAccess.Same);
        context.Output = context.NewSequence("out", one.TimeSteps, context.OutputShape.Features);
        b.Output(Merge(b, f, r), context.Output, TimeAccess.Same);
    }

    private string Equation => _mergeMode switch
    {
        "Sum" => "y = forward + backward",
        "Mul" => "y = forward backward",
        "Ave" => "y = (forward + backward) / 2",
        _ => "y = forward, backward side by side",
    };

    private Value Merge(RegionBuilder b, Value forward, Value backward) => _mergeMode switch
    {
        "Sum" => b.Add(forward, backward),
        "Mul" => b.Multiply(forward, backward),
        "Ave" => b.Multiply(b.Add(forward, backward), 0.5),
        _ => b.Concat(new[] { forward, backward }),
    };

    private static ItemSpec With(ItemSpec item, string flag, bool value) => item with
    {
        Flags = item.Flags.Where(f => f.Name != flag).Append(new FlagSpec(flag, FlagValue.Of(value))).ToEquatableArray(),
    };
}
