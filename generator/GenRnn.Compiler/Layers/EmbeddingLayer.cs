using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Embedding: y = E[id], a row of a table for each id.</summary>
internal sealed class EmbeddingLayer : Layer
{
    private static readonly Flag<int> InputDim = Flag.Integer("InputDim") with { IsPositional = true };
    private static readonly Flag<int> OutputDim = Flag.Integer("OutputDim") with { IsPositional = true };
    private static readonly Flag<bool> MaskZero = Flag.Boolean("MaskZero", false);
    private static readonly Flag<string> EmbeddingsInitializer = Flag.Initializer("Embeddings", "RandomUniform");

    /// <summary>Ids travel as floats, which count no further without gaps.</summary>
    private const int MaximumIds = 1 << 24;

    public override string KerasClass => "Embedding";

    public override string KerasName => "embedding";

    public override bool TakesIds => true;

    public override ItemDefinition Definition { get; } = new("Embedding", ItemRole.Layer, new FlagDefinition[] { InputDim, OutputDim, MaskZero, EmbeddingsInitializer, ItemFlags.Trainable, ItemFlags.Name });

    public override MaskUse Masks(ItemSpec item) => item[MaskZero] ? MaskUse.Makes : MaskUse.Passes;

    public override Flag<bool>? ZeroMask => MaskZero;

    public override int Vocabulary(ItemSpec item) => item[InputDim];

    public override Shape Infer(ShapeContext context)
    {
        int ids = LayerRules.AtLeastOne(context, InputDim);
        int width = LayerRules.AtLeastOne(context, OutputDim);
        if (ids > MaximumIds)
            context.Report(Rules.ValueOutOfRange, InputDim, LayerRules.Format("InputDim is at most {0}, as ids travel as numbers of the model; got {1}", MaximumIds, ids));
        if (!context.Input.IsIds)
        {
            context.Report(Rules.UnfitInput, "", LayerRules.Format(
                "Embedding looks up ids, which an [Input] without Features gives, but {0} emits {1}", context.PreviousLayer, context.Input));
        }

        return ids < 1 || width < 1 ? Shape.Unknown : new Shape(context.Input.TimeSteps, width);
    }

    public override void Lower(LoweringContext context)
    {
        ItemSpec item = context.Item;
        int ids = item[InputDim];
        ParameterView table = context.AddParameter(
            "embeddings", context.Initializer(EmbeddingsInitializer), ids, context.OutputShape.Features);
        context.Input.HoldsIds(ids);

        RegionBuilder b = context.AddRegion("y = E[id]");
        Value id = b.Input(context.Input, TimeAccess.Same);
        context.Output = context.NewSequence("out", context.Input.Steps, context.OutputShape.Features);
        b.Output(b.Gather(table, id), context.Output, TimeAccess.Same);
        context.OutputMask = context.InputMask;
        if (item[MaskZero])
            context.OutputMask = Mask(context, b, id);
    }

    /// <summary>Id 0 stands for no step at all.</summary>
    private static TimeMask Mask(LoweringContext context, RegionBuilder b, Value id)
    {
        Value mask = b.Select(b.Greater(id, 0), b.Constant(1), b.Select(b.GreaterOrEqual(id, 0), b.Constant(0), b.Constant(1)));
        if (context.InputMask is { } outer)
            mask = b.Choose(b.Input(outer.Steps, TimeAccess.Same), mask, b.Constant(0));
        Sequence steps = context.NewSequence("mask", context.Input.Steps, 1);
        b.Output(mask, steps, TimeAccess.Same);
        return new TimeMask(steps, context.InputMask?.Rows);
    }
}
