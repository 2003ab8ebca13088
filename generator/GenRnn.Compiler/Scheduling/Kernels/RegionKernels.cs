using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>Turns one region into the kernel calls of a step.</summary>
internal sealed class RegionKernels
{
    private readonly PlanContext _plan;
    private readonly Region _region;
    private readonly string _name;
    private readonly KernelPartition _partition;
    private readonly KernelFusion _fusion;
    private readonly ValueSites _sites = new();
    private readonly List<ArenaBuffer> _scratch;

    public RegionKernels(PlanContext plan, Region region, string name, SequenceSites sequences, List<ArenaBuffer> scratch)
    {
        _plan = region.IsShared ? plan.ForShared() : region.TakesStepsAsRows ? plan.WithStepsAsRows(region.Steps) : plan;
        _region = region;
        _name = name;
        _scratch = scratch;
        _partition = new KernelPartition(region);
        _fusion = new KernelFusion(_plan, region, _partition);
        Locate(sequences);
    }

    public IReadOnlyList<KernelCall> Build()
    {
        List<KernelCall> calls = new();
        HashSet<KernelWork> done = new();
        List<Value> copied = Copied();
        CopyWhatIsReady();
        foreach (FusedKernel kernel in _fusion.Order)
        {
            calls.Add(Call(kernel));
            done.UnionWith(kernel.Works);
            CopyWhatIsReady();
        }

        return calls;

        // As soon as it is there: a kernel may read it where it is copied to, as a part of a concatenation. So may another copy, which comes behind it: in one loop it would read lanes that are copied later.
        void CopyWhatIsReady()
        {
            while (copied.Where(v => IsReady(v) && !Held(v).Any(copied.Contains)).ToList() is { Count: > 0 } ready)
            {
                copied.RemoveAll(ready.Contains);
                foreach (IGrouping<int, Value> width in ready.GroupBy(v => v.Width))
                    calls.Add(Copies(width.Key, width.ToList()));
            }
        }

        bool IsReady(Value value) => _partition.SourcesOf(value).All(s => _partition.WorkOf(s) is not { } work || done.Contains(work));
    }

    /// <summary>What may have been copied to where a part or a broadcast is read.</summary>
    private static IEnumerable<Value> Held(Value value) => value.Op is OpCode.Slice or OpCode.Broadcast or OpCode.Concat
        ? value.Operands.Where(o => value.Op == OpCode.Concat || o.Op is not (OpCode.Input or OpCode.State)).SelectMany(o => Held(o).Append(o))
        : Enumerable.Empty<Value>();

    private KernelCall Call(FusedKernel kernel)
    {
        if (kernel.Fusion == Fusion.Registers)
            return RegisterProducts.Build(_plan, _region, _name + "Step", kernel.Pointwise!, kernel.Products.Select(p => SitesOf(p.Product!, _sites.Primary(p.Product!))).ToList(), _sites);
        if (kernel.Products.Count == 0)
            return Pointwise(kernel.Pointwise!.Width, kernel.Pointwise.Values);
        Value product = kernel.Products[0].Product!;
        return product.Op switch
        {
            OpCode.Linear => Product(product, kernel.Pointwise),
            OpCode.Gather => Gather(product),
            _ => Reduction(product),
        };
    }

    /// <summary>Values that must stand in a further place: leaves that are outputs, products that are several outputs, what is a part of something else.</summary>
    private List<Value> Copied()
    {
        List<Value> copied = _region.Values.Where(v => v.Op.IsLeaf() && _sites.All(v).Count > (v.Op is OpCode.Input or OpCode.State ? 1 : 0)).ToList();
        copied.AddRange(_partition.Order.Where(w => !w.IsPointwise && !_fusion.HasEpilogue(w) && _sites.All(w.Product!).Count > 1).Select(w => w.Product!));
        copied.AddRange(_region.Values.Where(v => v.Op is OpCode.Slice or OpCode.Broadcast && _sites.Has(v)));
        return copied;
    }

    private KernelCall Pointwise(int width, IReadOnlyList<Value> values) => PointwiseKernels.Build(
        _plan, _name + "Pointwise", _region.Equation + ", elementwise", width, plan => new PointwiseBody(plan, _region, _sites, values, null));

    private KernelCall Copies(int width, IReadOnlyList<Value> values) => PointwiseKernels.Build(
        _plan, _name + "Copy", "copies", width, plan => new PointwiseBody(plan, _region, _sites, values, null, copiesOnly: true));

    private KernelCall Product(Value linear, KernelWork? epilogue)
    {
        ProductSites sites = SitesOf(linear, _sites.Primary(epilogue is null ? linear : epilogue.Values[epilogue.Values.Count - 1]));
        if (linear.IsLaneReduced)
            return LaneReductionKernels.BuildProduct(_plan, _name + "LaneProduct", _region.Equation + ", summed over lanes", sites);
        return ProductKernels.Build(
            _plan, _name + (epilogue is null ? "Product" : "Step"), _region.Equation, sites, plan => epilogue is null ? null : new PointwiseBody(plan, _region, _sites, epilogue.Values, linear));
    }

