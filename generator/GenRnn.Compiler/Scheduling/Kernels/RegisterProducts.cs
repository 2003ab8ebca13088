using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>
/// Products of a single row that run in one kernel with the pointwise work on their results, which never leave registers: a step of a small cell is
/// one long chain, and each value that goes through memory on the way makes it longer. All accumulators are alive before the first result is
/// written, so that a state may be written over the one that the products read.
/// </summary>
/// <remarks>
/// That holds where every part of a product that is read (a gate) begins at a whole vector, so at some widths of a vector and not at others. The kernel
/// has both forms, one for 256 bits and one for all other widths; the JIT knows which and drops the other.
/// </remarks>
internal static class RegisterProducts
{
    /// <param name="products">What the products of <paramref name="pointwise"/> read, and where their results go at other widths.</param>
    public static KernelCall Build(PlanContext plan, Region region, string name, KernelWork pointwise, IReadOnlyList<ProductSites> products, ValueSites sites)
    {
        int lanes = plan.Target.Lanes.Tuned;
        int vectors = pointwise.Width / lanes;
        // Two vectors side by side need all registers in any order; the one that is declared has the shorter chain.
        PointwiseBody body = new(plan, region, sites, vectors == 1 ? FunctionOrder.ByKind(pointwise.Values) : pointwise.Values, null);
        List<Statement> inRegisters = new();
        for (int p = 0; p < products.Count; p++)
        {
            int product = p;
            inRegisters.AddRange(ProductKernels.InLocals(plan, products[p], body.Scope, products[p].Linear.Width / lanes, vector => Accumulator(product, vector)));
        }

        List<Value> values = products.Select(p => p.Linear).ToList();
        IEnumerable<Statement> Body(int vector) => body.Emit(0, Index.Lanes * vector, value => HeldIn(value, values, vector, lanes), Names.Of("_", vector));
        for (int vector = 0; vector < vectors; vector += PointwiseKernels.Together)
            inRegisters.AddRange(PointwiseBody.Together(Enumerable.Range(vector, System.Math.Min(PointwiseKernels.Together, vectors - vector)).Select(Body)).SelectMany(Paired));

        List<Statement> throughMemory = products.Select(p => (Statement)new Block(ProductKernels.Statements(plan, p, body.Scope, null))).ToList();
        throughMemory.Add(new Block(PointwiseKernels.Statements(plan, pointwise.Width, body).ToList()));
        Statement[] both = { new Branch(Index.Lanes, Comparison.Equal, lanes, inRegisters, throughMemory) };
        return new KernelCall(plan.Kernels.Add(name + plan.Suffix, region.Equation, body.Scope.References, plan.RangeNames, both, locals: body.Scope.Locals), body.Scope.Arguments) { IsLaneByLane = true };
    }

    /// <summary>Two statements that compute one function of two vectors are one.</summary>
    private static IEnumerable<Statement> Paired(IReadOnlyList<Statement> statements) =>
        statements.Count == 2 && statements[0] is Let { Value: ApplyVec x } first && statements[1] is Let { Value: ApplyVec y } second && x.Op.IsPaired()
            ? new Statement[] { new LetPair(first.Name, second.Name, x.Op, x.Operands[0], y.Operands[0]) }
            : statements;

    private static string Accumulator(int product, int vector) => Names.Of("z", product, vector);

    /// <summary>The local of a value's vector, if it is a product that is held, or a part of one.</summary>
    private static string? HeldIn(Value value, List<Value> products, int vector, int lanes)
    {
        int lane = 0;
        for (; value.Op == OpCode.Slice; value = value.Operands[0])
            lane += value.Offset;
        int product = products.IndexOf(value);
        return product < 0 ? null : Accumulator(product, lane / lanes + vector);
    }
}
