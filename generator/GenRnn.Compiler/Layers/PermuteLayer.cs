using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Permute of a sequence: steps and features change places, y[f][t] = x[t][f].</summary>
internal sealed class PermuteLayer : Layer
{
    private static readonly Flag<EquatableArray<string>> Dims = Flag.Integers("Dims") with { IsPositional = true };

    /// <summary>The shorter axis is written out.</summary>
    private const int MaximumLines = 256;

    private const string Exchanged = "2, 1";
    private const string Same = "1, 2";

    public override string KerasClass => "Permute";

    public override string KerasName => "permute";

    public override ItemDefinition Definition { get; } = new("Permute", ItemRole.Layer, new FlagDefinition[] { Dims, ItemFlags.Name });

    public override string? StreamingObstacle(ItemSpec item) => Exchanges(item) ? "needs all time steps at once" : null;

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.NeedsSequence(context);
        string order = OrderOf(context.Item);
        if (order is not (Exchanged or Same))
        {
            context.Report(Rules.ValueOutOfRange, Dims, LayerRules.Format("Permute({0}) exchanges steps and features, axes 1 and 2; got ({1})", Exchanged, order));
            return Shape.Unknown;
        }

        if (context.Input.IsVector)
            return Shape.Unknown;
        if (!Exchanges(context.Item))
        {
            LayerRules.ChangesNothing(context, Dims, "(1, 2) is the order that the axes have");
            return context.Input;
        }

        if (System.Math.Min(context.Input.TimeSteps, context.Input.Features) <= MaximumLines)
            return new Shape(context.Input.Features, context.Input.TimeSteps);
        context.Report(Rules.UnfitInput, "", LayerRules.Format(
            "Permute exchanges steps and features where there are at most {0} of one of them; {1} emits {2}", MaximumLines, context.PreviousLayer, context.Input));
        return Shape.Unknown;
    }

    public override void Lower(LoweringContext context)
    {
        if (!Exchanges(context.Item))
            return;
        (int steps, int features) = (context.InputShape.TimeSteps, context.InputShape.Features);
        context.Output = context.NewSequence("out", features, steps);
        if (features <= steps)
            ByFeature(context, steps, features);
        else
            ByStep(context, steps, features);
    }

    /// <summary>A vector over time for each feature: they are the steps of the output.</summary>
    private static void ByFeature(LoweringContext context, int steps, int features)
    {
        List<Sequence> series = Vectors(context, features, steps);
        RegionBuilder split = context.AddRegion("a vector over time for each feature");
        Value x = split.Input(context.Input, TimeAccess.Same);
        for (int f = 0; f < features; f++)
            split.Output(split.Slice(x, f, 1), series[f], TimeAccess.Block);
        Sequence all = context.NewSequence("all", 0, steps * features);
        RegionBuilder join = context.AddRegion("side by side", 1);
        join.Output(join.Concat(series.Select(s => join.Input(s, TimeAccess.Whole)).ToList()), all, TimeAccess.Whole);
        RegionBuilder b = context.AddRegion("y[f][t] = x[t][f]", features);
        b.Output(b.Input(all, TimeAccess.Block), context.Output, TimeAccess.Same);
    }

    /// <summary>A vector of features for each step, of which each step of the output takes one value.</summary>
    private static void ByStep(LoweringContext context, int steps, int features)
    {
        Sequence all = context.NewSequence("all", 0, steps * features);
        RegionBuilder join = context.AddRegion("side by side");
        join.Output(join.Input(context.Input, TimeAccess.Same), all, TimeAccess.Block);
        List<Sequence> rows = Vectors(context, steps, features);
        RegionBuilder split = context.AddRegion("a vector of features for each step", 1);
        Value values = split.Input(all, TimeAccess.Whole);
        for (int t = 0; t < steps; t++)
            split.Output(split.Slice(values, t * features, features), rows[t], TimeAccess.Whole);
        RegionBuilder b = context.AddRegion("y[f][t] = x[t][f]", features);
        b.Output(b.Concat(rows.Select(r => b.Input(r, TimeAccess.Block)).ToList()), context.Output, TimeAccess.Same);
    }

    private static List<Sequence> Vectors(LoweringContext context, int count, int width) =>
        Enumerable.Range(0, count).Select(i => context.NewSequence("line", 0, width)).ToList();

    private static bool Exchanges(ItemSpec item) => OrderOf(item) == Exchanged;

    private static string OrderOf(ItemSpec item) => string.Join(", ", item[Dims]);
}
