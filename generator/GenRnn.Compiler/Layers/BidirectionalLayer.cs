using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Bidirectional: two recurrent layers, one from the first step to the last, one from the last to the first: copies of one with
/// weights of their own, or (<see cref="BackwardHalf"/>) two different ones. The second one's sequence is turned back into the order of time, then both are merged.
/// States: the forward layer's, then the backward layer's.
/// </summary>
internal sealed class BidirectionalLayer : Layer
{
    public static readonly Flag<string> MergeMode = Flag.Enum("MergeMode", "MergeMode", "Concat") with { IsPositional = true, IsOptional = true };

    private readonly Layer _inner;
    private readonly string _mergeMode;
    private readonly int _modifier;

    /// <summary>The layer that runs backwards, if it is no copy of the other.</summary>
    private readonly ItemSpec? _half;
    private readonly Layer _backward;

    public BidirectionalLayer(Layer inner, ItemSpec item, int index, ILayers layers)
    {
        _inner = inner;
        _mergeMode = item.Modifiers[index][MergeMode];
        _modifier = index;
        _half = BackwardHalf.Of(item);
        _backward = _half is null ? inner : layers.Of(_half)!;
    }

    public static ItemDefinition Modifier { get; } = new("Bidirectional", ItemRole.Modifier, new FlagDefinition[] { MergeMode });

    public override Layer Inner => _inner;

    public override ItemDefinition Definition => _inner.Definition;

    public override string KerasClass => "Bidirectional";

    public override string KerasName => "bidirectional";

    public override string ViewKind => Modifier.Kind;

    public override int StateCount => _inner.StateCount + _backward.StateCount;

    internal override IReadOnlyList<string> StateNames =>
        _inner.StateNames.Select(n => "Forward" + n).Concat(_backward.StateNames.Select(n => "Backward" + n)).ToList();

    // States of unlike cells have no pairs: another layer takes over all of them, or none.
    public override int Directions => _inner.StateCount == _backward.StateCount ? 2 : 1;

    public override MaskUse Masks(ItemSpec item) => _inner.Masks(item);

    public override bool IsUnknown => _inner.IsUnknown || _backward.IsUnknown;

    public override int StateWidth(ItemSpec item, int index) => index < _inner.StateCount
        ? _inner.StateWidth(item, index)
        : _backward.StateWidth(_half ?? item, index - _inner.StateCount);

    public override string? StreamingObstacle(ItemSpec item) => "reads the sequence from its end as well";

    public override string DroppedPenalty => _inner.DroppedPenalty;

    public override bool PenalizesParts => true;

    public override Shape Infer(ShapeContext context)
    {
        if (_inner is not RecurrentLayer)
        {
            context.ReportOnModifier(Rules.UnfitWrapper, _modifier, "", _inner.StateCount > 0
                ? LayerRules.Format("{0} is bidirectional already. Remove one [Bidirectional]", context.Item.Kind)
                : LayerRules.Format("Bidirectional wraps a recurrent layer; {0} has no direction. Remove [Bidirectional]", context.Item.Kind));
            return Shape.Unknown;
        }

        if (context.Item[TimeFlags.GoBackwards])
        {
            context.Report(Rules.UnfitWrapper, TimeFlags.GoBackwards, _half is null
                ? "Bidirectional runs the layer in both directions by itself: remove GoBackwards"
                : "this layer of Bidirectional runs forwards, the one after [Backward] runs backwards: remove GoBackwards");
        }

        ZeroOutputIsSet(context);
        Shape forward = _inner.Infer(context), backward = _half is null ? forward : InferHalf(context, forward);
        if (forward.IsUnknown || backward.IsUnknown)
            return Shape.Unknown;
        return _mergeMode == "Concat" ? forward with { Features = Shape.Sum(new[] { forward.Features, backward.Features }) } : forward;
    }

    /// <summary>As in Keras, both halves give zeros for masked steps if they return a sequence, and else not.</summary>
    private static void ZeroOutputIsSet(ShapeContext context)
    {
        bool returnsSequences = context.Item[TimeFlags.ReturnSequences];
        if (context.HasMask && context.Item.Find(TimeFlags.ZeroOutputForMask) is { } value && value.Boolean != returnsSequences)
        {
            LayerRules.ChangesNothing(context, TimeFlags.ZeroOutputForMask, returnsSequences
                ? "Bidirectional sets it where it returns a sequence, as Keras does"
                : "Bidirectional sets it only where it returns a sequence, as Keras does");
        }
    }

    private Shape InferHalf(ShapeContext context, Shape forward)
    {
        int modifier = BackwardHalf.IndexOf(context.Item);
        if (_backward is not RecurrentLayer)
        {
            context.ReportOnModifier(Rules.UnfitWrapper, modifier, "", LayerRules.Format("[Backward] stands in front of a recurrent layer; {0} is none, or bidirectional itself", _half!.Kind));
            return Shape.Unknown;
        }

        // What is wrong with the input was said of the layer that runs forwards.
        Shape backward = context.Input.IsVector ? Shape.Unknown : _backward.Infer(context.InHalf(_half!, modifier));
        BidirectionalRules.FlagsAgree(context, _half!, modifier);
        BidirectionalRules.WidthsAgree(context, _modifier, _mergeMode, forward, backward);
        return backward;
    }

    public override void Lower(LoweringContext context)
    {
        // As in Keras: the halves of a returned sequence meet step by step, so a masked step of either is zero, not an older output.
        bool returnsSequences = context.Item[TimeFlags.ReturnSequences];
        ItemSpec item = With(context.Item, TimeFlags.ZeroOutputForMask, returnsSequences);
        ItemSpec half = With(With(_half ?? item, TimeFlags.ZeroOutputForMask, returnsSequences), TimeFlags.GoBackwards, true);
        // The forward layer, and without a half of its own the backward one, is a copy of the layer that was made: what that was given has its name in each copy.
        LayerNames given = context.Names.Fork();
        _inner.NameObjects(context.Names);
        LayerNames? own = null;
        string name = "backward_" + context.InnerName;
        if (_half is not null)
        {
            name = _half.Find(ItemFlags.Name)?.Text ?? context.Names.Next(_backward.KerasName).Name;
            own = context.Names.Fork();
            _backward.NameObjects(context.Names);
        }

        LoweringContext forward = context.Inside(item, "forward_" + context.InnerName, "forward", context.OutputShape, names: given.Fork(context.Names));
        LoweringContext backward = context.Inside(
            half, name, "backward", context.OutputShape, _inner.StateCount, TimeAccess.Reversed, own ?? given.Fork(context.Names));
        _inner.Lower(forward);
        ActivityPenalty.Add(forward);
        _backward.Lower(backward);
        ActivityPenalty.Add(backward);
        context.States.AddRange(forward.States.Concat(backward.States));
        context.OutputMask = forward.OutputMask;

        RegionBuilder b = context.AddRegion(Equation, System.Math.Max(1, context.OutputShape.TimeSteps));
        Value f = b.Input(forward.Output, TimeAccess.Same);
        Value r = b.Input(backward.Output, TimeAccess.Same);
        context.Output = context.NewSequence("out", context.OutputShape.TimeSteps, context.OutputShape.Features);
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

    private static ItemSpec With(ItemSpec item, Flag<bool> flag, bool value) => item with
    {
        Flags = item.Flags.Where(f => f.Name != flag.Name).Append(new FlagSpec(flag.Name, FlagValue.Of(value))).ToEquatableArray(),
    };
}
