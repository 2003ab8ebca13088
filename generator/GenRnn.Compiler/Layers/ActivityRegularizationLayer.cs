using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' ActivityRegularization: passes on what it reads, and adds a penalty on it to the loss.</summary>
internal sealed class ActivityRegularizationLayer : Layer
{
    public override string KerasClass => "ActivityRegularization";

    public override string KerasName => "activity_regularization";

    public override bool WorksStepByStep => true;

    public override bool ComputesInInference => false;

    public override ItemDefinition Definition { get; } = new("ActivityRegularization", ItemRole.Layer, new FlagDefinition[]
    {
        new("L1", FlagType.Number) { Effect = FlagEffect.Training, Default = 0.0 },
        new("L2", FlagType.Number) { Effect = FlagEffect.Training, Default = 0.0 },
        new("Name", FlagType.Text) { Effect = FlagEffect.Name },
    });

    public override MaskUse Masks(ItemSpec item) => MaskUse.Passes;

    public override Shape Infer(ShapeContext context)
    {
        foreach (string flag in new[] { "L1", "L2" })
        {
            if (context.Item.GetNumber(flag) < 0)
                context.Report(Rules.ValueOutOfRange, flag, LayerRules.Format("{0} must not be negative; got {1}", flag, context.Item.GetNumber(flag)));
        }

        if (context.Item.GetNumber("L1") == 0 && context.Item.GetNumber("L2") == 0)
            context.Report(Rules.ChangesNothing, "", "ActivityRegularization changes nothing: without L1 and L2 there is no penalty");
        return context.Input;
    }

    public override void Lower(LoweringContext context)
    {
        context.OutputMask = context.InputMask;
        ActivityPenalty.Add(context, new RegularizerSpec(context.Item.GetNumber("L1"), context.Item.GetNumber("L2"), 0, "Rows"));
    }
}
