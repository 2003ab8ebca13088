using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>How pointwise work runs with the products that it reads.</summary>
internal enum Fusion
{
    /// <summary>By itself, through memory.</summary>
    None,

    /// <summary>As the epilogue of one product, tile by tile.</summary>
    Epilogue,

    /// <summary>Behind all accumulators of its products, in registers.</summary>
    Registers,
}

/// <summary>One kernel of a step.</summary>
/// <param name="Products">The products (or the reduction) that it computes; none if it is pointwise work alone.</param>
/// <param name="Pointwise">The pointwise work in it, or null.</param>
/// <param name="Fusion">How the two run together.</param>
internal sealed record FusedKernel(IReadOnlyList<KernelWork> Products, KernelWork? Pointwise, Fusion Fusion)
{
    public IEnumerable<KernelWork> Works => Pointwise is null ? Products : Products.Append(Pointwise);

    /// <summary>The work at whose place in the partition's order it runs, unless what it reads is not there yet.</summary>
    public KernelWork Place => Fusion == Fusion.Epilogue ? Products[0] : Pointwise ?? Products[0];
}

/// <summary>Decides which works of a step run in one kernel, and in which order the kernels run: each behind all that it reads.</summary>
internal sealed class KernelFusion
{
    /// <summary>Rows up to which a product keeps its result in registers and runs the pointwise work on it at once.</summary>
    public const int MaximumRows = 2;

    /// <summary>Accumulators that may be alive at once, beside the functions of gates, each of which keeps a dozen registers busy.</summary>
    private const int MaximumVectors = 8;

    private readonly PlanShape _plan;
    private readonly Region _region;
    private readonly KernelPartition _partition;
    private readonly int _lanes;
    private readonly Dictionary<KernelWork, FusedKernel> _kernels = new();

    public KernelFusion(PlanShape plan, Region region, KernelPartition partition)
    {
        _plan = plan;
        _region = region;
        _partition = partition;
        _lanes = plan.Target.Lanes.Tuned;
        foreach (KernelWork work in partition.Order.Where(w => w.IsPointwise))
            Join(Fused(work));
        foreach (KernelWork product in partition.Order.Where(w => !_kernels.ContainsKey(w)))
            Join(new FusedKernel(new[] { product }, null, Fusion.None));
        Order = InOrder();
    }

    /// <summary>Kernels in the order of a step.</summary>
    public IReadOnlyList<FusedKernel> Order { get; }

    /// <summary>Whether a product runs its reader as its epilogue: then its result never needs memory.</summary>
    public bool HasEpilogue(KernelWork product) => _kernels[product].Fusion == Fusion.Epilogue;

    private void Join(FusedKernel kernel)
    {
        foreach (KernelWork work in kernel.Works)
            _kernels.Add(work, kernel);
    }

    /// <summary>
    /// The partition's order, but a kernel whose reads are not there yet waits for them: a product's epilogue for other work of the product's own level.
    /// A product in a kernel is read by that kernel alone, so no two wait for each other.
    /// </summary>
    private IReadOnlyList<FusedKernel> InOrder()
    {
        List<FusedKernel> waiting = _partition.Order.Select(w => _kernels[w]).Where((kernel, i) => kernel.Place == _partition.Order[i]).ToList();
        HashSet<KernelWork> done = new();
        List<FusedKernel> order = new();
        while (waiting.Count > 0)
        {
            FusedKernel next = waiting.First(kernel => kernel.Works.SelectMany(_partition.SourcesOf).All(s => done.Contains(s) || _kernels[s] == kernel));
            waiting.Remove(next);
            done.UnionWith(next.Works);
            order.Add(next);
        }

        return order;
    }

    /// <summary>Pointwise work with the products that can run in its kernel.</summary>
    private FusedKernel Fused(KernelWork work)
    {
        if (_plan.Axis == LaneAxis.Units && _plan.Rows <= MaximumRows && CanFollow(work))
        {
            List<KernelWork> held = _plan.Rows == 1 && work.Width % _lanes == 0 ? _partition.Order.Where(p => CanBeHeld(p, work)).ToList() : new List<KernelWork>();
            // A product alone, of the same width, runs it as its epilogue, tile by tile.
            bool isAlone = held.Count == 1 && held[0].Width == work.Width;
            if (held.Count > 0 && !isAlone && held.Sum(p => p.Width) <= MaximumVectors * _lanes)
                return new FusedKernel(held, work, Fusion.Registers);
            if (_partition.Order.FirstOrDefault(p => CanRunAsEpilogue(p, work)) is { } product)
                return new FusedKernel(new[] { product }, work, Fusion.Epilogue);
        }

        return new FusedKernel(System.Array.Empty<KernelWork>(), work, Fusion.None);
    }

    /// <summary>Whether the kernel of a product has room for pointwise work: a generator of random numbers takes all registers, and parts of a concatenation are stored lane by lane.</summary>
    private bool CanFollow(KernelWork work) =>
        work.Values.All(v => v.Op != OpCode.Random)
        && !_region.Values.Any(v => v.Op == OpCode.Concat && v.Operands.Any(work.Values.Contains));

    private static bool IsProduct(KernelWork work) => work.Product is { Op: OpCode.Linear, IsLaneReduced: false };

    /// <summary>Whether pointwise work is all that reads a product's result, lane by lane. Products of one level run one behind the other, so what reads them waits for all.</summary>
    private bool CanRunAsEpilogue(KernelWork product, KernelWork work)
    {
        if (!IsProduct(product) || product.Width != work.Width || work.Level != product.Level + 1 || _partition.Order.Count(w => !w.IsPointwise && w.Level == product.Level) > 1)
            return false;
        List<Value> readers = _region.Values.Where(v => v.Operands.Contains(product.Product!)).ToList();
        // A mask (of a rectifier) is no work of its own.
        return readers.Any(r => _partition.WorkOf(r) == work) && readers.All(r => _partition.WorkOf(r) == work || (r.IsMask && IsReadOnlyBy(r, work)));
    }

    private bool IsReadOnlyBy(Value mask, KernelWork reader) =>
        _region.Values.Where(v => v.Operands.Contains(mask)).All(v => _partition.WorkOf(v) == reader);

    private bool CanBeHeld(KernelWork product, KernelWork work) =>
        IsProduct(product) && product.Width % _lanes == 0 && !AlternatingPanels.Has(_plan, product.Product!) && IsReadBy(work, product.Product!);

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
