using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Loops;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// Decides where every sequence and state of a plan is kept. A value that is also a state's next value lives in the state's own slots;
/// a sequence that only its own loop reads, step by step, keeps one slot; everything else keeps all steps.
/// </summary>
internal sealed class SequenceSites
{
    private readonly PlanRequest _plan;
    private readonly PlanShape _shape;
    private readonly Lifetimes _lifetimes;
    private readonly Dictionary<Sequence, Stored> _buffers = new();
    private readonly Dictionary<(Region, int), ArenaBuffer> _states = new();
    private readonly Dictionary<(Region, Sequence), ArenaBuffer> _terms = new();
    private readonly HashSet<Sequence> _wholeSequences = new();
    private readonly SequenceMargins _margins;
    private readonly OverwrittenResiduals? _residuals;
    private readonly DirectOutputs _direct;

    /// <summary>Where a sequence begins: in which slot, and behind which lanes of others.</summary>
    private sealed record Stored(ArenaBuffer Buffer, int Shift, int Lane = 0);

    public SequenceSites(PlanRequest plan, PlanShape shape, Lifetimes lifetimes, IReadOnlyList<LoopGroup> groups, DirectOutputs direct)
    {
        _direct = direct;
        _plan = plan;
        _shape = shape;
        _lifetimes = lifetimes;
        bool isTraining = plan.Purpose.Differentiates;
        FindWholeSequences(groups, isTraining);
        _margins = new SequenceMargins(plan.Program, groups, isTraining);
        _residuals = isTraining ? new OverwrittenResiduals(shape, plan.Program, _margins) : null;
        foreach (LoopGroup group in groups)
        {
            foreach (Region region in group.Regions)
                Place(region);
        }
    }

    /// <summary>Where a region finds a sequence.</summary>
    public Site Of(Sequence sequence, TimeAccess access, int steps)
    {
        (ArenaBuffer buffer, int shift, int lane) = _buffers[sequence];
        if (access.Kind == AccessKind.Whole)
            return Site.Fixed(buffer, shift);
        if (access.IsBlock)
        {
            return new Site(buffer, steps, access.IsReversed, shift)
            {
                BlockStride = access.Lanes(sequence, steps) * buffer.Layout.LaneStride,
                IsPart = true,
            };
        }

        // One slot is at every step the one of that step, whichever way the steps are counted.
        if (buffer.Slots == 1)
            return Site.Fixed(buffer);
        return new Site(buffer, steps, access.IsReversed, shift + access.Offset) { Stride = access.Stride, Lane = lane, IsPart = sequence.Width < buffer.Width };
    }

    /// <summary>Where a region stores an output for the caller beside its own place; null if it is copied from there.</summary>
    public Site? DirectOf(RegionOutput output, int steps) =>
        _direct.Of(output.Target) is { } buffer ? new Site(buffer, steps, output.Access.IsReversed, 0) : null;

    /// <summary>Where a region keeps, step by step, what is summed to a shared vector.</summary>
    public Site TermsOf(Region region, Sequence target) => new(_terms[(region, target)], region.Steps, false, 0);

    public Site StateBefore(Region region, int index) => new(_states[(region, index)], region.Steps, false, 0);

    public Site StateAfter(Region region, int index) => new(_states[(region, index)], region.Steps, false, 1);

    public Site StateInitial(Region region, int index) => Site.Fixed(_states[(region, index)]);

    public Site StateFinal(Region region, int index)
    {
        ArenaBuffer buffer = _states[(region, index)];
        return Site.Fixed(buffer, buffer.IsRing ? region.Steps % buffer.Slots : region.Steps);
    }

    public void Declare(Sequence sequence, ArenaBuffer buffer) => _buffers[sequence] = new Stored(buffer, MarginOf(sequence).Front);

    public Margin MarginOf(Sequence sequence) => _margins.Of(sequence);

    /// <summary>Slots of a sequence's buffer: its steps and margins; of a ring, twice what it carries.</summary>
    public int SlotsOf(Sequence sequence)
    {
        Margin margin = MarginOf(sequence);
        return IsRing(sequence) ? 2 * margin.Front : margin.Front + Math.Max(1, sequence.Steps) + margin.Back;
    }

    /// <summary>What says where a sequence's buffer begins, if that is a ring.</summary>
    public StepCounter? WindowOf(Sequence sequence) => IsRing(sequence) ? StepCounter.OfRing(MarginOf(sequence).Front) : null;

    /// <summary>
    /// Whether a sequence is kept as a ring: a single step that runs in a State would else have to move all that is carried, to see it and the new
    /// step side by side. A pass over many steps copies what is carried in front of them once.
    /// </summary>
    private bool IsRing(Sequence sequence) => _plan.Purpose.RunsInState && _plan.Program.Histories.Any(h => h.Source == sequence);

    /// <summary>Slots in front of and behind the steps of sequences.</summary>
    public IEnumerable<(Sequence Sequence, SlotRange Front, SlotRange Back)> Margins()
    {
        foreach (Sequence sequence in _margins.Sequences.Where(_buffers.ContainsKey))
        {
            Margin margin = _margins.Of(sequence);
            ArenaBuffer buffer = _buffers[sequence].Buffer;
            yield return (sequence, new SlotRange(buffer, 0, margin.Front), new SlotRange(buffer, margin.Front + sequence.Steps, margin.Back));
        }
    }

