using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' PReLU: y = x > 0 ? x : alpha x, with a slope that is trained for each step and feature, or shared over either.</summary>
internal sealed class PReluLayer : Layer
{
    public override string KerasClass => "PReLU";

    public override string KerasName => "p_re_lu";

    public override ItemDefinition Definition { get; } = new("PRelu", ItemRole.Layer, new FlagDefinition[]
    {
        new("SharedOverTime", FlagType.Boolean) { Default = false },
        new("SharedOverFeatures", FlagType.Boolean) { Default = false },
        new("AlphaInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("Trainable", FlagType.Boolean) { Effect = FlagEffect.Training, Default = true },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override string OutputActivation(ItemSpec item) => "LeakyRelu";

    public override MaskUse Masks(ItemSpec item) => MaskUse.Passes;

    public override string? StreamingObstacle(ItemSpec item) => item.GetBoolean("SharedOverTime") ? null : "has slopes of its own at each step; SharedOverTime = true streams";

    public override int AxesOf(ItemSpec item, string weight) => 2;

    public override Shape Infer(ShapeContext context)
    {
        if (context.Input.IsVector && context.Item.Find("SharedOverTime") is not null)
            LayerRules.ChangesNothing(context, "SharedOverTime", "a vector has no time steps");
        return context.Input;
    }

    public override void Lower(LoweringContext context)
    {
        int steps = context.InputShape.TimeSteps, features = context.InputShape.Features;
        bool isShared = context.InputShape.IsVector || context.Item.GetBoolean("SharedOverTime");
        int width = context.Item.GetBoolean("SharedOverFeatures") ? 1 : features;
        int[] shape = context.InputShape.IsVector ? new[] { width } : new[] { isShared ? 1 : steps, width };
        Parameter alpha = context.AddParameter("alpha", context.Initializer("Alpha", "AlphaInitializer", "Zeros"), shape).Parameter;
        context.Output = context.NewSequence("out", context.Input.Steps, features);
        context.OutputMask = context.InputMask;
        if (isShared)
        {
            RegionBuilder b = context.AddRegion("y = x > 0 ? x : alpha x");
            Value x = b.Input(context.Input, TimeAccess.Same);
            b.Output(Rectify(b, x, SlopesOf(b, alpha, 0, width, features)), context.Output, TimeAccess.Same);
            return;
        }

        // All steps side by side: each has slopes of its own, and a step of a region does not know which one it is.
        RegionBuilder flat = context.AddRegion("x[0], x[1], ... side by side");
        Sequence all = context.NewSequence("flat", 0, steps * features), rectified = context.NewSequence("rectified", 0, steps * features);
        flat.Output(flat.Input(context.Input, TimeAccess.Same), all, TimeAccess.Block);
        RegionBuilder once = context.AddRegion("y = x > 0 ? x : alpha x, of all steps", 1);
        Value slopes = width == features
            ? once.Parameter(new ParameterView(alpha, 0, 1, steps * features, steps * features, 1))
            : once.Concat(Enumerable.Range(0, steps).Select(t => SlopesOf(once, alpha, t, width, features)).ToList());
        once.Output(Rectify(once, once.Input(all, TimeAccess.Whole), slopes), rectified, TimeAccess.Whole);
        RegionBuilder split = context.AddRegion("y[0], y[1], ... were side by side");
        split.Output(split.Input(rectified, TimeAccess.Block), context.Output, TimeAccess.Same);
    }

    private static Value SlopesOf(RegionBuilder b, Parameter alpha, int row, int width, int features) =>
        b.Broadcast(b.Parameter(new ParameterView(alpha, row * width, 1, width, width, 1)), features);

    private static Value Rectify(RegionBuilder b, Value x, Value slopes) => b.Select(b.Greater(x, 0), x, b.Multiply(slopes, x));
}
