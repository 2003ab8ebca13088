using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' TimeDistributed: the layer inside at every step. A layer that works step by step does so by itself, so this adds a check and a
/// name in the paths of the variables.
/// </summary>
internal sealed class TimeDistributedLayer : Layer
{
    private readonly Layer _inner;
    private readonly int _modifier;

    public TimeDistributedLayer(Layer inner, int modifier)
    {
        _inner = inner;
        _modifier = modifier;
    }

    public static ItemDefinition Modifier { get; } = new("TimeDistributed", ItemRole.Modifier, System.Array.Empty<FlagDefinition>());

    public override Layer Inner => _inner;

    public override ItemDefinition Definition => _inner.Definition;

    public override string KerasClass => "TimeDistributed";

    public override string KerasName => "time_distributed";

    public override string ViewKind => Modifier.Kind;

    public override bool WorksStepByStep => true;

    public override MaskUse Masks(ItemSpec item) => _inner.Masks(item);

    public override bool IsUnknown => _inner.IsUnknown;

    public override string DroppedPenalty => "the layer inside TimeDistributed";

    public override string OutputActivation(ItemSpec item) => _inner.OutputActivation(item);

    public override string? StreamingObstacle(ItemSpec item) => _inner.StreamingObstacle(item);

    public override Shape Infer(ShapeContext context)
    {
        if (!_inner.WorksStepByStep)
        {
            context.ReportOnModifier(Rules.UnfitWrapper, _modifier, "", LayerRules.Format(
                "TimeDistributed runs a layer of vectors at every step; {0} is none. Remove [TimeDistributed]", context.Item.Kind));
            return Shape.Unknown;
        }

        if (context.Input.IsVector)
        {
            context.ReportOnModifier(Rules.UnfitInput, _modifier, "", LayerRules.Format(
                "TimeDistributed needs (batch, time, features) but {0} emits {1}; without steps, {2} alone does it", context.PreviousLayer, context.Input, context.Item.Kind));
        }

        return _inner.Infer(context);
    }

    public override void Lower(LoweringContext context)
    {
        LoweringContext inside = context.Inside(context.Item, context.InnerName!, "", context.OutputShape);
        _inner.Lower(inside);
        context.Output = inside.Output;
        context.OutputMask = inside.OutputMask;
    }
}
