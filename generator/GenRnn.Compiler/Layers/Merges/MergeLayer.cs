using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Merges;

/// <summary>A layer of several operands: what stands in front of it and those that it names, or all that <c>[From]</c> lists.</summary>
internal abstract class MergeLayer : Layer
{
    private protected MergeLayer(string kind, string kerasName, params FlagDefinition[] flags)
    {
        KerasName = kerasName;
        Definition = new ItemDefinition(kind, ItemRole.Layer, new FlagDefinition[] { MergeFlags.Others }
            .Concat(flags)
            .Append(ItemFlags.Name)
            .ToArray());
    }

    public override ItemDefinition Definition { get; }

    public override string KerasClass => Definition.Kind;

    public override string KerasName { get; }

    public override (int Least, int Most) OperandCount => (2, int.MaxValue);

    public override MaskUse Masks(ItemSpec item) => MaskUse.Passes;

    /// <summary>Keras' rule of most merges: steps count where they count in any operand, if every operand says which do.</summary>
    public override bool GivesMask(ItemSpec item, IReadOnlyList<bool> operands) => operands.All(isMasked => isMasked);

    /// <summary>All operands are vectors or all are sequences: reports the first that is not as the first one is.</summary>
    private protected bool SameAxes(ShapeContext context)
    {
        OperandShape first = context.Operands[0];
        for (int i = 1; i < context.Operands.Count; i++)
        {
            OperandShape other = context.Operands[i];
            if (other.Shape.IsVector == first.Shape.IsVector)
                continue;
            OperandShape sequence = first.Shape.IsVector ? other : first, vector = first.Shape.IsVector ? first : other;
            context.ReportOnOperand(Rules.UnfitOperands, i, LayerRules.Format(
                "{0} merges {1}, which gives {2}, and {3}, a vector {4}; to have the vector at every step, write [RepeatVector({5})] behind it",
                context.Item.Kind, sequence.Name, sequence.Shape, vector.Name, vector.Shape, sequence.Shape.TimeSteps));
            return false;
        }

        return true;
    }

    /// <summary>Reports an operand that does not fit the others.</summary>
    private protected static void Unfit(ShapeContext context, int operand, string what) => context.ReportOnOperand(Rules.UnfitOperands, operand, LayerRules.Format(
        "{0} {1}, but {2}", context.Item.Kind, what, string.Join(" and ", context.Operands.Select(o => o.Name + " gives " + o.Shape))));

    /// <summary>Where steps of the output count, which is where they count in any operand; null if one of them has no mask.</summary>
    private protected static TimeMask? AnyMask(LoweringContext context, IReadOnlyList<Operand> operands)
    {
        if (operands.Any(o => o.Mask is null))
            return null;
        List<TimeMask> masks = operands.Select(o => o.Mask!).Distinct().ToList();
        Sequence steps = Any(context, masks.Select(m => m.Steps).Distinct().ToList(), "mask");
        if (masks.Any(m => m.Rows is null))
            return new TimeMask(steps);
        return new TimeMask(steps, masks.All(m => m.EndsRows) ? steps : Any(context, masks.Select(m => m.Rows!).Distinct().ToList(), "rows"));
    }

    private static Sequence Any(LoweringContext context, IReadOnlyList<Sequence> masks, string name)
    {
        int steps = context.OutputShape.TimeSteps;
        if (masks.Count == 1 && masks[0].Steps == steps)
            return masks[0];
        RegionBuilder b = context.AddRegion("a step counts where it counts in any operand", steps);
        Value any = b.Input(masks[0], TimeAccess.Same);
        foreach (Sequence mask in masks.Skip(1))
            any = b.Select(b.Greater(any, 0), any, b.Input(mask, TimeAccess.Same));
        Sequence result = context.NewSequence(name, steps, 1);
        b.Output(any, result, TimeAccess.Same);
        return result;
    }
}
