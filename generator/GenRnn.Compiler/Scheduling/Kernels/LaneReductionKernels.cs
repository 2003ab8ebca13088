using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Tiles;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>
/// Sums over lanes in the fixed order: element j goes to partial sum j mod 16, then s[i] += s[i+8], s[i+4], s[i+2], s[i+1]. With units in
/// lanes the runtime does a row at a time; with rows in lanes sixteen accumulators run side by side.
/// </summary>
internal static class LaneReductionKernels
{
    private const int Partials = 16;

    /// <summary>A product with few outputs and a long k: sum over k in lane order, bias last.</summary>
    public static KernelCall BuildProduct(PlanContext plan, string name, string summary, ProductSites sites)
    {
        Value linear = sites.Linear;
        KernelScope scope = new(plan.Target.Element);
        LinearTerm term = linear.Terms[0];
        ParameterView columns = term.Weights.Transpose();
        // One column of the kernel behind the other: [output][k]. A block that is not full is packed without padding, so neither is this.
        int pitch = columns.Columns;
        PlacedPanel placed = plan.Panels.Add(new Panel(plan.Target.Element, columns.Columns, 0, pitch, new[] { PanelSegment.Of(columns) }.ToEquatableArray()));
        PlacedPanel? placedBias = linear.Bias is null ? null
            : plan.Panels.Add(new Panel(plan.Target.Element, linear.Width, 1, 0, new[] { PanelSegment.Of(linear.Bias) }.ToEquatableArray()));
        (Site source, int first) = sites.Operands[0];
        string operand = scope.Reference(source, sites.Names[0]);
        string weights = scope.Reference(placed, "weights");
        string? bias = placedBias is null ? null : scope.Reference(placedBias, "bias");
        string target = scope.Reference(sites.Target, "result");

        List<Statement> body = new();
        for (int output = 0; output < linear.Width; output++)
        {
            Place Result(Index row) => new(target, row * sites.Target.Layout.RowStride + (Index)(output * sites.Target.Layout.LaneStride));
            Place Start(Index row) => new(operand, row * source.Layout.RowStride + (Index)(first * source.Layout.LaneStride));
            if (plan.Axis == LaneAxis.Units)
            {
                Place column = new(weights, output * pitch);
                Scalar? added = bias is null ? null : new LoadScalar(new Place(bias, output));
                body.AddRange(RowLoops.OneByOne(plan, row =>
                {
                    Scalar dot = new LaneDotScalar(Start(row), column, columns.Columns);
                    return new[] { new StoreScalar(Result(row), added is null ? dot : new AddScalar(dot, added)) };
                }));
                continue;
            }

            Place start = Start(Index.Variable("row"));
            List<Statement> inner = new();
            for (int k = 0; k < columns.Columns; k++)
            {
                string partial = Names.Of("s", k % Partials);
                Vec next = new FmaVec(
                    new LoadVec(start + k * source.Layout.LaneStride),
                    new SplatVec(new Place(weights, output * pitch + k)),
                    k < Partials ? new NumberVec(0) : Vec.Local(partial));
                inner.Add(k < Partials ? new Let(partial, next) : new Assign(partial, next));
            }

            inner.AddRange(Fold(columns.Columns));
            Vec sum = bias is null ? Vec.Local("s0")
                : new ApplyVec(OpCode.Add, new[] { Vec.Local("s0"), new SplatVec(new Place(bias, output)) });
            inner.Add(new Store(Result(Index.Variable("row")), sum));
            body.Add(new Loop("row", plan.FirstRow, plan.EndRow, Index.Lanes, inner));
        }

        return Call(plan, name, summary, scope, body);
    }

    /// <summary>A sum or maximum over the lanes of one value.</summary>
    public static KernelCall Build(PlanContext plan, string name, string summary, Value value, (Site Site, int Lane) operand, Site target)
    {
        KernelScope scope = new(plan.Target.Element);
        string source = scope.Reference(operand.Site, "operand");
        string result = scope.Reference(target, "result");
        int width = value.Operands[0].Width;
        Place Start(Index row) => new(source, row * operand.Site.Layout.RowStride + (Index)(operand.Lane * operand.Site.Layout.LaneStride));
        Place Result(Index row) => new(result, row * target.Layout.RowStride);
        if (plan.Axis == LaneAxis.Units)
        {
            return Call(plan, name, summary, scope, RowLoops.OneByOne(
                plan, row => new[] { new StoreScalar(Result(row), new LaneReduceScalar(value.Op, Start(row), width)) }).ToList());
        }

        Place start = Start(Index.Variable("row"));
        List<Statement> inner = new();
        for (int j = 0; j < width; j++)
        {
            Vec element = new LoadVec(start + j * operand.Site.Layout.LaneStride);
            string partial = Names.Of("s", j % Partials);
            bool isFirst = j < Partials;
            Vec next = value.Op == OpCode.LaneSum
                ? new ApplyVec(OpCode.Add, new[] { isFirst ? new NumberVec(0) : Vec.Local(partial), element })
                : isFirst ? element : Larger(Vec.Local(partial), element);
            inner.Add(isFirst ? new Let(partial, next) : new Assign(partial, next));
        }

        inner.AddRange(value.Op == OpCode.LaneSum ? Fold(width) : Enumerable.Range(1, System.Math.Min(width, Partials) - 1)
            .Select(i => (Statement)new Assign("s0", Larger(Vec.Local("s0"), Vec.Local(Names.Of("s", i))))));
        inner.Add(new Store(Result(Index.Variable("row")), Vec.Local("s0")));
        return Call(plan, name, summary, scope, new List<Statement> { new Loop("row", plan.FirstRow, plan.EndRow, Index.Lanes, inner) });
    }

    private static KernelCall Call(PlanContext plan, string name, string summary, KernelScope scope, List<Statement> body) =>
        new(plan.Kernels.Add(name + plan.Suffix, summary, scope.References, plan.RangeNames, body), scope.Arguments);

    /// <summary>The tree over the partial sums; those that no element reached are +0 and are added all the same, for the sign of zero.</summary>
    private static IEnumerable<Statement> Fold(int width)
    {
        for (int i = width; i < Partials; i++)
            yield return new Let(Names.Of("s", i), new NumberVec(0));
        for (int distance = Partials / 2; distance > 0; distance /= 2)
        {
            for (int i = 0; i < distance; i++)
                yield return new Assign(Names.Of("s", i), new ApplyVec(OpCode.Add, new[] { Vec.Local(Names.Of("s", i)), Vec.Local(Names.Of("s", i + distance)) }));
        }
    }

    // The larger of two; a NaN in either comes through: not (a >= b) keeps b, and a is kept where it is NaN itself.
    private static Vec Larger(Vec a, Vec b) => new ApplyVec(OpCode.LaneMax, new[] { a, b });
}
