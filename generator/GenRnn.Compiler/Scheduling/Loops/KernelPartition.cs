using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>Work of one kernel call: a product, a lane reduction, or a fused group of pointwise operations.</summary>
public sealed class KernelWork
{
    public KernelWork(int level, int width, Value? product)
    {
        Level = level;
        Width = width;
        Product = product;
    }

    public int Level { get; }

    public int Width { get; }

    /// <summary>The Linear or reduction; null for pointwise work.</summary>
    public Value? Product { get; }

    /// <summary>Values of pointwise work, operands first.</summary>
    public List<Value> Values { get; } = new();

    public bool IsPointwise => Product is null;
}

/// <summary>
/// Cuts a step graph into kernels. A product needs its operands in memory and leaves its result there; pointwise operations of one
/// width that become ready together run in one loop over vectors, with their results in registers.
/// </summary>
public sealed class KernelPartition
{
    private readonly Dictionary<Value, KernelWork> _work = new();

    public KernelPartition(Region region)
    {
        foreach (Value value in region.Values)
        {
            if (value.Op.IsLeaf() || value.IsMask || value.Op is OpCode.Slice or OpCode.Broadcast or OpCode.Concat)
                continue;
            Assign(value);
        }

        Order = Works.OrderBy(w => w.Level).ThenBy(w => w.IsPointwise).ToList();
        Materialise(region);
    }

    private List<KernelWork> Works { get; } = new();

    /// <summary>All works, level by level, products in front of pointwise work: see <see cref="KernelFusion"/> for the order in which kernels run.</summary>
    public IReadOnlyList<KernelWork> Order { get; }

    /// <summary>Values that must be in memory because another kernel, another step or another region reads them.</summary>
    public HashSet<Value> InMemory { get; } = new();

    public KernelWork? WorkOf(Value value) => _work.TryGetValue(value, out KernelWork? work) ? work : null;

    /// <summary>Masks, slices and broadcasts are expressions on what they read, wherever they are needed; a concatenation is the
    /// memory that its parts are written to.</summary>
    private static bool IsInline(Value value) => value.IsMask || value.Op is OpCode.Slice or OpCode.Broadcast or OpCode.Concat;

    private void Assign(Value value)
    {
        bool isPointwise = value.Op.IsPointwise();
        int level = 0;
        foreach (Value operand in Sources(value))
        {
            // In one loop only what is read at the same lane has been computed.
            if (_work.TryGetValue(operand, out KernelWork? source))
                level = Math.Max(level, isPointwise && source.IsPointwise && source.Width == value.Width && !ThroughMemory(value, operand) ? source.Level : source.Level + 1);
        }

        if (isPointwise)
        {
            KernelWork? work = Works.FirstOrDefault(w => w.IsPointwise && w.Level == level && w.Width == value.Width);
            if (work is null)
                Works.Add(work = new KernelWork(level, value.Width, null));
            work.Values.Add(value);
            _work[value] = work;
        }
        else
        {
            KernelWork work = new(level, value.Width, value);
            Works.Add(work);
            _work[value] = work;
        }
    }

    /// <summary>What a value reads, seen through masks, slices, broadcasts and concatenations.</summary>
    private static IEnumerable<Value> Sources(Value value) =>
        value.Operands.SelectMany(o => IsInline(o) ? Sources(o) : new[] { o });

    /// <summary>The values that must have been computed before this one is there.</summary>
    public IEnumerable<Value> SourcesOf(Value value) => IsInline(value) ? Sources(value) : new[] { value };

    /// <summary>The works that must have run before this one.</summary>
    public IEnumerable<KernelWork> SourcesOf(KernelWork work) => ValuesOf(work).SelectMany(Sources).Select(WorkOf).OfType<KernelWork>().Where(w => w != work);

    private static IReadOnlyList<Value> ValuesOf(KernelWork work) => work.Product is { } product ? new[] { product } : work.Values;

    private void Materialise(Region region)
    {
        foreach (KernelWork work in Works)
        {
            foreach (Value value in ValuesOf(work))
            {
                foreach (Value source in Sources(value))
                {
                    if (WorkOf(source) is { } other && (other != work || ThroughMemory(value, source)))
                        InMemory.Add(source);
                }
            }
        }

        foreach (Value value in region.Outputs.Select(o => o.Value).Concat(region.States.Where(s => s.Next is not null).Select(s => s.Next!)))
        {
            foreach (Value source in IsInline(value) ? Sources(value) : new[] { value })
            {
                if (WorkOf(source) is not null)
                    InMemory.Add(source);
            }
        }
    }

    /// <summary>Whether a value reads another at other lanes than its own.</summary>
    private static bool ThroughMemory(Value value, Value source) => value.Operands.Any(o =>
        o.Op is OpCode.Slice or OpCode.Broadcast or OpCode.Concat ? Sources(o).Contains(source) : o.IsMask && ThroughMemory(o, source));
}