    private ProductSites SitesOf(Value linear, Site target) => new(
        linear,
        linear.Terms.Select(t => _sites.Locate(t.Operand)).ToList(),
        linear.Terms.Select(t => ValueNames.Of(_region, t.Operand)).ToList(),
        linear.HasInitialValue ? _sites.Primary(linear.InitialValue) : null,
        target);

    private KernelCall Gather(Value value) => GatherKernels.Build(
        _plan, _name + "Gather", _region.Equation, value, _sites.Locate(value.Operands[0]), _sites.Primary(value));

    private KernelCall Reduction(Value value) => LaneReductionKernels.Build(
        _plan, _name + value.Op, _region.Equation + ", " + value.Op, value, _sites.Locate(value.Operands[0]), _sites.Primary(value));

    private Site SiteOf(SequenceSites sequences, Sequence sequence, TimeAccess access)
    {
        Site site = sequences.Of(sequence, access, _region.Steps);
        return _region.TakesStepsAsRows ? site.SlotsAsRows() : site;
    }

    private void Locate(SequenceSites sequences)
    {
        foreach (Value value in _region.Values)
        {
            if (value.Op == OpCode.Input)
                _sites.Add(value, SiteOf(sequences, _region.Inputs[value.Index].Source, _region.Inputs[value.Index].Access));
            else if (value.Op == OpCode.State)
                _sites.Add(value, sequences.StateBefore(_region, value.Index));
        }

        for (int i = 0; i < _region.States.Count; i++)
        {
            if (_region.States[i].Next is { } next)
                _sites.Add(next, sequences.StateAfter(_region, i));
        }

        foreach (RegionOutput output in _region.Outputs)
        {
            Site site = output.Target.IsShared && !_region.IsShared ? sequences.TermsOf(_region, output.Target) : SiteOf(sequences, output.Target, output.Access);
            // A product stores whole vectors, which a part has no room for: it gets memory of its own and is copied.
            if (site.IsPart && !_sites.Has(output.Value) && _partition.WorkOf(output.Value) is { IsPointwise: false })
                AddScratch(output.Value);
            _sites.Add(output.Value, site);
            if (sequences.DirectOf(output, _region.Steps) is { } direct)
                _sites.Add(output.Value, direct);
        }

        foreach (Value value in _region.Values.Where(v => NeedsScratch(v) && !_sites.Has(v)))
            AddScratch(value);

        // The parts of a concatenation are written where it lies, and where that is a part itself; a part that had no place of its own is read from there too.
        foreach (Value concat in _region.Values.Where(v => v.Op == OpCode.Concat).Reverse())
        {
            int lane = 0;
            foreach (Value part in concat.Operands)
            {
                foreach (Site site in _sites.All(concat))
                    _sites.Add(part, site with { Lane = site.Lane + lane, IsPart = true });
                lane += part.Width;
            }
        }
    }

    private void AddScratch(Value value)
    {
        ArenaBuffer buffer = new(_region.Name + ".scratch" + value.Id, Layout.For(_plan, value.Width, value.Op == OpCode.Concat), 1, value.Width) { Label = ReaderNames.Of(ValueNames.Of(_region, value), _region.Layer) };
        _scratch.Add(buffer);
        _sites.Add(value, Site.Fixed(buffer));
    }

    /// <summary>Whether a value needs memory of its own for the length of a step: concatenations do, results of kernels
    /// only if no concatenation will hold them, to which they can be written, and what is an expression elsewhere if it is read where it lies.</summary>
    private bool NeedsScratch(Value value)
    {
        if (value.Op == OpCode.Concat)
            return true;
        if (value.Op is OpCode.Constant or OpCode.Parameter or OpCode.Broadcast)
            return _region.Values.Any(reader => ReadsMemory(reader) && reader.Operands.Contains(value));
        if (!_partition.InMemory.Contains(value))
            return false;
        KernelWork work = _partition.WorkOf(value)!;
        bool isHeld = _region.Values.Any(v => v.Op == OpCode.Concat && v.Operands.Contains(value));
        return work.IsPointwise ? !isHeld : !_fusion.HasEpilogue(work) && !(isHeld && value is { Op: OpCode.Linear, IsLaneReduced: false });
    }

    /// <summary>Whether a value needs what it reads in memory, whatever that is: products and reductions do, and a part is a place in what it is cut out of.</summary>
    private bool ReadsMemory(Value value) => value.Op == OpCode.Slice || _partition.WorkOf(value) is { IsPointwise: false };
}
