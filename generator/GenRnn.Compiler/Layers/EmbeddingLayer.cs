using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Embedding: y = E[id], a row of a table for each id.</summary>
internal sealed class EmbeddingLayer : Layer
{
    /// <summary>Ids travel as floats, which count no further without gaps.</summary>
    private const int MaximumIds = 1 << 24;

    public override string KerasClass => "Embedding";

    public override string KerasName => "embedding";

    public override bool TakesIds => true;

    public override ItemDefinition Definition { get; } = new("Embedding", ItemRole.Layer, new FlagDefinition[]
    {
        new("InputDim", FlagType.Integer, IsPositional: true),
        new("OutputDim", FlagType.Integer, IsPositional: true),
        new("MaskZero", FlagType.Boolean) { Default = false },
        new("EmbeddingsInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("Trainable", FlagType.Boolean) { Effect = FlagEffect.Training, Default = true },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override MaskUse Masks(ItemSpec item) => item.GetBoolean("MaskZero") ? MaskUse.Makes : MaskUse.Passes;

    public override int Vocabulary(ItemSpec item) => item.GetInteger("InputDim");

    public override Shape Infer(ShapeContext context)
    {
        int ids = LayerRules.AtLeastOne(context, "InputDim", 0);
        int width = LayerRules.AtLeastOne(context, "OutputDim", 0);
        if (ids > MaximumIds)
            context.Report(Rules.ValueOutOfRange, "InputDim", LayerRules.Format("InputDim is at most {0}, as ids travel as numbers of the model; got {1}", MaximumIds, ids));
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
        int ids = item.GetInteger("InputDim");
        ParameterView table = context.AddParameter(
            "embeddings", context.Initializer("Embeddings", "EmbeddingsInitializer", "RandomUniform"), ids, context.OutputShape.Features);
        context.Input.HoldsIds(ids);

        RegionBuilder b = context.AddRegion("y = E[id]");
        Value id = b.Input(context.Input, TimeAccess.Same);
        context.Output = context.NewSequence("out", context.Input.Steps, context.OutputShape.Features);
        b.Output(b.Gather(table, id), context.Output, TimeAccess.Same);
        context.OutputMask = context.InputMask;
        if (item.GetBoolean("MaskZero"))
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
