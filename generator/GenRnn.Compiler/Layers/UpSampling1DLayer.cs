using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' UpSampling1D: each step so many times, y[t size + i] = x[t].</summary>
internal sealed class UpSampling1DLayer : Layer
{
    private static readonly Flag<int> Size = Flag.Integer("Size", 2) with { IsPositional = true, IsOptional = true };

    /// <summary>Each copy of a step is a store of one kernel.</summary>
    private const int MaximumSize = 256;

    public override string KerasClass => "UpSampling1D";

    public override string KerasName => "up_sampling1d";

    public override ItemDefinition Definition { get; } = new("UpSampling1D", ItemRole.Layer, new FlagDefinition[] { Size, ItemFlags.Name });

    public override string? StreamingObstacle(ItemSpec item) => "gives several steps for one";

    public override Shape Infer(ShapeContext context)
    {
        int size = LayerRules.AtLeastOne(context, Size);
        LayerRules.NeedsSequence(context);
        if (size < 1 || context.Input.IsVector)
            return Shape.Unknown;
        if (size > MaximumSize)
        {
            context.Report(Rules.ValueOutOfRange, Size, LayerRules.Format("Size is at most {0}; got {1}", MaximumSize, size));
            return Shape.Unknown;
        }

        if (size == 1)
            LayerRules.ChangesNothing(context, Size, "each step once is the sequence itself");
        return new Shape(checked(context.Input.TimeSteps * size), context.Input.Features);
    }

    public override void Lower(LoweringContext context)
    {
        int size = context.Item[Size];
        RegionBuilder b = context.AddRegion(LayerRules.Format("y[{0} t], ... = x[t]", size));
        context.Output = context.NewSequence("out", context.OutputShape.TimeSteps, context.InputShape.Features);
        Value x = b.Input(context.Input, TimeAccess.Same);
        for (int i = 0; i < size; i++)
            b.Output(x, context.Output, TimeAccess.Shifted(i, size));
    }
}
