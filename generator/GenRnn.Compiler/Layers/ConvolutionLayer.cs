using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// A convolution over time: y[s] = act(b + sum over taps j of x[s stride + j dilation - padding] K[j]), zeros outside of the sequence. A causal one of stride 1 streams: what it reads in
/// front of the first step is what the last call left there.
/// </summary>
internal abstract class ConvolutionLayer : Layer
{
    /// <summary>Flags: the layer's own sizes, and what each convolution has.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="kernels">What its kernels are called, for their initialisers.</param>
    /// <param name="hasGroups">Whether it may be several side by side.</param>
    protected static List<FlagDefinition> FlagsWith(FlagDefinition[] sizes, string[] kernels, bool hasGroups = false) => sizes
        .Append(new FlagDefinition("Strides", FlagType.Integer) { Default = 1.0 })
        .Append(new FlagDefinition("Padding", FlagType.Enum, "Padding") { Default = "Valid" })
        .Append(new FlagDefinition("DilationRate", FlagType.Integer) { Default = 1.0 })
        .Concat(hasGroups ? new[] { new FlagDefinition("Groups", FlagType.Integer) { Default = 1.0 } } : Array.Empty<FlagDefinition>())
        .Append(new FlagDefinition("Activation", FlagType.Enum, "Activation") { Default = "Linear" })
        .Append(new FlagDefinition("ActivationAlpha", FlagType.Number) { AlphaOf = "Activation" })
        .Append(new FlagDefinition("UseBias", FlagType.Boolean) { Default = true })
        .Concat(kernels.Append("Bias").Select(weight => new FlagDefinition(weight + LayerWeights.FlagSuffix, FlagType.Enum, "Initializer") { Effect = FlagEffect.Start }))
        .Append(new FlagDefinition("Trainable", FlagType.Boolean) { Effect = FlagEffect.Training, Default = true })
        .Append(new FlagDefinition("Name", FlagType.Text) { Effect = FlagEffect.Name })
        .ToList();

    public sealed override int AxesOf(ItemSpec item, string weight) => weight == "Bias" ? 1 : 3;

    public sealed override string OutputActivation(ItemSpec item) => item.GetText("Activation", "Linear");

    public sealed override LaterSteps LaterSteps(ItemSpec item) => (item.GetInteger("KernelSize") > 1, item.GetText("Padding", "Valid")) switch
    {
        (true, "Same") => Layers.LaterSteps.Seen,
        (true, "Causal") => Layers.LaterSteps.KeptOut,
        _ => Layers.LaterSteps.NoChoice,
    };

    public sealed override string? StreamingObstacle(ItemSpec item)
    {
        TimeWindow window = WindowOf(item);
        return window.Stride > 1 ? "leaves steps out (Strides > 1)" : window.StreamingObstacle;
    }

    public sealed override Shape Infer(ShapeContext context)
    {
        bool isSound = AreOwnSizesPositive(context);
        int taps = LayerRules.AtLeastOne(context, "KernelSize", 0);
        int stride = LayerRules.AtLeastOne(context, "Strides", 1);
        int dilation = LayerRules.AtLeastOne(context, "DilationRate", 1);
        LayerRules.NeedsSequence(context);
        LayerRules.AlphaIsUsed(context, "Activation", "ActivationAlpha", "Linear");
        if (taps == 1 && dilation > 1)
            LayerRules.ChangesNothing(context, "DilationRate", "a window of KernelSize 1 has one step, and nothing lies between its steps");
        if (!isSound || taps < 1 || stride < 1 || dilation < 1 || context.Input.IsVector || !FitsFeatures(context))
            return Shape.Unknown;
        if (stride > 1 && dilation > 1)
        {
            context.Report(Rules.ValueOutOfRange, "DilationRate", LayerRules.Format("Strides = {0} and DilationRate = {1} exclude each other: one of them must be 1", stride, dilation));
            return Shape.Unknown;
        }

        if (taps > TimeWindow.MaximumTaps)
            context.Report(Rules.ValueOutOfRange, "KernelSize", LayerRules.Format("KernelSize is at most {0}; got {1}", TimeWindow.MaximumTaps, taps));
        else if (stride > TimeWindow.MaximumReach)
            context.Report(Rules.ValueOutOfRange, "Strides", LayerRules.Format("Strides is at most {0}; got {1}", TimeWindow.MaximumReach, stride));
        else if ((long)(taps - 1) * dilation > TimeWindow.MaximumReach)
            context.Report(Rules.ValueOutOfRange, "DilationRate", LayerRules.Format("the window reaches over {0} steps; {1} is the limit", (long)(taps - 1) * dilation + 1, TimeWindow.MaximumReach));
        else
            return OutputShape(context);
        return Shape.Unknown;
    }

