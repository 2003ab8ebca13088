using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>
/// The body of a pointwise kernel for one vector: loads what it reads, computes every operation in a local, stores what others read.
/// Also runs as the epilogue of a product whose result is still in registers.
/// </summary>
internal sealed class PointwiseBody
{
    private readonly PlanContext _plan;
    private readonly Region _region;
    private readonly ValueSites _sites;
    private readonly IReadOnlyList<Value> _values;
    private readonly Value? _fused;
    private readonly HashSet<Value> _inRegisters;
    private readonly bool _copiesOnly;

    /// <param name="values">Operations, operands first.</param>
    /// <param name="fused">The product whose vector is handed over in a local, or null.</param>
    /// <param name="copiesOnly">Values are read from their first site and written to the others.</param>
    public PointwiseBody(PlanContext plan, Region region, ValueSites sites, IReadOnlyList<Value> values, Value? fused, bool copiesOnly = false)
    {
        _plan = plan;
        _region = region;
        _sites = sites;
        _values = values;
        _fused = fused;
        _copiesOnly = copiesOnly;
        Scope = new KernelScope(plan.Target.Element);
        _inRegisters = new HashSet<Value>(copiesOnly ? Enumerable.Empty<Value>() : values);
    }

    public KernelScope Scope { get; }

    /// <summary>Whether a result is a part of a wider value, so that a vector must not be stored beyond its own lanes.</summary>
    public bool StoresParts => _values.Concat(_fused is null ? Enumerable.Empty<Value>() : new[] { _fused })
        .SelectMany(v => v == _fused ? _sites.All(v) : StoredSites(v)).Any(s => s.IsPart);

    /// <summary>Whether what is drawn depends on the step of the loop around.</summary>
    public bool ReadsStep => _region.Steps > 1 && _inRegisters.Any(v => v.Op == OpCode.Random);

    /// <param name="row">First row of the vector (the only one with units in lanes).</param>
    /// <param name="lane">First lane of the vector (the only one with rows in lanes).</param>
    /// <param name="held">The local that holds a value's vector already, or null: results of products in registers.</param>
    /// <param name="suffix">Keeps the locals of several vectors apart.</param>
    /// <param name="count">Lanes of the vector that belong to the value; null for all.</param>
    public IEnumerable<Statement> Emit(Index row, Index lane, Func<Value, string?>? held, string suffix, Index? count = null)
    {
        foreach (Value value in _values)
        {
            Vec result;
            if (_inRegisters.Contains(value))
            {
                string local = LocalOf(value, suffix);
                yield return new Let(local, value.Op == OpCode.Random ? Draw(value, row, lane)
                    : new ApplyVec(value.Op, value.Operands.Select(o => Read(o, row, lane, held, suffix)).ToArray()));
                result = Vec.Local(local);
            }
            else
            {
                result = Read(value, row, lane, held, suffix);
            }

            foreach (Site site in StoredSites(value))
                yield return StoreTo(site, value, row, lane, result, count);
        }

        if (_fused is not null)
        {
            foreach (Site site in _sites.All(_fused))
                yield return StoreTo(site, _fused, row, lane, Read(_fused, row, lane, held, suffix), count);
        }
    }

    /// <summary>The body for several vectors at once, statement by statement: while one waits for a function, the others run.</summary>
    /// <param name="rows">First row of each vector.</param>
    /// <param name="lanes">First lane of each vector.</param>
    public IEnumerable<Statement> EmitTogether(IReadOnlyList<Index> rows, IReadOnlyList<Index> lanes) =>
        Together(rows.Select((row, i) => Emit(row, lanes[i], null, Names.Of("_", i)))).SelectMany(statements => statements);

    /// <summary>The same statement of several bodies, for each statement.</summary>
    public static IEnumerable<IReadOnlyList<Statement>> Together(IEnumerable<IEnumerable<Statement>> vectors)
    {
        List<List<Statement>> bodies = vectors.Select(body => body.ToList()).ToList();
        return Enumerable.Range(0, bodies[0].Count).Select(statement => bodies.Select(body => body[statement]).ToList());
    }