    /// <summary>Where a sequence's history stands before a pass, and after it.</summary>
    public (SlotRange Initial, SlotRange Final) HistoryOf(SequenceHistory history)
    {
        (ArenaBuffer buffer, int front, _) = _buffers[history.Source];
        SlotRange initial = new(buffer, front - history.Steps, history.Steps);
        return (initial, IsRing(history.Source) ? new SlotRange(buffer, front, history.Source.Steps) : initial with { First = initial.First + history.Source.Steps });
    }

    public bool IsDeclared(Sequence sequence) => _buffers.ContainsKey(sequence);

    private void FindWholeSequences(IReadOnlyList<LoopGroup> groups, bool isTraining)
    {
        Program program = _plan.Program;
        _wholeSequences.UnionWith(program.Outputs.Where(o => _direct.Of(o) is null));
        if (program.OutputMask is not null)
            _wholeSequences.Add(program.OutputMask);
        if (program.Penalty is not null)
            _wholeSequences.Add(program.Penalty);
        if (program.Logits is { } logits)
            _wholeSequences.Add(logits.Values);
        if (isTraining)
        {
            _wholeSequences.UnionWith(program.InputGradients.Where(g => g is not null)!);
            foreach (ParameterGradient gradient in program.Gradients)
            {
                _wholeSequences.Add(gradient.Right);
                if (gradient.Left is not null)
                    _wholeSequences.Add(gradient.Left);
            }
        }

        foreach (LoopGroup group in groups)
        {
            HashSet<Sequence> written = new(group.Regions.SelectMany(r => r.Outputs).Select(o => o.Target));
            foreach (RegionInput input in group.Regions.SelectMany(r => r.Inputs))
            {
                if (!written.Contains(input.Source))
                    _wholeSequences.Add(input.Source);
            }
        }
    }

    private void Place(Region region)
    {
        for (int i = 0; i < region.States.Count; i++)
            PlaceState(region, i);
        foreach (RegionOutput output in region.Outputs.Where(o => !_buffers.ContainsKey(o.Target)))
        {
            if (output.Target.IsShared)
                PlaceShared(region, output);
            else if (_residuals?.PlaceOf(output.Target) is { } place)
                PlaceResidual(region, output.Target, place);
            else
                Place(region, output);
        }
    }

    private ArenaBuffer Place(Region region, RegionOutput output)
    {
        bool isWhole = !output.Target.IsVector && _wholeSequences.Contains(output.Target);
        ArenaBuffer buffer = NewBuffer(
            output.Target.Name, ReaderNames.Of(ReaderNames.Of(output.Target), region.Layer), isWhole ? SlotsOf(output.Target) : 1, output.Target.Width, false, IsAssembled(output.Value) || output.Access.IsBlock, isWhole ? WindowOf(output.Target) : null);
        _buffers[output.Target] = new Stored(buffer, MarginOf(output.Target).Front);
        return buffer;
    }

    private void PlaceResidual(Region region, Sequence residual, OverwrittenResiduals.Place place)
    {
        ArenaBuffer buffer = _buffers.TryGetValue(place.Output.Target, out Stored? known) ? known.Buffer : Place(region, place.Output);
        _buffers[residual] = new Stored(buffer, 0, place.Lane);
    }

    private void PlaceShared(Region region, RegionOutput output)
    {
        if (!region.IsShared)
            _terms[(region, output.Target)] = NewBuffer(output.Target.Name + ".terms", ReaderNames.Of("terms", region.Layer), region.Steps, output.Target.Width, false, IsAssembled(output.Value));
        ArenaBuffer sum = new(output.Target.Name, Layout.Shared(output.Target.Width), 1, output.Target.Width) { Label = ReaderNames.Of(ReaderNames.Of(output.Target), region.Layer) };
        _lifetimes.Add(sum);
        _buffers[output.Target] = new Stored(sum, 0);
    }

    private void PlaceState(Region region, int index)
    {
        RegionState state = region.States[index];
        Value leaf = region.Values.First(v => v.Op == OpCode.State && v.Index == index);
        // Outputs that are the state itself, before or after the step, are views of its slots; in front of a sequence with a margin there is no state.
        List<(RegionOutput Output, int Shift)> aliases = region.Outputs
            .Where(o => o.Access == TimeAccess.Same && MarginOf(o.Target) == default && (o.Value == leaf || (o.Value == state.Next && !IsPlaced(region, o.Value, index))))
            .Select(o => (o, o.Value == leaf ? 0 : 1)).ToList();
        bool keepsAll = aliases.Any(a => _wholeSequences.Contains(a.Output.Target));
        ArenaBuffer buffer = NewBuffer(region.Name + "." + state.Name, ReaderNames.Of(state.Name, region.Layer), keepsAll ? region.Steps + 1 : 2, state.Width, !keepsAll, state.Next is { } next && IsAssembled(next));
        _states[(region, index)] = buffer;
        foreach ((RegionOutput output, int shift) in aliases)
            _buffers[output.Target] = new Stored(buffer, shift);
        if (state.Final is not null)
            _buffers[state.Final] = new Stored(buffer, keepsAll ? region.Steps : region.Steps % 2);
    }

    private static bool IsPlaced(Region region, Value value, int index) => region.States.Take(index).Any(s => s.Next == value);

    /// <summary>Whether a value's parts are written one by one.</summary>
    private static bool IsAssembled(Value value) => value.Op == OpCode.Concat;

    private ArenaBuffer NewBuffer(string name, string label, int slots, int width, bool isRing, bool isAssembled, StepCounter? window = null)
    {
        ArenaBuffer buffer = new(name, Layout.For(_shape, width, isAssembled), slots, width) { IsRing = isRing, Window = window, Label = label };
        _lifetimes.Add(buffer);
        return buffer;
    }
}
