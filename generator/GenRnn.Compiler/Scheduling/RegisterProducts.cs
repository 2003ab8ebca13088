using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling;

/// <summary>
/// Products of a single row that run in one kernel with the pointwise work on their results, which never leave registers: a step of a small cell is
/// one long chain, and each value that goes through memory on the way makes it longer. All accumulators are alive before the first result is
/// written, so that a state may be written over the one that the products read.
/// </summary>
/// <remarks>
/// That holds where every part of a product that is read (a gate) begins at a whole vector, so at some widths of a vector and not at others. The kernel
/// has both forms, one for 256 bits and one for all other widths; the JIT knows which and drops the other.
/// </remarks>
internal sealed class RegisterProducts
{
    /// <summary>Accumulators that may be alive at once, beside the functions of gates, each of which keeps a dozen registers busy.</summary>
    private const int MaximumVectors = 8;

    private readonly PlanContext _plan;
    private readonly Region _region;
    private readonly KernelPartition _partition;
    private readonly int _lanes;
    private readonly Dictionary<KernelWork, List<KernelWork>> _products = new();
    private readonly HashSet<KernelWork> _held = new();

    public RegisterProducts(PlanContext plan, Region region, KernelPartition partition)
    {
        _plan = plan;
        _region = region;
        _partition = partition;
        _lanes = plan.LaneCounts[1];
        if (plan.Axis != LaneAxis.Units || plan.Rows != 1)
            return;
        foreach (KernelWork work in partition.Order.Where(CanHold))
        {
            List<KernelWork> products = partition.Order.Where(p => p.Product is { } value && CanBeHeld(value, work)).ToList();
            // A product alone, of the same width, runs the pointwise work as its epilogue, tile by tile.
            bool isEpilogue = products.Count == 1 && products[0].Width == work.Width;
            if (products.Count == 0 || isEpilogue || products.Sum(p => p.Width) > MaximumVectors * _lanes)
                continue;
            _products[work] = products;
            _held.UnionWith(products);
        }
    }

    /// <summary>Whether a product runs with the pointwise work that reads it.</summary>
    public bool AreHeld(KernelWork product) => _held.Contains(product);

    /// <summary>The products that run with pointwise work.</summary>
    public IReadOnlyList<KernelWork> Of(KernelWork pointwise) => _products.TryGetValue(pointwise, out List<KernelWork>? products) ? products : new List<KernelWork>();

    /// <param name="products">What the products of <paramref name="pointwise"/> read, and where their results go at other widths.</param>
    public KernelCall Build(string name, KernelWork pointwise, IReadOnlyList<ProductSites> products, ValueSites sites)
    {
        int vectors = pointwise.Width / _lanes;
        // Two vectors side by side need all registers in any order; the one that is declared has the shorter chain.
        PointwiseBody body = new(_plan, _region, sites, vectors == 1 ? FunctionOrder.ByKind(pointwise.Values) : pointwise.Values, null);
        List<Statement> inRegisters = new();
        for (int p = 0; p < products.Count; p++)
        {
            int product = p;
            inRegisters.AddRange(ProductKernels.InLocals(_plan, products[p], body.Scope, products[p].Linear.Width / _lanes, vector => Accumulator(product, vector)));
        }

        List<Value> values = products.Select(p => p.Linear).ToList();
        IEnumerable<Statement> Body(int vector) => body.Emit(0, Index.Lanes * vector, value => HeldIn(value, values, vector), Names.Of("_", vector));
        for (int vector = 0; vector < vectors; vector += PointwiseKernels.Together)
            inRegisters.AddRange(PointwiseBody.Together(Enumerable.Range(vector, System.Math.Min(PointwiseKernels.Together, vectors - vector)).Select(Body)).SelectMany(Paired));

        List<Statement> throughMemory = products.Select(p => (Statement)new Block(ProductKernels.Statements(_plan, p, body.Scope, null))).ToList();
        throughMemory.Add(new Block(PointwiseKernels.Statements(_plan, pointwise.Width, body).ToList()));
        Statement[] both = { new Branch(Index.Lanes, Comparison.Equal, _lanes, inRegisters, throughMemory) };
        return new KernelCall(_plan.Kernels.Add(name + _plan.Suffix, _region.Equation, body.Scope.Names, _plan.RangeNames, both), body.Scope.Arguments) { IsLaneByLane = true };
    }

    /// <summary>Two statements that compute one function of two vectors are one.</summary>
    private static IEnumerable<Statement> Paired(IReadOnlyList<Statement> statements) =>
        statements.Count == 2 && statements[0] is Let { Value: ApplyVec x } first && statements[1] is Let { Value: ApplyVec y } second && x.Op.IsPaired()
            ? new Statement[] { new LetPair(first.Name, second.Name, x.Op, x.Operands[0], y.Operands[0]) }
            : statements;

    private static string Accumulator(int product, int vector) => Names.Of("z", product, vector);

    /// <summary>The local of a value's vector, if it is a product that is held, or a part of one.</summary>
    private string? HeldIn(Value value, List<Value> products, int vector)
    {
        int lane = 0;
        for (; value.Op == OpCode.Slice; value = value.Operands[0])
            lane += value.Offset;
        int product = products.IndexOf(value);
        return product < 0 ? null : Accumulator(product, lane / _lanes + vector);
    }

    private bool CanHold(KernelWork work) =>
        work.IsPointwise && work.Width % _lanes == 0
        && work.Values.All(v => v.Op != OpCode.Random)
        && !_region.Values.Any(v => v.Op == OpCode.Concat && v.Operands.Any(work.Values.Contains));

    private bool CanBeHeld(Value product, KernelWork work) =>
        product.Op == OpCode.Linear && !product.IsLaneReduced && product.Width % _lanes == 0 && !ProductKernels.Alternates(_plan, product) && IsReadBy(work, product);

    /// <summary>Whether a value is read by this work and nothing else, vector by vector.</summary>
    private bool IsReadBy(KernelWork work, Value value)
    {
        if (_region.Outputs.Any(o => o.Value == value) || _region.States.Any(s => s.Next == value))
            return false;
        List<Value> readers = _region.Values.Where(v => v.Operands.Contains(value)).ToList();
        return readers.Count > 0 && readers.All(reader => reader switch
        {
            { Op: OpCode.Slice } => reader.Offset % _lanes == 0 && IsReadBy(work, reader),
            { IsMask: true } => reader.Width == work.Width && IsReadBy(work, reader),
            _ => value.Width == work.Width && _partition.WorkOf(reader) == work,
        });
    }
}
