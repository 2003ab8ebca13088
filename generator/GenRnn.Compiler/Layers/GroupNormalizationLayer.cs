using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' GroupNormalization: y = gamma (x - mean) / sqrt(variance + epsilon) + beta, where mean and variance are those of a row over all its steps and the features of a group, which
/// stand side by side. Masked steps count, as in Keras.
/// </summary>
internal sealed class GroupNormalizationLayer : Layer
{
    private const double DefaultEpsilon = 1e-3;

    public override string KerasClass => "GroupNormalization";

    public override string KerasName => "group_normalization";

    public override ItemDefinition Definition { get; } = new("GroupNormalization", ItemRole.Layer, new FlagDefinition[]
    {
        new("Groups", FlagType.Integer, IsPositional: true),
        new("Epsilon", FlagType.Number) { Default = DefaultEpsilon },
        new("Center", FlagType.Boolean) { Default = true },
        new("Scale", FlagType.Boolean) { Default = true },
        new("BetaInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("GammaInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("Trainable", FlagType.Boolean) { Effect = FlagEffect.Training, Default = true },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override MaskUse Masks(ItemSpec item) => MaskUse.Passes;

    public override string? StreamingObstacle(ItemSpec item) => "normalises over all time steps";

    public override Shape Infer(ShapeContext context)
    {
        int groups = context.Item.GetInteger("Groups");
        double epsilon = context.Item.GetNumber("Epsilon", DefaultEpsilon);
        if (epsilon <= 0)
            context.Report(Rules.ValueOutOfRange, "Epsilon", LayerRules.Format("Epsilon must be positive: a constant group would be divided by zero; got {0}", epsilon));
        if (groups is not -1 and < 1)
            context.Report(Rules.ValueOutOfRange, "Groups", LayerRules.Format("Groups must be at least 1, or -1 for a group of each feature; got {0}", groups));
        else if (groups != -1 && context.Input.Features % groups != 0)
        {
            context.Report(Rules.ValueOutOfRange, "Groups", LayerRules.Format(
                "Groups must divide the input's features: {0} emits {1}, whose {2} cannot be split into {3} groups", context.PreviousLayer, context.Input, context.Input.Features, groups));
        }

        return context.Input;
    }

    public override void Lower(LoweringContext context)
    {
        int features = context.InputShape.Features, groups = context.Item.GetInteger("Groups");
        if (groups == -1)
            groups = features;
        ParameterView? gamma = context.Item.GetBoolean("Scale", true)
            ? context.AddParameter("gamma", context.Initializer("Gamma", "GammaInitializer", "Ones"), features)
            : null;
        ParameterView? beta = context.Item.GetBoolean("Center", true)
            ? context.AddParameter("beta", context.Initializer("Beta", "BetaInitializer", "Zeros"), features)
            : null;
        double count = (double)Math.Max(1, context.InputShape.TimeSteps) * (features / groups);

        Sequence sum = Sum(context, "sum", "x", (_, x) => x);
        RegionBuilder m = context.AddRegion("mean of each group", 1);
        Sequence mean = context.NewSequence("mean", 0, features);
        m.Output(OfGroups(m, m.Input(sum, TimeAccess.Whole), groups, count), mean, TimeAccess.Whole);

        Sequence squares = Sum(context, "squares", "(x - mean)^2", (b, x) =>
        {
            Value centered = b.Subtract(x, b.Input(mean, TimeAccess.Whole));
            return b.Multiply(centered, centered);
        });
        RegionBuilder v = context.AddRegion("scale = " + (gamma is null ? "1" : "gamma") + " / sqrt(variance of each group + epsilon)", 1);
        Sequence scale = context.NewSequence("scale", 0, features);
        Value root = v.Unary(OpCode.Sqrt, v.Add(OfGroups(v, v.Input(squares, TimeAccess.Whole), groups, count), context.Item.GetNumber("Epsilon", DefaultEpsilon)));
        v.Output(v.Divide(gamma is null ? v.Constant(1, features) : v.Parameter(gamma), root), scale, TimeAccess.Whole);

        RegionBuilder last = context.AddRegion("y = (x - mean) scale" + (beta is null ? "" : " + beta"));
        Value y = last.Multiply(last.Subtract(last.Input(context.Input, TimeAccess.Same), last.Input(mean, TimeAccess.Whole)), last.Input(scale, TimeAccess.Whole));
        context.Output = context.NewSequence("out", context.Input.Steps, features);
        last.Output(beta is null ? y : last.Add(y, last.Parameter(beta)), context.Output, TimeAccess.Same);
        context.OutputMask = context.InputMask;
    }

    /// <summary>The sum over the steps of a row, feature by feature; of a vector the term itself.</summary>
    private static Sequence Sum(LoweringContext context, string name, string equation, Func<RegionBuilder, Value, Value> term)
    {
        RegionBuilder b = context.AddRegion(context.InputShape.IsVector ? equation : name + "' = " + name + " + " + equation);
        Sequence total = context.NewSequence(name, 0, context.InputShape.Features);
        if (context.InputShape.IsVector)
        {
            b.Output(term(b, b.Input(context.Input, TimeAccess.Whole)), total, TimeAccess.Whole);
            return total;
        }

        RegionState sum = new(name, context.InputShape.Features, null) { Final = total };
        Value before = b.State(sum);
        sum.Next = b.Add(before, term(b, b.Input(context.Input, TimeAccess.Same)));
        return total;
    }

    /// <summary>The mean of each group in all lanes of the group.</summary>
    private static Value OfGroups(RegionBuilder b, Value sums, int groups, double count)
    {
        int size = sums.Width / groups;
        List<Value> means = size == 1
            ? new List<Value> { sums }
            : Enumerable.Range(0, groups).Select(g => b.Broadcast(b.LaneSum(b.Slice(sums, g * size, size)), size)).ToList();
        return b.Divide(b.Concat(means), b.Constant(count, sums.Width));
    }
}
