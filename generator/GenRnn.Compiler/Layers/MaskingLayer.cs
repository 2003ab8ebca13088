using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Masking: a step counts if any of its values is another than the given one; the others are zero from here on.</summary>
internal sealed class MaskingLayer : Layer
{
    private static readonly Flag<double> MaskValue = Flag.Number("MaskValue", 0) with { IsPositional = true, IsOptional = true };

    public override string KerasClass => "Masking";

    public override string KerasName => "masking";

    public override ItemDefinition Definition { get; } = new("Masking", ItemRole.Layer, new FlagDefinition[] { MaskValue, ItemFlags.Name });

    public override MaskUse Masks(ItemSpec item) => MaskUse.Makes;

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.NeedsSequence(context);
        return context.Input;
    }

    public override void Lower(LoweringContext context)
    {
        RegionBuilder b = context.AddRegion("mask = any x differs from the masked value; y = mask ? x : 0");
        Value x = b.Input(context.Input, TimeAccess.Same);
        Value mask = AnyDiffers(b, x, context.Item[MaskValue]);
        if (context.InputMask is { } outer)
            mask = b.Choose(b.Input(outer.Steps, TimeAccess.Same), mask, b.Constant(0));

        context.Output = context.NewSequence("out", context.Input.Steps, x.Width);
        b.Output(b.Choose(mask, x, b.Constant(0, x.Width)), context.Output, TimeAccess.Same);
        Sequence steps = context.NewSequence("mask", context.Input.Steps, 1);
        b.Output(mask, steps, TimeAccess.Same);
        context.OutputMask = new TimeMask(steps, context.InputMask?.Rows);
    }

    // x != v is neither x >= v >= x: what is unordered (NaN) differs, and infinities are compared, not subtracted.
    private static Value AnyDiffers(RegionBuilder b, Value x, double value)
    {
        Value one = b.Constant(1, x.Width);
        Value notMore = b.Select(b.GreaterOrEqual(value, x), b.Constant(0, x.Width), one);
        Value differs = b.Select(b.GreaterOrEqual(x, value), notMore, one);
        return x.Width == 1 ? differs : b.LaneMax(differs);
    }
}
