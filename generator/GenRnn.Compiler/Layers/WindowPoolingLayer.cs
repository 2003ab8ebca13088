using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// A layer that makes one step of each window of steps, feature by feature. What lies outside of the sequence, or in front of the first step that ever was, does
/// not take part. With Padding.Causal, which Keras does not have here, and stride 1 it streams.
/// </summary>
internal abstract class WindowPoolingLayer : Layer
{
    private const int DefaultSize = 2;

    /// <summary>The flags of each of them.</summary>
    protected static FlagDefinition[] Flags { get; } =
    {
        new("PoolSize", FlagType.Integer, IsPositional: true, IsOptional: true) { Default = (double)DefaultSize },
        new("Strides", FlagType.Integer),
        new("Padding", FlagType.Enum, "Padding") { Default = "Valid" },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    };

    public override LaterSteps LaterSteps(ItemSpec item) => (item.GetInteger("PoolSize", DefaultSize) > 1, item.GetText("Padding", "Valid")) switch
    {
        (true, "Same") => Layers.LaterSteps.Seen,
        (true, "Causal") => Layers.LaterSteps.KeptOut,
        _ => Layers.LaterSteps.NoChoice,
    };

    public sealed override string? StreamingObstacle(ItemSpec item)
    {
        TimeWindow window = WindowOf(item);
        return window.Stride > 1 ? LayerRules.Format("gives one step for {0}; Strides = 1 with Padding.Causal streams", window.Stride) : window.StreamingObstacle;
    }

    public sealed override Shape Infer(ShapeContext context)
    {
        int size = LayerRules.AtLeastOne(context, "PoolSize", DefaultSize);
        int stride = LayerRules.AtLeastOne(context, "Strides", 1);
        LayerRules.NeedsSequence(context);
        if (size < 1 || stride < 1 || context.Input.IsVector)
            return Shape.Unknown;
        TimeWindow window = WindowOf(context.Item);
        if (size > TimeWindow.MaximumTaps)
        {
            context.Report(Rules.ValueOutOfRange, "PoolSize", LayerRules.Format("PoolSize is at most {0}; got {1}", TimeWindow.MaximumTaps, size));
            return Shape.Unknown;
        }

        if (window.Stride > TimeWindow.MaximumReach)
        {
            context.Report(Rules.ValueOutOfRange, "Strides", LayerRules.Format("Strides is at most {0}; got {1}", TimeWindow.MaximumReach, stride));
            return Shape.Unknown;
        }

        if (window is { Taps: 1, Stride: 1 })
            LayerRules.ChangesNothing(context, "PoolSize", "a window of one step at every step is the sequence itself");
        int steps = window.OutputSteps(context.Input.TimeSteps);
        if (steps > 0)
            return new Shape(steps, context.Input.Features);
        context.Report(Rules.UnfitInput, "", LayerRules.Format(
            "{0} with Padding.Valid needs at least {1} steps but {2} emits {3}; use Padding.Same or Padding.Causal, or a smaller PoolSize",
            context.Item.Kind, window.Taps, context.PreviousLayer, context.Input));
        return Shape.Unknown;
    }

    public sealed override void Lower(LoweringContext context)
    {
        TimeWindow window = WindowOf(context.Item);
        int steps = context.InputShape.TimeSteps;
        IReadOnlyList<TimeAccess> reads = window.Reads(steps);
        bool IsInside(TimeAccess read) => read.IndexOf(0, context.OutputShape.TimeSteps) >= 0 && read.IndexOf(context.OutputShape.TimeSteps - 1, context.OutputShape.TimeSteps) < steps;
        Sequence? there = reads.All(IsInside) ? null : Steps(context);

        RegionBuilder b = context.AddRegion(Equation, context.OutputShape.TimeSteps);
        List<Tap> taps = reads.Select(read => new Tap(b.Input(context.Input, read), IsInside(read) ? null : b.Input(there!, read))).ToList();
        context.Output = context.NewSequence("out", context.OutputShape.TimeSteps, context.InputShape.Features);
        b.Output(Pool(b, taps), context.Output, TimeAccess.Same);
        if (!window.IsCarried)
            return;
        context.Program.Carry(context.Name + ".x", context.Input, window.Reach, b.Region);
        context.Program.Carry(context.Name + ".steps", there!, window.Reach, b.Region);
    }

    /// <summary>For the reader of the emitted code.</summary>
    protected abstract string Equation { get; }

    /// <summary>One value of a window's taps, of which at least one is a step of the sequence.</summary>
    protected abstract Value Pool(RegionBuilder b, IReadOnlyList<Tap> taps);

    /// <summary>1 at each step of the sequence: outside of it there are zeros.</summary>
    private static Sequence Steps(LoweringContext context)
    {
        RegionBuilder b = context.AddRegion("1 at each step");
        Sequence steps = context.NewSequence("steps", context.InputShape.TimeSteps, 1);
        b.Output(b.Constant(1), steps, TimeAccess.Same);
        return steps;
    }

    private static TimeWindow WindowOf(ItemSpec item)
    {
        int size = item.GetInteger("PoolSize", DefaultSize);
        return new TimeWindow(size, item.GetInteger("Strides", size), 1, item.GetText("Padding", "Valid"));
    }

    /// <summary>A step of a window.</summary>
    /// <param name="Step">Its features; zeros where there is none.</param>
    /// <param name="IsThere">1 where there is one, 0 where there is none; null where there always is.</param>
    protected sealed record Tap(Value Step, Value? IsThere);
}
