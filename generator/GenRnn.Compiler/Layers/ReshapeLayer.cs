using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Reshape: the values of a row in their order, step by step, as a vector or as steps of another width.</summary>
internal sealed class ReshapeLayer : Layer
{
    private static readonly Flag<EquatableArray<string>> TargetShape = Flag.Integers("TargetShape") with { IsPositional = true };

    public override string KerasClass => "Reshape";

    public override string KerasName => "reshape";

    public override ItemDefinition Definition { get; } = new("Reshape", ItemRole.Layer, new FlagDefinition[] { TargetShape, ItemFlags.Name });

    public override bool EndsSequence(ItemSpec item) => TargetOf(item).Count == 1;

    public override string? StreamingObstacle(ItemSpec item) => "needs all time steps at once";

    public override Shape Infer(ShapeContext context)
    {
        List<int> target = TargetOf(context.Item);
        if (target.Count is not (1 or 2))
        {
            context.Report(Rules.ValueOutOfRange, TargetShape, LayerRules.Format("Reshape makes [features] or [steps, features]; got {0} sizes", target.Count));
            return Shape.Unknown;
        }

        if (target.Any(size => size is < 1 and not -1) || target.Count(size => size == -1) > 1)
        {
            context.Report(Rules.ValueOutOfRange, TargetShape, LayerRules.Format(
                "sizes are positive, and one may be -1, which is then what is left; got {0}", string.Join(", ", target.Select(s => s.ToString(CultureInfo.InvariantCulture)))));
            return Shape.Unknown;
        }

        int length = context.Input.Length;
        long known = target.Where(size => size > 0).Aggregate(1L, (product, size) => product * size);
        if (target.Contains(-1) ? length % known != 0 : length != known)
        {
            context.Report(Rules.UnfitInput, TargetShape, LayerRules.Format(
                "the {0} values of a row of {1}, {2}, cannot be [{3}]", length, context.PreviousLayer, context.Input, string.Join(", ", target.Select(s => s.ToString(CultureInfo.InvariantCulture)))));
            return Shape.Unknown;
        }

        List<int> sizes = target.Select(size => size == -1 ? (int)(length / known) : size).ToList();
        return sizes.Count == 1 ? new Shape(0, sizes[0]) : new Shape(sizes[0], sizes[1]);
    }

    public override void Lower(LoweringContext context)
    {
        if (context.InputShape.TimeSteps == context.OutputShape.TimeSteps)
            return;
        Sequence vector = context.Input;
        if (!vector.IsVector)
        {
            RegionBuilder flat = context.AddRegion("x[0], x[1], ... side by side");
            vector = context.NewSequence(context.OutputShape.IsVector ? "out" : "flat", 0, context.InputShape.Length);
            flat.Output(flat.Input(context.Input, TimeAccess.Same), vector, TimeAccess.Block);
        }

        context.Output = vector;
        if (context.OutputShape.IsVector)
            return;
        RegionBuilder b = context.AddRegion("y[0], y[1], ... were side by side", context.OutputShape.TimeSteps);
        context.Output = context.NewSequence("out", context.OutputShape.TimeSteps, context.OutputShape.Features);
        b.Output(b.Input(vector, TimeAccess.Block), context.Output, TimeAccess.Same);
    }

    private static List<int> TargetOf(ItemSpec item) =>
        item[TargetShape].Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
}
