using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling;

/// <summary>One rolled loop over vectors with a fused body; rolled, so that the activations in it are inlined.</summary>
internal static class PointwiseKernels
{
    public static KernelCall Build(PlanContext plan, string name, string summary, int width, PointwiseBody body)
    {
        Index row = Index.Variable("row");
        Index lane = Index.Variable("lane");
        // Built before the scope's names are taken: emitting is what collects them.
        List<Statement> statements = plan.Axis == LaneAxis.Units
            ? new List<Statement>
            {
                new Loop("row", plan.FirstRow, plan.EndRow, 1, body.StoresParts
                    ? RowLoops.ByVectorsAndTail(width, (at, count) => body.Emit(row, at, "", "", count).ToList()).ToList()
                    : RowLoops.ByVectors(width, at => body.Emit(row, at, "", "").ToList()).ToList()),
            }
            : new List<Statement>
            {
                new Loop("lane", 0, width, 1, new Statement[]
                {
                    new Loop("row", plan.FirstRow, plan.EndRow, Index.Lanes, body.Emit(row, lane, "", "").ToList()),
                }),
            };
        Kernel kernel = plan.Kernels.Add(name + plan.Suffix, summary, body.Scope.Names, plan.RangeNames, statements);
        return new KernelCall(kernel, body.Scope.Arguments);
    }
}
