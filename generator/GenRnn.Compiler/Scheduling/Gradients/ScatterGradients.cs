using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Gradients;

/// <summary>The sum of gradients that goes back to the rows of a table.</summary>
internal static class ScatterGradients
{
    /// <summary>
    /// The gradient of a table: each of its elements is one chain of sums from +0 over the steps (last step first) and rows whose id names it. A part of
    /// several takes the ids of its own rows of the table.
    /// </summary>
    public static List<Statement> Build(PlanContext plan, GradientShape shape)
    {
        Index from = Index.Variable("from"), to = Index.Variable("to"), step = Index.Variable("step"), row = Index.Variable("row"), lane = Index.Variable("lane"), id = Index.Variable("id");
        Place target = new("target", id * shape.TargetPitch + lane);
        Layout left = shape.LeftStride!, right = shape.RightStride;
        Place gradient = new("r", row * right.RowStride + lane * right.LaneStride);
        Statement add = plan.Axis == LaneAxis.Units
            ? new Loop("lane", 0, shape.RightWidth, Index.Lanes, new[] { new Store(target, new ApplyVec(OpCode.Add, new Vec[] { new LoadVec(target), new LoadVec(gradient) })) })
            : new Loop("lane", 0, shape.RightWidth, 1, new[] { new StoreScalar(target, new AddScalar(new LoadScalar(target), new LoadScalar(gradient))) });
        // id - from as an unsigned number would do with one comparison; two are as plain, and cost nothing beside the sum.
        Statement inside = new Branch(id, Comparison.Less, to, new[] { new Branch(from, Comparison.LessOrEqual, id, new[] { add }, System.Array.Empty<Statement>()) }, System.Array.Empty<Statement>());
        return new List<Statement>
        {
            new Loop("element", from * shape.TargetPitch, to * shape.TargetPitch, Index.Lanes, new[] { new Store(new Place("target", Index.Variable("element")), new NumberVec(0)) }),
            new Loop("step", shape.Steps - 1, 0, -1, new Statement[]
            {
                new Point("l", shape.LeftAt(step)),
                new Point("r", shape.RightAt(step)),
                new Loop("row", 0, plan.EndRow, 1, new[] { new LetIndex("id", new ElementIndex(new Place("l", row * left.RowStride))), inside }),
            }),
        };
    }
}
