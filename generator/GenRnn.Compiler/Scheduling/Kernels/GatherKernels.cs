using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>Rows of a table by id.</summary>
internal static class GatherKernels
{
    /// <summary>Copies the table's row of each id. Ids were checked before the pass.</summary>
    public static KernelCall Build(PlanContext plan, string name, string summary, Value gather, (Site Site, int Lane) ids, Site target)
    {
        // One block: rows lie behind each other without padding.
        int pitch = gather.Width;
        KernelScope scope = new(plan.Target.Element);
        string source = scope.Reference(ids.Site, "ids");
        string table = scope.Reference(plan.Panels.Add(new Panel(plan.Target.Element, gather.Width, 0, pitch, new[] { PanelSegment.Of(gather.View) }.ToEquatableArray())), "table");
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
        return new KernelCall(plan.Kernels.Add(name + plan.Suffix, summary, scope.References, plan.RangeNames, rows), scope.Arguments);
    }
}