    /// <summary>
    /// Whether a function's argument depends on another function's result (an LSTM's h = o tanh(c), c of the gates). Such a chain takes some
    /// hundred cycles, of which one vector's work fills a third, and it is too long for the processor to look past it to the next vector.
    /// </summary>
    public bool HasChainedFunctions
    {
        get
        {
            Dictionary<Value, int> depths = new();
            foreach (Value value in _values.Where(_inRegisters.Contains))
            {
                int depth = value.Operands.Select(o => depths.TryGetValue(o, out int d) ? d : 0).DefaultIfEmpty(0).Max();
                depths[value] = value.Op.IsFunction() ? depth + 1 : depth;
            }

            return depths.Values.DefaultIfEmpty(0).Max() > 1;
        }
    }

    private Statement StoreTo(Site site, Value value, Index row, Index lane, Vec result, Index? count)
    {
        Place place = PlaceOf(Scope.Reference(site, NameOf(value)), site.Layout, row, lane + Size("lane", site.Lane));
        return count is not null && site.IsPart ? new StoreTail(place, result, count) : new Store(place, result);
    }

    // What is copied is read from its first site, unless it is no place in memory itself but an expression.
    private IEnumerable<Site> StoredSites(Value value) =>
        _copiesOnly && value.Op is not (OpCode.Constant or OpCode.Parameter or OpCode.Slice or OpCode.Broadcast) ? _sites.All(value).Skip(1) : _sites.All(value);

    private Vec Read(Value value, Index row, Index lane, Func<Value, string?>? held, string suffix)
    {
        if (held?.Invoke(value) is { } local)
            return Vec.Local(local);
        if (_inRegisters.Contains(value))
            return Vec.Local(LocalOf(value, suffix));
        switch (value.Op)
        {
            case OpCode.Constant:
                return new NumberVec(value.Number);
            case OpCode.Parameter:
                Place gain = PlaceOf(value, lane);
                return _plan.Axis == LaneAxis.Units ? new LoadVec(gain) : new SplatVec(gain);
            case OpCode.Broadcast:
                Value narrow = value.Operands[0];
                if (narrow.Op == OpCode.Constant)
                    return new NumberVec(narrow.Number);
                if (narrow.Op == OpCode.Parameter)
                    return new SplatVec(PlaceOf(narrow, 0));
                // One of several lanes, where it is cut out of them or a part of them.
                (Site site, int only) = _sites.Locate(narrow);
                Place place = PlaceOf(Scope.Reference(site, NameOf(narrow)), site.Layout, row, Size("lane", only));
                return _plan.Axis == LaneAxis.Units || site.Buffer.IsShared ? new SplatVec(place) : new LoadVec(place);
        }

        if (value.IsMask)
            return new ApplyVec(value.Op, value.Operands.Select(o => Read(o, row, lane, held, suffix)).ToArray());
        (Site source, int first) = _sites.Locate(value);
        Place operand = PlaceOf(Scope.Reference(source, NameOf(value)), source.Layout, row, lane + Size("lane", first));
        return _plan.Axis == LaneAxis.Rows && source.Buffer.IsShared ? new SplatVec(operand) : new LoadVec(operand);
    }

    private Vec Draw(Value value, Index row, Index lane)
    {
        RandomSource source = value.Random;
        Place key = new(Scope.Reference(_plan.RandomKeys.Of(source), "key"), 0);
        Index position = ReadsStep ? Index.Variable(LoopNumbers.Step) * Size("width", value.Width) + lane : lane;
        return new RandomVec(source, key, position, source.IsSharedByRows ? 0 : row, _plan.Axis == LaneAxis.Units, _plan.Axis == LaneAxis.Rows && !source.IsSharedByRows);
    }

    private Place PlaceOf(Value parameter, Index lane)
    {
        PlacedPanel panel = _plan.Panels.Add(new Panel(_plan.Target.Element, parameter.Width, 1, 0, new[] { PanelSegment.Of(parameter.View) }.ToEquatableArray()));
        return new Place(Scope.Reference(panel, parameter.View.Parameter.Name), lane);
    }

    private Place PlaceOf(string reference, Layout layout, Index row, Index lane) =>
        new(reference, row * Size("stride", layout.RowStride) + lane * layout.LaneStride);

    // What is 0 or 1 at one width and not at others is other code.
    private Index Size(string name, int value) => _plan.IsForAnyWidth && value > 1 ? Scope.Size(name, value) : value;

    private string LocalOf(Value value, string suffix)
    {
        string local = Names.Of("v", value.Id) + suffix;
        if (value.Name.Length > 0)
            Scope.Show(local, value.Name + suffix);
        return local;
    }

    private string NameOf(Value value) => ValueNames.Of(_region, value);
}
