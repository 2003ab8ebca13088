using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Tiles;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>One rolled loop over vectors with a fused body; rolled, so that the activations in it are inlined.</summary>
internal static class PointwiseKernels
{
    /// <summary>Vectors that are computed side by side where functions follow functions.</summary>
    public const int Together = 2;

    public static KernelCall Build(PlanContext plan, string name, string summary, int width, Func<PlanContext, PointwiseBody> bodyOf) => plan.Call(name, summary, p =>
    {
        PointwiseBody body = bodyOf(p);
        // Built before the scope's names are taken: emitting is what collects them.
        List<Statement> statements = Statements(p, width, body).ToList();
        return new KernelText(body.Scope, body.ReadsStep ? p.RangeNames.Append(LoopNumbers.Step).ToList() : p.RangeNames, statements);
    }) with { IsLaneByLane = true };

    public static IEnumerable<Statement> Statements(PlanContext plan, int width, PointwiseBody body) =>
        plan.Axis == LaneAxis.Units ? UnitLanes(plan, width, body) : RowLanes(plan, width, body);

    private static IEnumerable<Statement> UnitLanes(PlanContext plan, int width, PointwiseBody body) => RowLoops.OneByOne(plan, row => UnitLanes(plan, width, body, row));

    private static IEnumerable<Statement> UnitLanes(PlanContext plan, int width, PointwiseBody body, Index row)
    {
        IEnumerable<Statement> One(Index lane) => body.Emit(row, lane, null, "");
        IEnumerable<Statement> Several(IReadOnlyList<Index> at) => body.EmitTogether(at.Select(_ => row).ToList(), at);
        bool isTogether = body.HasChainedFunctions && (plan.IsForAnyWidth || width > plan.Target.Lanes.Narrow);
        Index lanes = plan.Size("width", width);
        return (isTogether, body.StoresParts) switch
        {
            (false, false) => RowLoops.ByVectors(lanes, at => One(at).ToList()),
            (false, true) => RowLoops.ByVectorsAndTail(lanes, (at, count) => body.Emit(row, at, null, "", count).ToList()),
            (true, false) => RowLoops.Together("lane", 0, lanes - 1 + Index.Lanes, lanes, Together, Several, One),
            (true, true) => RowLoops.Together("lane", 0, lanes, lanes + 1 - Index.Lanes, Together, Several, One)
                .Concat(RowLoops.Tail(lanes, (at, count) => body.Emit(row, at, null, "", count))),
        };
    }

    private static IEnumerable<Statement> RowLanes(PlanContext plan, int width, PointwiseBody body)
    {
        Index lane = Index.Variable("lane");
        IEnumerable<Statement> One(Index row) => body.Emit(row, lane, null, "");
        IEnumerable<Statement> Several(IReadOnlyList<Index> rows) => body.EmitTogether(rows, rows.Select(_ => lane).ToList());
        IEnumerable<Statement> rows = body.HasChainedFunctions
            ? RowLoops.Together("row", plan.FirstRow, plan.EndRow - plan.FirstRow, plan.EndRow, Together, Several, One)
            : new Statement[] { new Loop("row", plan.FirstRow, plan.EndRow, Index.Lanes, One(Index.Variable("row")).ToList()) };
        yield return new Loop("lane", 0, plan.Size("width", width), 1, rows.ToList());
    }
}
