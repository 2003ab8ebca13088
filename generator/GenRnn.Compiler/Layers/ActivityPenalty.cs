using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// <c>[Regularize(Weight.Activity)]</c>: L1 sum |y| + L2 sum y^2 over all that a layer gives, masked steps as they stand. The program adds the penalties of all layers up, row by row; the loss
/// has the mean over the rows of a call, so each of them sends a gradient of one part in so many back.
/// </summary>
internal static class ActivityPenalty
{
    /// <summary>Adds the penalty that the layer's declaration asks for, if any, behind the layer.</summary>
    public static void Add(LoweringContext context)
    {
        if (RegularizerSpec.Of(context.Item, RegularizerSpec.Activity) is { } penalty)
            Add(context, penalty);
    }

    /// <summary>Adds a penalty on what the layer gives.</summary>
    public static void Add(LoweringContext context, RegularizerSpec penalty)
    {
        if (!context.Program.CanTrain || (penalty.L1 == 0 && penalty.L2 == 0))
            return;
        List<Sequence> outputs = new() { context.Output };
        if (context.Item.GetBoolean("ReturnState"))
            outputs.AddRange(context.States);
        foreach (Sequence output in outputs)
            Add(context, penalty, output);
    }

    private static void Add(LoweringContext context, RegularizerSpec penalty, Sequence output)
    {
        Sequence terms = output;
        if (!output.IsVector)
        {
            RegionBuilder scan = context.AddRegion("penalty' = penalty + " + Equation(penalty), output.Steps);
            RegionState sum = new("penalty", output.Width, null) { Final = terms = context.NewSequence("penalties", 0, output.Width) };
            Value before = scan.State(sum);
            sum.Next = scan.Add(before, Terms(scan, penalty, scan.Input(output, TimeAccess.Same)));
        }

        RegionBuilder b = context.AddRegion("sum over features" + (output.IsVector ? " of " + Equation(penalty) : ""), 1);
        Value values = b.Input(terms, TimeAccess.Whole);
        Value total = b.LaneSum(output.IsVector ? Terms(b, penalty, values) : values);
        if (context.Program.Penalty is { } others)
            total = b.Add(b.Input(others, TimeAccess.Whole), total);
        Sequence all = context.NewSequence("penalty", 0, 1);
        b.Output(total, all, TimeAccess.Whole);
        context.Program.Penalty = all;
    }

    private static Value Terms(RegionBuilder b, RegularizerSpec penalty, Value y)
    {
        Value? ofL1 = penalty.L1 == 0 ? null : b.Multiply(b.Unary(OpCode.Abs, y), penalty.L1);
        Value? ofL2 = penalty.L2 == 0 ? null : b.Multiply(b.Multiply(y, y), penalty.L2);
        return ofL1 is null ? ofL2! : ofL2 is null ? ofL1 : b.Add(ofL1, ofL2);
    }

    private static string Equation(RegularizerSpec penalty) =>
        penalty.L1 == 0 ? "L2 y^2" : penalty.L2 == 0 ? "L1 |y|" : "L1 |y| + L2 y^2";
}
