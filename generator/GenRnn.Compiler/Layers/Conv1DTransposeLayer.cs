using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Conv1DTranspose: each step t adds x[t] K[j] to step t stride + j - cut of the output, for every tap j. Written from the output's side: a region for each remainder of its steps,
/// since each is reached by taps of its own, and one chain each: bias, then tap after tap.
/// </summary>
internal sealed class Conv1DTransposeLayer : Layer
{
    public override string KerasClass => "Conv1DTranspose";

    public override string KerasName => "conv1d_transpose";

    public override ItemDefinition Definition { get; } = new("Conv1DTranspose", ItemRole.Layer, new FlagDefinition[]
    {
        new("Filters", FlagType.Integer, IsPositional: true),
        new("KernelSize", FlagType.Integer, IsPositional: true),
        new("Strides", FlagType.Integer) { Default = 1.0 },
        new("Padding", FlagType.Enum, "Padding") { Default = "Valid" },
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

    public override string? StreamingObstacle(ItemSpec item) => "gives steps that several steps of the input add to";

    public override Shape Infer(ShapeContext context)
    {
        int filters = LayerRules.AtLeastOne(context, "Filters", 0);
        int taps = LayerRules.AtLeastOne(context, "KernelSize", 0);
        int stride = LayerRules.AtLeastOne(context, "Strides", 1);
        LayerRules.NeedsSequence(context);
        LayerRules.AlphaIsUsed(context, "Activation", "ActivationAlpha", "Linear");
        if (filters < 1 || taps < 1 || stride < 1 || context.Input.IsVector)
            return Shape.Unknown;
        if (taps > TimeWindow.MaximumTaps)
            context.Report(Rules.ValueOutOfRange, "KernelSize", LayerRules.Format("KernelSize is at most {0}; got {1}", TimeWindow.MaximumTaps, taps));
        else if (stride > TimeWindow.MaximumTaps)
            context.Report(Rules.ValueOutOfRange, "Strides", LayerRules.Format("Strides is at most {0}; got {1}", TimeWindow.MaximumTaps, stride));
        else if (context.Item.GetText("Padding", "Valid") == "Causal")
            context.Report(Rules.ValueOutOfRange, "Padding", "Conv1DTranspose has Padding.Valid and Padding.Same; got Padding.Causal");
        else
            return new Shape(checked(context.Input.TimeSteps * stride + (IsSame(context.Item) ? 0 : Math.Max(taps - stride, 0))), filters);
        return Shape.Unknown;
    }

    public override void Lower(LoweringContext context)
    {
        ItemSpec item = context.Item;
        int filters = context.OutputShape.Features, taps = item.GetInteger("KernelSize"), stride = item.GetInteger("Strides", 1);
        // Keras keeps the kernel as that of the convolution whose gradient this is: [taps, filters, features].
        Parameter kernel = context.AddParameter(
            "kernel", context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), taps, filters, context.InputShape.Features).Parameter;
        ParameterView? bias = item.GetBoolean("UseBias", true)
            ? context.AddParameter("bias", context.Initializer("Bias", "BiasInitializer", "Zeros"), filters)
            : null;
        string activation = item.GetText("Activation", "Linear");
        int cut = IsSame(item) ? Math.Max(taps - stride, 0) / 2 : 0;

        context.Output = context.NewSequence("out", context.OutputShape.TimeSteps, filters);
        for (int phase = 0; phase < Math.Min(stride, context.OutputShape.TimeSteps); phase++)
        {
            int reached = phase + cut;
            RegionBuilder b = context.AddRegion(
                LayerRules.Format("y[{0}] = {1}({2}sum of x[(s - j) / {3}] K[j])", stride == 1 ? "s" : LayerRules.Format("{0} s + {1}", stride, phase), Activations.Name(activation), bias is null ? "" : "b + ", stride),
                (context.OutputShape.TimeSteps - phase + stride - 1) / stride);
            List<LinearTerm> terms = Enumerable.Range(0, taps).Where(j => (reached - j) % stride == 0)
                .Select(j => new LinearTerm(b.Input(context.Input, TimeAccess.Shifted((reached - j) / stride)), kernel.Matrix(j).Transpose())).ToList();
            // A stride beyond the kernel leaves steps that nothing is added to.
            Value z = terms.Count > 0 ? b.Linear(filters, bias, null, false, terms) : bias is null ? b.Constant(0, filters) : b.Parameter(bias);
            b.Output(Activations.Apply(b, activation, item.Find("ActivationAlpha")?.Number, z), context.Output, stride == 1 ? TimeAccess.Same : TimeAccess.Shifted(phase, stride));
        }
    }

    private static bool IsSame(ItemSpec item) => item.GetText("Padding", "Valid") == "Same";
}
