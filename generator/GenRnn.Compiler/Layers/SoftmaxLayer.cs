using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' Softmax layer: over the features of each step, or (axis 1) over the steps of each feature.</summary>
internal sealed class SoftmaxLayer : StepLayer
{
    public override string KerasClass => "Softmax";

    public override string KerasName => "softmax";

    public override ItemDefinition Definition { get; } = new("Softmax", ItemRole.Layer, new FlagDefinition[]
    {
        new("OverTime", FlagType.Boolean) { Default = false },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override Layer Of(ItemSpec item) => item.GetBoolean("OverTime") ? new OverTime(this) : this;

    public override string OutputActivation(ItemSpec item) => "Softmax";

    public override Shape Infer(ShapeContext context)
    {
        // In a model the layer over time is another one; a step of a cell has no others beside it.
        if (context.Item.GetBoolean("OverTime"))
            context.Report(Rules.ValueOutOfRange, "OverTime", "a cell sees one step: OverTime is for layers of a model");
        return context.Input;
    }

    public override string Equation(ItemSpec item) => "y = softmax(x)";

    public override Value Apply(LoweringContext context, RegionBuilder b, Value x) => Activations.Apply(b, "Softmax", null, x);

    /// <summary>Each feature by itself: exp(x - max) / sum, where a masked step weighs nothing.</summary>
    private sealed class OverTime : Layer
    {
        /// <summary>What Keras adds to what is masked.</summary>
        private const double Masked = -1e9;

        private readonly SoftmaxLayer _overFeatures;

        public OverTime(SoftmaxLayer overFeatures) => _overFeatures = overFeatures;

        public override ItemDefinition Definition => _overFeatures.Definition;

        public override string KerasClass => _overFeatures.KerasClass;

        public override string KerasName => _overFeatures.KerasName;

        public override MaskUse Masks(ItemSpec item) => MaskUse.Passes;

        public override string? StreamingObstacle(ItemSpec item) => "weighs all time steps against each other";

        public override Shape Infer(ShapeContext context)
        {
            LayerRules.NeedsSequence(context);
            return context.Input.IsVector ? Shape.Unknown : context.Input;
        }

        public override void Lower(LoweringContext context)
        {
            (int steps, int features) = (context.InputShape.TimeSteps, context.InputShape.Features);
            RegionBuilder first = context.AddRegion("max' = x > max ? x : max");
            RegionState largest = new("max", features, null) { Final = context.NewSequence("max", 0, features) };
            Value max = first.State(largest);
            // The first step is larger than what there was before: nothing.
            RegionState begun = new("begun", 1, null) { Next = first.Constant(1) };
            Value isLater = first.State(begun);
            Value x = Seen(context, first);
            largest.Next = first.Choose(isLater, first.Select(first.Binary(OpCode.Greater, x, max), x, max), x);

            RegionBuilder second = context.AddRegion("e = exp(x - max); sum' = sum + e");
            Sequence exponents = context.NewSequence("e", steps, features);
            RegionState sum = new("sum", features, null) { Final = context.NewSequence("sum", 0, features) };
            Value before = second.State(sum);
            Value e = second.Unary(OpCode.Exp, second.Subtract(Seen(context, second), second.Unary(OpCode.Detach, second.Input(largest.Final, TimeAccess.Whole))));
            second.Output(e, exponents, TimeAccess.Same);
            sum.Next = second.Add(before, e);

            RegionBuilder third = context.AddRegion("y = e / sum");
            context.Output = context.NewSequence("out", steps, features);
            third.Output(third.Divide(third.Input(exponents, TimeAccess.Same), third.Input(sum.Final, TimeAccess.Whole)), context.Output, TimeAccess.Same);
            context.OutputMask = context.InputMask;
        }

        private static Value Seen(LoweringContext context, RegionBuilder b)
        {
            Value x = b.Input(context.Input, TimeAccess.Same);
            return context.InputMask is { } mask ? b.Choose(b.Input(mask.Steps, TimeAccess.Same), x, b.Constant(Masked, x.Width)) : x;
        }
    }
}
