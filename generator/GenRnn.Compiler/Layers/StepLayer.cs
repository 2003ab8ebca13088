using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>A layer whose output at a step depends on the same step of its input alone; on a vector it works once.</summary>
internal abstract class StepLayer : Layer
{
    public sealed override bool WorksStepByStep => true;

    public sealed override MaskUse Masks(ItemSpec item) => MaskUse.Passes;

    /// <summary>The equation, for the reader of the emitted code.</summary>
    public abstract string Equation(ItemSpec item);

    /// <summary>Width of the output, for an input of a known width.</summary>
    public virtual int Width(ItemSpec item, int input) => input;

    /// <summary>Adds the layer's weights and writes one step.</summary>
    public abstract Value Apply(LoweringContext context, RegionBuilder b, Value x);

    public sealed override void Lower(LoweringContext context)
    {
        RegionBuilder b = context.AddRegion(Equation(context.Item));
        Value y = Apply(context, b, b.Input(context.Input, TimeAccess.Same));
        context.Output = context.NewSequence("out", context.Input.Steps, y.Width);
        b.Output(y, context.Output, TimeAccess.Same);
        context.OutputMask = context.InputMask;
    }
}