    public sealed override void Lower(LoweringContext context)
    {
        ItemSpec item = context.Item;
        TimeWindow window = WindowOf(item);
        string activation = item.GetText("Activation", "Linear");
        int first = -window.FrontPadding(context.InputShape.TimeSteps);
        string taps = string.Join(" + ", Enumerable.Range(0, window.Taps).Select(j => window.Taps > 4 && j is > 0 && j < window.Taps - 1 ? ""
            : LayerRules.Format("x[{0}] K{1}", Step(window.Stride, first + j * window.Dilation), j)).Where(t => t.Length > 0));
        RegionBuilder b = context.AddRegion(
            "y[s] = " + Activations.Name(activation) + "(" + (item.GetBoolean("UseBias", true) ? "b + " : "") + Sum(window.Taps > 4 ? taps.Replace(" + ", " + ... + ") : taps) + ")",
            context.OutputShape.TimeSteps);
        List<Value> seen = window.Reads(context.InputShape.TimeSteps).Select(access => b.Input(context.Input, access)).ToList();
        Value z = Convolve(context, b, seen);
        context.Output = context.NewSequence("out", b.Region.Steps, context.OutputShape.Features);
        b.Output(OutputLogits.Activate(context, b, activation, item.Find("ActivationAlpha")?.Number, z, b.Region.Steps), context.Output, TimeAccess.Same);
        if (window.IsCarried)
            context.Program.Carry(context.Name + ".x", context.Input, window.Reach, b.Region);
    }

    /// <summary>Whether the sizes that no other convolution has are at least 1; reports those that are not.</summary>
    protected abstract bool AreOwnSizesPositive(ShapeContext context);

    /// <summary>Whether the input's features are as many as the flags ask for; reports if not.</summary>
    protected virtual bool FitsFeatures(ShapeContext context) => true;

    /// <summary>Width of the output, for sizes that are sound.</summary>
    protected abstract int Filters(ItemSpec item, int features);

    /// <summary>What the sum over the taps is called in the equation.</summary>
    protected virtual string Sum(string taps) => taps;

    /// <summary>Adds the weights, the bias last, and writes the sum over the taps with the bias.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="b">A step.</param>
    /// <param name="seen">What each tap sees.</param>
    protected abstract Value Convolve(LoweringContext context, RegionBuilder b, IReadOnlyList<Value> seen);

    protected static ParameterView? Bias(LoweringContext context) => context.Item.GetBoolean("UseBias", true)
        ? context.AddParameter("bias", context.Initializer("Bias", "BiasInitializer", "Zeros"), context.OutputShape.Features)
        : null;

    /// <summary>Convolutions side by side, each of features of its own.</summary>
    /// <param name="b">A step.</param>
    /// <param name="seen">What each tap sees.</param>
    /// <param name="kernel">The matrix of a tap: features of a group by the filters of all.</param>
    /// <param name="bias">One for each filter; null for none.</param>
    /// <param name="groups">How many there are.</param>
    protected static Value InGroups(RegionBuilder b, IReadOnlyList<Value> seen, Func<int, ParameterView> kernel, ParameterView? bias, int groups)
    {
        (int features, int filters) = (kernel(0).Rows, kernel(0).Columns / groups);
        if (groups > 1 && features == 1 && filters == 1)
            return LaneByLane(b, seen, kernel, bias);
        // Each group is a chain of its own: bias, then tap after tap.
        return b.Concat(Enumerable.Range(0, groups).Select(g => b.Linear(
            filters, bias?.SliceColumns(g * filters, filters), null, false,
            seen.Select((x, j) => new LinearTerm(b.Slice(x, g * features, features), kernel(j).SliceColumns(g * filters, filters))).ToList())).ToList());
    }

    /// <summary>A group for each feature: a product for each would use one lane of a vector. Bias, then tap after tap, each product and sum rounded.</summary>
    private static Value LaneByLane(RegionBuilder b, IReadOnlyList<Value> seen, Func<int, ParameterView> kernel, ParameterView? bias)
    {
        IEnumerable<Value> products = seen.Select((x, j) => b.Multiply(x, b.Parameter(kernel(j))));
        return (bias is null ? products : products.Prepend(b.Parameter(bias))).Aggregate(b.Add);
    }

    private static TimeWindow WindowOf(ItemSpec item) =>
        new(item.GetInteger("KernelSize"), item.GetInteger("Strides", 1), item.GetInteger("DilationRate", 1), item.GetText("Padding", "Valid"));

    private Shape OutputShape(ShapeContext context)
    {
        TimeWindow window = WindowOf(context.Item);
        int steps = window.OutputSteps(context.Input.TimeSteps);
        if (steps > 0)
            return new Shape(steps, Filters(context.Item, context.Input.Features));
        context.Report(Rules.UnfitInput, "", LayerRules.Format(
            "{0} with Padding.Valid needs at least {1} steps but {2} emits {3}; use Padding.Same or Padding.Causal, or a smaller kernel",
            context.Item.Kind, window.Reach + 1, context.PreviousLayer, context.Input));
        return Shape.Unknown;
    }

    private static string Step(int stride, int offset) =>
        (stride == 1 ? "s" : LayerRules.Format("{0} s", stride)) + (offset == 0 ? "" : offset > 0 ? LayerRules.Format(" + {0}", offset) : LayerRules.Format(" - {0}", -offset));
}
