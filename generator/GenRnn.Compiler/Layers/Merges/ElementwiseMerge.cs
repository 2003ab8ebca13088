using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers.Merges;

/// <summary>
/// Operands of one shape merged element by element, as Keras' Add and its kin. One feature stands for all features of the others, and one time step for all of their steps.
/// </summary>
internal abstract class ElementwiseMerge : MergeLayer
{
    private protected ElementwiseMerge(string kind, string kerasName)
        : base(kind, kerasName)
    {
    }

    /// <summary>What is done to the operands: <c>adds</c>.</summary>
    private protected abstract string Verb { get; }

    /// <summary>The equation in words.</summary>
    private protected abstract string Equation(int operands);

    /// <summary>Merges one step. Each mask is 1 where the step counts in its operand, and null if all do.</summary>
    private protected abstract Value Merge(RegionBuilder b, IReadOnlyList<Value> values, IReadOnlyList<Value?> masks);

    public sealed override Shape Infer(ShapeContext context)
    {
        if (!SameAxes(context))
            return Shape.Unknown;
        int steps = context.Operands.Max(o => o.Shape.TimeSteps), features = context.Operands.Max(o => o.Shape.Features);
        for (int i = 0; i < context.Operands.Count; i++)
        {
            Shape shape = context.Operands[i].Shape;
            bool fits = (shape.TimeSteps == steps || shape.TimeSteps == 1) && (shape.Features == features || shape.Features == 1);
            if (fits)
                continue;
            bool differsInTime = shape.TimeSteps != steps && shape.TimeSteps != 1;
            Unfit(context, i, Verb + " element by element, so " + (differsInTime ? "time steps" : "features") + " must be equally many, or one of them one");
            return Shape.Unknown;
        }

        return new Shape(steps, features);
    }

    public sealed override void Lower(LoweringContext context)
    {
        int steps = context.OutputShape.TimeSteps;
        List<Operand> operands = context.Operands.Select(o => o.Values.Steps == 1 && steps > 1 ? AtEveryStep(context, o) : o).ToList();
        RegionBuilder b = context.AddRegion(Equation(operands.Count), System.Math.Max(1, steps));
        List<Value> values = operands.Select(o => b.Input(o.Values, TimeAccess.Same)).ToList();
        List<Value?> masks = operands.Select(o => o.Mask is null ? null : b.Input(o.Mask.Steps, TimeAccess.Same)).ToList();
        context.Output = context.NewSequence("out", steps, context.OutputShape.Features);
        b.Output(b.Broadcast(Merge(b, values, masks), context.OutputShape.Features), context.Output, TimeAccess.Same);
        context.OutputMask = AnyMask(context, operands);
    }

    /// <summary>A sequence of one step as a vector, which every step of the others can read.</summary>
    private static Operand AtEveryStep(LoweringContext context, Operand operand)
    {
        return new Operand(Vector(operand.Values), operand.Mask is { } mask ? new TimeMask(Vector(mask.Steps)) : null);

        Sequence Vector(Sequence sequence)
        {
            RegionBuilder b = context.AddRegion("its only step, for all steps", 1);
            Sequence vector = context.NewSequence("step", 0, sequence.Width);
            b.Output(b.Input(sequence, TimeAccess.Same), vector, TimeAccess.Whole);
            return vector;
        }
    }
}
