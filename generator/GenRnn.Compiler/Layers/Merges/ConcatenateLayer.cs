using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Merges;

/// <summary>Keras' Concatenate: features side by side, or sequences one after the other.</summary>
internal sealed class ConcatenateLayer : MergeLayer
{
    private static readonly Flag<string> Axis = Flag.Enum("Axis", "Axis", "Features");

    public ConcatenateLayer()
        : base("Concatenate", "concatenate", Axis)
    {
    }

    private static bool IsOverTime(ItemSpec item) => item[Axis] == "Time";

    public override string? StreamingObstacle(ItemSpec item) => IsOverTime(item) ? "puts sequences one after the other" : null;

    /// <summary>An operand without a mask counts as a whole. Over features a step then counts always; over time its own steps do.</summary>
    public override bool GivesMask(ItemSpec item, IReadOnlyList<bool> operands) => IsOverTime(item) ? operands.Any(isMasked => isMasked) : base.GivesMask(item, operands);

    public override Shape Infer(ShapeContext context)
    {
        if (!SameAxes(context))
            return Shape.Unknown;
        Shape first = context.Operands[0].Shape;
        bool isOverTime = IsOverTime(context.Item);
        if (isOverTime && first.IsVector)
        {
            Unfit(context, 0, "over time puts sequences one after the other");
            return Shape.Unknown;
        }

        for (int i = 1; i < context.Operands.Count; i++)
        {
            Shape shape = context.Operands[i].Shape;
            if (isOverTime ? shape.Features == first.Features : shape.TimeSteps == first.TimeSteps)
                continue;
            Unfit(context, i, isOverTime ? "over time needs equally many features" : "over features needs equally many time steps");
            return Shape.Unknown;
        }

        return isOverTime
            ? new Shape(Shape.Sum(context.Operands.Select(o => o.Shape.TimeSteps)), first.Features)
            : new Shape(first.TimeSteps, Shape.Sum(context.Operands.Select(o => o.Shape.Features)));
    }

    public override void Lower(LoweringContext context)
    {
        if (IsOverTime(context.Item))
        {
            context.Output = OneAfterTheOther(context, "out", context.Operands.Select(o => o.Values).ToList());
            if (context.Operands.Any(o => o.Mask is not null))
                context.OutputMask = MaskOverTime(context);
            return;
        }

        RegionBuilder b = context.AddRegion("y = operands side by side");
        context.Output = context.NewSequence("out", context.OutputShape.TimeSteps, context.OutputShape.Features);
        b.Output(b.Concat(context.Operands.Select(o => b.Input(o.Values, TimeAccess.Same)).ToList()), context.Output, TimeAccess.Same);
        context.OutputMask = AnyMask(context, context.Operands);
    }

    /// <summary>The steps of an operand without a mask all count.</summary>
    private static TimeMask MaskOverTime(LoweringContext context)
    {
        List<Sequence> masks = new();
        foreach (Operand operand in context.Operands)
        {
            if (operand.Mask is { } mask)
            {
                masks.Add(mask.Steps);
                continue;
            }

            RegionBuilder b = context.AddRegion("1 at each step", operand.Values.Steps);
            Sequence ones = context.NewSequence("steps", operand.Values.Steps, 1);
            b.Output(b.Constant(1), ones, TimeAccess.Same);
            masks.Add(ones);
        }

        return new TimeMask(OneAfterTheOther(context, "mask", masks));
    }

    /// <summary>Each part at its place and zeros around it, which are what a read outside of it gives: their sum.</summary>
    private static Sequence OneAfterTheOther(LoweringContext context, string name, IReadOnlyList<Sequence> parts)
    {
        RegionBuilder b = context.AddRegion("y = operands one after the other", context.OutputShape.TimeSteps);
        int first = 0;
        Value? sum = null;
        foreach (Sequence part in parts)
        {
            Value value = b.Input(part, TimeAccess.Shifted(-first));
            sum = sum is null ? value : b.Add(sum, value);
            first += part.Steps;
        }

        Sequence whole = context.NewSequence(name, context.OutputShape.TimeSteps, parts[0].Width);
        b.Output(sum!, whole, TimeAccess.Same);
        return whole;
    }
}
