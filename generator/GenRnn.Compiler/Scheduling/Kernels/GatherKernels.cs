using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>Rows of a table by id, and the sum of gradients that goes back to them.</summary>
internal static class GatherKernels
{
    /// <summary>Copies the table's row of each id. Ids were checked before the pass.</summary>
    public static KernelCall Build(PlanContext plan, string name, string summary, Value gather, (Site Site, int Lane) ids, Site target)
    {
        // One block: rows lie behind each other without padding.
        int pitch = gather.Width;
        KernelScope scope = new();
        string source = scope.Reference(ids.Site, "ids");
        string table = scope.Reference(plan.Panels.Add(new Panel(gather.Width, 0, pitch, new[] { PanelSegment.Of(gather.Bias!) }.ToEquatableArray())), "table");
        string result = scope.Reference(target, "result");

        Index row = Index.Variable("row");
        Index lane = Index.Variable("lane");
        Place place = new(result, row * target.Layout.RowStride + lane * target.Layout.LaneStride);
        List<Statement> body = new()
        {
            new Point("entry", new Place(table, new ElementIndex(new Place(source, row * ids.Site.Layout.RowStride + (Index)(ids.Lane * ids.Site.Layout.LaneStride))) * pitch)),
            plan.Axis == LaneAxis.Units
                ? new Loop("lane", 0, gather.Width, Index.Lanes, new[] { new Store(place, new LoadVec(new Place("entry", lane))) })
                : new Loop("lane", 0, gather.Width, 1, new[] { new StoreScalar(place, new LoadScalar(new Place("entry", lane))) }),
        };
        List<Statement> rows = new() { new Loop("row", plan.FirstRow, plan.EndRow, 1, body) };
        return new KernelCall(plan.Kernels.Add(name + plan.Suffix, summary, scope.Names, plan.RangeNames, rows), scope.Arguments);
    }

    /// <summary>
    /// The gradient of a table: each of its elements is one chain of sums from +0 over the steps (last step first) and rows whose id names it. A part of
    /// several takes the ids of its own rows of the table.
    /// </summary>
    public static List<Statement> BuildGradient(PlanContext plan, GradientShape shape)
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
