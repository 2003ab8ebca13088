using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Conv1D: y[s] = act(b + sum over taps j of x[s stride + j dilation - padding] K[j]), zeros outside of the sequence. One chain: bias, then tap
/// after tap. A causal one of stride 1 streams: what it reads in front of the first step is what the last call left there. Groups are convolutions side by
/// side, each of its own features; where each has one feature and one filter, x and K are multiplied lane by lane.
/// </summary>
internal sealed class Conv1DLayer : Layer
{
    /// <summary>Each tap is an operand of the product's kernel.</summary>
    private const int MaximumTaps = 256;

    /// <summary>Steps outside of a sequence are stored too.</summary>
    private const int MaximumReach = 1 << 16;

    public override string KerasClass => "Conv1D";

    public override string KerasName => "conv1d";

    public override ItemDefinition Definition { get; } = new("Conv1D", ItemRole.Layer, new FlagDefinition[]
    {
        new("Filters", FlagType.Integer, IsPositional: true),
        new("KernelSize", FlagType.Integer, IsPositional: true),
        new("Strides", FlagType.Integer) { Default = 1.0 },
        new("Padding", FlagType.Enum, "Padding") { Default = "Valid" },
        new("DilationRate", FlagType.Integer) { Default = 1.0 },
        new("Groups", FlagType.Integer) { Default = 1.0 },
        new("Activation", FlagType.Enum, "Activation") { Default = "Linear" },
        new("ActivationAlpha", FlagType.Number) { AlphaOf = "Activation" },
        new("UseBias", FlagType.Boolean) { Default = true },
        new("KernelInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("BiasInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start },
        new("Trainable", FlagType.Boolean) { Effect = FlagEffect.Training, Default = true },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override int AxesOf(ItemSpec item, string weight) => weight == "Kernel" ? 3 : base.AxesOf(item, weight);

    public override string OutputActivation(ItemSpec item) => item.GetText("Activation", "Linear");

    public override LaterSteps LaterSteps(ItemSpec item) => (item.GetInteger("KernelSize") > 1, item.GetText("Padding", "Valid")) switch
    {
        (true, "Same") => Layers.LaterSteps.Seen,
        (true, "Causal") => Layers.LaterSteps.KeptOut,
        _ => Layers.LaterSteps.NoChoice,
    };

    public override string? StreamingObstacle(ItemSpec item)
    {
        Window window = Window.Of(item);
        return window.Stride > 1 ? "leaves steps out (Strides > 1)"
            : window.LaterSteps > 0 ? LayerRules.Format("sees {0} later step{1}; Padding.Causal streams", window.LaterSteps, window.LaterSteps == 1 ? "" : "s")
            : window.Taps > 1 && window.Padding == "Valid" ? "needs a whole window; Padding.Causal streams"
            : null;
    }

    public override Shape Infer(ShapeContext context)
    {
        int filters = LayerRules.AtLeastOne(context, "Filters", 0);
        int taps = LayerRules.AtLeastOne(context, "KernelSize", 0);
        int stride = LayerRules.AtLeastOne(context, "Strides", 1);
        int dilation = LayerRules.AtLeastOne(context, "DilationRate", 1);
        int groups = LayerRules.AtLeastOne(context, "Groups", 1);
        LayerRules.NeedsSequence(context);
        LayerRules.AlphaIsUsed(context, "Activation", "ActivationAlpha", "Linear");
        if (taps == 1 && dilation > 1)
            LayerRules.ChangesNothing(context, "DilationRate", "a window of KernelSize 1 has one step, and nothing lies between its steps");
        if (filters < 1 || taps < 1 || stride < 1 || dilation < 1 || groups < 1 || context.Input.IsVector)
            return Shape.Unknown;
        if (filters % groups != 0)
        {
            context.Report(Rules.ValueOutOfRange, "Groups", LayerRules.Format("Groups must divide the filters: {0} filters cannot be split into {1} groups", filters, groups));
            return Shape.Unknown;
        }

        if (context.Input.Features % groups != 0)
        {
            context.Report(Rules.ValueOutOfRange, "Groups", LayerRules.Format(
                "Groups must divide the input's features: {0} emits {1}, whose {2} feature{3} cannot be split into {4} groups",
                context.PreviousLayer, context.Input, context.Input.Features, context.Input.Features == 1 ? "" : "s", groups));
            return Shape.Unknown;
        }

        if (stride > 1 && dilation > 1)
        {
            context.Report(Rules.ValueOutOfRange, "DilationRate", LayerRules.Format("Strides = {0} and DilationRate = {1} exclude each other: one of them must be 1", stride, dilation));
            return Shape.Unknown;
        }

        if (taps > MaximumTaps)
            context.Report(Rules.ValueOutOfRange, "KernelSize", LayerRules.Format("KernelSize is at most {0}; got {1}", MaximumTaps, taps));
        else if (stride > MaximumReach)
            context.Report(Rules.ValueOutOfRange, "Strides", LayerRules.Format("Strides is at most {0}; got {1}", MaximumReach, stride));
        else if ((long)(taps - 1) * dilation > MaximumReach)
            context.Report(Rules.ValueOutOfRange, "DilationRate", LayerRules.Format("the window reaches over {0} steps; {1} is the limit", (long)(taps - 1) * dilation + 1, MaximumReach));
        else
            return OutputShape(context, filters);
        return Shape.Unknown;
    }

    public override void Lower(LoweringContext context)
    {
        ItemSpec item = context.Item;
        Window window = Window.Of(item);
        int filters = context.OutputShape.Features;
        string activation = item.GetText("Activation", "Linear");
        int groups = item.GetInteger("Groups", 1);
        Parameter kernel = context.AddParameter(
            "kernel", context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), window.Taps, context.InputShape.Features / groups, filters).Parameter;
        ParameterView? bias = item.GetBoolean("UseBias", true)
            ? context.AddParameter("bias", context.Initializer("Bias", "BiasInitializer", "Zeros"), filters)
            : null;

        int first = -window.FrontPadding(context.InputShape.TimeSteps);
        string taps = string.Join(" + ", Enumerable.Range(0, window.Taps).Select(j => window.Taps > 4 && j is > 0 && j < window.Taps - 1 ? ""
            : LayerRules.Format("x[{0}] K{1}", Step(window.Stride, first + j * window.Dilation), j)).Where(t => t.Length > 0));
        RegionBuilder b = context.AddRegion(
            "y[s] = " + Activations.Name(activation) + "(" + (bias is null ? "" : "b + ") + (window.Taps > 4 ? taps.Replace(" + ", " + ... + ") : taps) + ")", context.OutputShape.TimeSteps);
        List<Value> seen = Enumerable.Range(0, window.Taps)
            .Select(j => b.Input(context.Input, TimeAccess.Shifted(first + j * window.Dilation, window.Stride))).ToList();
        Value z = groups > 1 && groups == context.InputShape.Features && groups == filters ? LaneByLane(b, kernel, bias, seen) : Grouped(b, kernel, bias, seen, groups);
        context.Output = context.NewSequence("out", b.Region.Steps, filters);
        b.Output(Activations.Apply(b, activation, item.Find("ActivationAlpha")?.Number, z), context.Output, TimeAccess.Same);
        if (window is { Padding: "Causal", Stride: 1, Reach: > 0 })
            context.Program.Histories.Add(new SequenceHistory(context.Name + ".x", context.Input, window.Reach));
    }

    /// <summary>Each group is a chain of its own: bias, then tap after tap.</summary>
    private static Value Grouped(RegionBuilder b, Parameter kernel, ParameterView? bias, IReadOnlyList<Value> seen, int groups)
    {
        int features = kernel.Shape[1], filters = kernel.Shape[2] / groups;
        return b.Concat(Enumerable.Range(0, groups).Select(g => b.Linear(
            filters, bias?.SliceColumns(g * filters, filters), null, false,
            seen.Select((x, j) => new LinearTerm(b.Slice(x, g * features, features), kernel.Matrix(j).SliceColumns(g * filters, filters))).ToList())).ToList());
    }

    /// <summary>A group for each feature: a product for each would use one lane of a vector. Bias, then tap after tap, each product and sum rounded.</summary>
    private static Value LaneByLane(RegionBuilder b, Parameter kernel, ParameterView? bias, IReadOnlyList<Value> seen)
    {
        IEnumerable<Value> products = seen.Select((x, j) => b.Multiply(x, b.Parameter(kernel.Matrix(j))));
        return (bias is null ? products : products.Prepend(b.Parameter(bias))).Aggregate(b.Add);
    }

    private static Shape OutputShape(ShapeContext context, int filters)
    {
        Window window = Window.Of(context.Item);
        int steps = window.OutputSteps(context.Input.TimeSteps);
        if (steps > 0)
            return new Shape(steps, filters);
        context.Report(Rules.UnfitInput, "", LayerRules.Format(
            "Conv1D with Padding.Valid needs at least {0} steps but {1} emits {2}; use Padding.Same or Padding.Causal, or a smaller kernel",
            window.Reach + 1, context.PreviousLayer, context.Input));
        return Shape.Unknown;
    }

    private static string Step(int stride, int offset) =>
        (stride == 1 ? "s" : LayerRules.Format("{0} s", stride)) + (offset == 0 ? "" : offset > 0 ? LayerRules.Format(" + {0}", offset) : LayerRules.Format(" - {0}", -offset));

    /// <summary>What a step of the output sees.</summary>
    private readonly record struct Window(int Taps, int Stride, int Dilation, string Padding)
    {
        public static Window Of(ItemSpec item) =>
            new(item.GetInteger("KernelSize"), item.GetInteger("Strides", 1), item.GetInteger("DilationRate", 1), item.GetText("Padding", "Valid"));

        /// <summary>Steps from the first tap to the last.</summary>
        public int Reach => (Taps - 1) * Dilation;

        /// <summary>How many steps behind its own a step of the output sees.</summary>
        public int LaterSteps => Padding == "Same" ? Reach - Reach / 2 : 0;

        public int OutputSteps(int steps) => Padding == "Valid" ? steps <= Reach ? 0 : (steps - Reach - 1) / Stride + 1 : (steps - 1) / Stride + 1;

        /// <summary>Same pads both ends, the larger half behind.</summary>
        public int FrontPadding(int steps) => Padding switch
        {
            "Causal" => Reach,
            "Same" => Math.Max(0, (OutputSteps(steps) - 1) * Stride + Reach + 1 - steps) / 2,
            _ => 0,
        };
    }
}
