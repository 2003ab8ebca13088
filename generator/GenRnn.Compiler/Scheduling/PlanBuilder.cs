using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Drivers;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling;

/// <summary>Schedules a program for a number of rows: loops, kernels, memory, drivers.</summary>
public sealed class PlanBuilder
{
    // Rows of one pass may be at different stages in different threads, so training shares memory only across the barriers.
    private const int ForwardStage = 0;
    private const int BackwardStage = 1;
    private const int GradientStage = 2;

    private readonly PlanContext _context;
    private readonly Plan _plan;
    private readonly bool _isTraining;
    private readonly bool _isTimeMajor;
    private readonly Dictionary<LoopGroup, List<KernelCall>> _calls = new();
    private readonly Dictionary<LoopGroup, List<KernelCall>> _starts = new();
    private readonly Dictionary<LoopGroup, List<KernelCall>> _ends = new();
    private GradientPlan? _gradients;
    private SequenceSites _sites = null!;

    private PlanBuilder(string name, Program program, int rows, LaneAxis axis, bool isTraining, bool runsInState, bool isTimeMajor, bool isDouble, KernelLibrary kernels, PanelLibrary panels)
    {
        _context = new PlanContext(rows, axis, isDouble, kernels, panels);
        _plan = new Plan(name, program, rows, axis) { RunsInState = runsInState };
        _isTraining = isTraining;
        _isTimeMajor = isTimeMajor;
    }

    public static Plan Build(string name, Program program, int rows, LaneAxis axis, bool isTraining, bool runsInState, bool isTimeMajor, bool isDouble, KernelLibrary kernels, PanelLibrary panels) =>
        new PlanBuilder(name, program, rows, axis, isTraining, runsInState, isTimeMajor, isDouble, kernels, panels).Build();

    private Plan Build()
    {
        Program program = _plan.Program;
        IReadOnlyList<LoopGroup> forward = LoopGroups.Form(program.Forward);
        IReadOnlyList<LoopGroup> backward = LoopGroups.Form(program.Backward.Where(r => !r.IsOnDemand));
        IReadOnlyList<LoopGroup> demanded = LoopGroups.Form(program.Backward.Where(r => r.IsOnDemand));
        List<LoopGroup> all = forward.Concat(_isTraining ? backward.Concat(demanded) : Array.Empty<LoopGroup>()).ToList();

        _plan.RandomKeys = _context.RandomKeys = new RandomKeys(all.SelectMany(g => g.Regions));
        if (_plan.RandomKeys.Buffer is { } keys)
        {
            keys.Touch(ForwardStage);
            _plan.Buffers.Add(keys);
        }

        DirectOutputs direct = new(_plan, _context.Axis, _isTraining, _isTimeMajor);
        _sites = new SequenceSites(_context, _plan, all, _isTraining, direct);
        BindInputs();
        if (_isTraining)
        {
            for (int i = 0; i < program.OutputGradients.Count; i++)
            {
                Sequence gradient = program.OutputGradients[i];
                _plan.OutputGradients.Add(new Binding(gradient, Site.Fixed(Declare(gradient, _context.LayoutFor(gradient.Width)), _sites.MarginOf(gradient).Front), false));
            }
        }

        for (int i = 0; i < all.Count; i++)
            BuildKernels(all[i], _isTraining ? (i < forward.Count ? ForwardStage : BackwardStage) : i);
        ZeroMargins(forward);
        BindResults(forward, all.Count, direct);
        if (_isTraining)
            PlanGradients(backward);
        if (_plan.RunsInState)
            InPlaceStates.Apply(_plan, _sites, forward.SelectMany(g => _starts[g].Concat(_calls[g])).ToList());

        List<(ArenaBuffer, int)> carried = _plan.RunsInState ? _plan.States.Select(Reserved).ToList() : new List<(ArenaBuffer, int)>();
        _plan.ArenaLength = ArenaPlanner.Plan(_plan.Buffers, carried, string.Format(
            CultureInfo.InvariantCulture, "the arena of {0} pass of {1} row{2}", _isTraining ? "a training" : "an inference", _plan.Rows, _plan.Rows == 1 ? "" : "s"));
        MemoryVerifier.Check(_plan.Buffers, _plan.ArenaLength);

        if (_plan.RunsInState)
            _plan.Counters.AddRange(Counters(forward));
        _plan.Forward = Driver(_plan.Name, "forward", forward);
        if (_isTraining)
        {
            _plan.Backward = Driver(_plan.Name + "Backward", "reverse scans", backward);
            if (_gradients!.HasAnyInScans)
                _plan.BackwardOfOneThread = Driver(_plan.Name + "BackwardOfOneThread", "reverse scans and parameter gradients", backward, withGradients: true);
            if (demanded.Count > 0)
                _plan.InputBackward = Driver(_plan.Name + "InputBackward", "gradient of the inputs", demanded);
        }

        return _plan;
    }

    private void BindInputs()
    {
        Program program = _plan.Program;
        for (int i = 0; i < program.Inputs.Count; i++)
        {
            Sequence input = program.Inputs[i];
            bool isDirect = _context.Axis == LaneAxis.Units && _sites.MarginOf(input) == default && IsReadElementByElement(input);
            Layout layout = isDirect ? CallerLayout.Of(input, _plan.Rows, _isTimeMajor) : _context.LayoutFor(input.Width);
            ArenaBuffer staged = Declare(input, layout);
            staged.Touch(0);
            Site site = Site.Fixed(staged, _sites.MarginOf(input).Front);
            if (isDirect)
            {
                // Kernels get a reference of its own: to the caller's memory, or to the staged copy in the arena.
                ArenaBuffer external = new(input.Name, layout, Math.Max(1, input.Steps), input.Width)
                {
                    External = string.Format(CultureInfo.InvariantCulture, "input{0}", i),
                };
                _sites.Declare(input, external);
            }

            _plan.Inputs.Add(new Binding(input, site, isDirect));
        }

        if (program.RowWeights is not null)
            _plan.RowWeights = Given(program.RowWeights, _context.LayoutFor(1));
        if (program.TrainingFlag is not null)
            _plan.TrainingFlag = Given(program.TrainingFlag, Layout.Shared(1));
    }

    /// <summary>A number that is set before a pass.</summary>
    private Binding Given(Sequence sequence, Layout layout)
    {
        ArenaBuffer buffer = Declare(sequence, layout);
        buffer.Touch(0);
        return new Binding(sequence, Site.Fixed(buffer), false);
    }

    private ArenaBuffer Declare(Sequence sequence, Layout layout)
    {
        int slots = _sites.SlotsOf(sequence);
        ArenaBuffer buffer = new(sequence.Name, layout, slots, sequence.Width)
        {
            Extent = Math.Max((long)slots * layout.SlotStride, (long)_plan.StoredRows * layout.RowStride),
            Window = _sites.WindowOf(sequence),
        };
        _plan.Buffers.Add(buffer);
        _sites.Declare(sequence, buffer);
        return buffer;
    }

    /// <summary>Whether kernels only ever broadcast single elements of an input: then they can read it where the caller holds it.</summary>
    private bool IsReadElementByElement(Sequence input)
    {
        IEnumerable<Region> regions = _isTraining ? _plan.Program.Forward.Concat(_plan.Program.Backward) : _plan.Program.Forward;
        foreach (Region region in regions)
        {
            if (region.States.Any(s => s.Initial == input) || region.Outputs.Any(o => o.Value.Op == OpCode.Input && region.Inputs[o.Value.Index].Source == input))
                return false;
            foreach (Value value in region.Values)
            {
                bool reads = value.Operands.Any(o => o.Op == OpCode.Input && region.Inputs[o.Index].Source == input);
                if (reads && value.Op != OpCode.Gather && (value.Op != OpCode.Linear || value.IsLaneReduced || value.HasInitialValue))
                    return false;
            }
        }

        return true;
    }

    private void BuildKernels(LoopGroup group, int stage)
    {
        List<KernelCall> calls = _calls[group] = new List<KernelCall>();
        List<KernelCall> starts = _starts[group] = new List<KernelCall>();
        List<KernelCall> ends = _ends[group] = new List<KernelCall>();
        foreach (Region region in group.Regions)
        {
            List<ArenaBuffer> scratch = new();
            string name = KernelName(region);
            calls.AddRange(new RegionKernels(_context, region, name, _sites, scratch).Build());
            _plan.Buffers.AddRange(scratch);
            ends.AddRange(region.Outputs.Where(o => o.Target.IsShared && !region.IsShared).Select(o => GradientKernels.Sum(
                _context, _sites.TermsOf(region, o.Target), o.Target.Width, region.Steps, _sites.Of(o.Target, TimeAccess.Whole, 1).Buffer)));
            for (int i = 0; i < region.States.Count; i++)
            {
                Site slot = _sites.StateInitial(region, i);
                slot.Buffer.Touch(stage);
                RegionState state = region.States[i];
                if (state.Initial is not null)
                    starts.Add(CopyVector(name + "Start", _sites.Of(state.Initial, TimeAccess.Whole, 1), slot, state.Width));
                else if (!state.IsCarried && _plan.Program.Forward.Contains(region))
                    starts.Add(Zero(name + "Start", slot, state.Width));
                else if (!state.IsCarried)
                    _plan.ZeroedBackward.Add(new SlotRange(slot.Buffer, 0, 1));
            }
        }

        foreach (ArenaBuffer buffer in calls.Concat(starts).Concat(ends).SelectMany(c => c.Arguments).Where(a => a.Site is not null).Select(a => a.Site!.Buffer))
            TouchStaged(buffer, stage);
    }

    // An external reference may point to the staged copy, which must then live as long.
    private void TouchStaged(ArenaBuffer buffer, int stage)
    {
        buffer.Touch(stage);
        foreach (Binding input in _plan.Inputs.Where(b => b.IsDirect && b.Sequence.Name == buffer.Name))
            input.Site.Buffer.Touch(stage);
    }

    private KernelCall CopyVector(string name, Site source, Site target, int width)
    {
        Region region = new(name, 0, 1);
        Value value = new RegionBuilder(region).Input(new Sequence(-1, name, 0, width), TimeAccess.Whole);
        ValueSites sites = new();
        sites.Add(value, source);
        sites.Add(value, target);
        return PointwiseKernels.Build(_context, name, "initial state", width, plan => new PointwiseBody(plan, region, sites, new[] { value }, null, copiesOnly: true));
    }

    /// <summary>A state's room at the start of the arena.</summary>
    private static (ArenaBuffer Buffer, int Length) Reserved(CarriedState state) => state.Initial.First == 0
        ? (state.Initial.Buffer, StateLayout.LengthOf(state))
        : throw new InvalidOperationException("The state " + state.Name + " does not start its buffer.");

    /// <summary>Copies what a step leaves to where the next one starts, or where a ring starts when it has come round.</summary>
    private KernelCall Carry(CarriedState state)
    {
        KernelScope scope = new();
        Index at = Index.Variable("at");
        Place source = new(scope.Reference(Site.Fixed(state.Final.Buffer, state.Final.First), "next"), at);
        Place target = new(scope.Reference(Site.Fixed(state.Initial.Buffer, state.Initial.First), "state"), at);
        Statement loop = new Loop("at", 0, state.Final.Length, Index.Lanes, new Statement[] { new Store(target, new LoadVec(source)) });
        return new KernelCall(_context.Kernels.Add("Carry", "what the next step starts from", scope.Names, Array.Empty<string>(), new[] { loop }), scope.Arguments);
    }

    private KernelCall Zero(string name, Site target, int width)
    {
        Region region = new(name, 0, 1);
        Value zero = new RegionBuilder(region).Constant(0, width);
        ValueSites sites = new();
        sites.Add(zero, target);
        return PointwiseKernels.Build(_context, name, "starts from zero", width, plan => new PointwiseBody(plan, region, sites, new[] { zero }, null, copiesOnly: true));
    }

    private string KernelName(Region region)
    {
        string layer = _plan.Program.Layers[region.Layer].ViewName;
        string suffix = region.Name.IndexOf(' ') < 0 ? "" : string.Concat(region.Name.Split(' ').Skip(1).Select(w => char.ToUpperInvariant(w[0]) + w.Substring(1)));
        return layer + suffix;
    }

    private void BindResults(IReadOnlyList<LoopGroup> forward, int stages, DirectOutputs direct)
    {
        Program program = _plan.Program;
        int forwardEnd = _isTraining ? ForwardStage : stages;
        foreach (Sequence output in program.Outputs)
            _plan.Outputs.Add(direct.Of(output) is { } buffer ? Staged(output, buffer, forwardEnd) : Result(output, forwardEnd));
        if (program.OutputMask is not null)
            _plan.OutputMask = Result(program.OutputMask, forwardEnd);

        foreach (MovingStatistic statistic in program.Statistics)
        {
            // Applied with the update, after the backward pass.
            Binding batch = Result(statistic.Batch, forwardEnd);
            batch.Site.Buffer.Touch(GradientStage);
            _plan.Statistics.Add((statistic, batch.Site));
        }

        if (_plan.TrainingFlag is not null)
            _plan.TrainingFlag.Site.Buffer.Touch(GradientStage);

        foreach (Region region in forward.SelectMany(g => g.Regions))
        {
            for (int i = 0; i < region.States.Count; i++)
            {
                if (!region.States[i].IsCarried)
                    continue;
                RegionState state = region.States[i];
                Carry(region.Name + "." + state.Name, state.Width, state.Initial is not null, _sites.StateInitial(region, i).AsRange(), _sites.StateFinal(region, i).AsRange(), forwardEnd);
            }
        }

        foreach (SequenceHistory history in program.Histories)
        {
            (SlotRange initial, SlotRange final) = _sites.HistoryOf(history);
            Carry(history.Name, history.Source.Width, false, initial, final, forwardEnd);
        }

        if (!_isTraining)
            return;
        foreach (Binding gradient in _plan.OutputGradients)
            gradient.Site.Buffer.Touch(BackwardStage);
        foreach (Sequence? gradient in program.InputGradients)
        {
            if (gradient is null)
            {
                _plan.InputGradients.Add(null);
                continue;
            }

            _plan.InputGradients.Add(Result(gradient, GradientStage));
        }
    }

    /// <summary>What is copied out at the end of a stage.</summary>
    private Binding Result(Sequence sequence, int stage)
    {
        Site site = _sites.Of(sequence, sequence.IsVector ? TimeAccess.Whole : TimeAccess.Same, sequence.Steps);
        site.Buffer.Touch(stage);
        return new Binding(sequence, site, false);
    }

    /// <summary>An output that kernels store in the caller's layout: where rows that do not fill the pass are kept until they are copied.</summary>
    private Binding Staged(Sequence output, ArenaBuffer external, int end)
    {
        ArenaBuffer staged = new(output.Name, external.Layout, external.Slots, external.Width) { Extent = (long)_plan.Rows * output.Steps * output.Width };
        staged.Touch(0);
        staged.Touch(end);
        _plan.Buffers.Add(staged);
        return new Binding(output, Site.Fixed(staged), true);
    }

    private void Carry(string name, int width, bool isGiven, SlotRange initial, SlotRange final, int end)
    {
        initial.Buffer.Touch(0);
        final.Buffer.Touch(end);
        _plan.States.Add(new CarriedState(name, width, isGiven, initial, final));
    }

    /// <summary>Margins are set before a pass, by one thread: no region writes them.</summary>
    private void ZeroMargins(IReadOnlyList<LoopGroup> forward)
    {
        HashSet<Sequence> ofForward = new(_plan.Program.Inputs.Concat(forward.SelectMany(g => g.Regions).SelectMany(r => r.Outputs).Select(o => o.Target)));
        foreach ((Sequence sequence, SlotRange front, SlotRange back) in _sites.Margins())
        {
            List<SlotRange> zeroed = ofForward.Contains(sequence) ? _plan.ZeroedForward : _plan.ZeroedBackward;
            front.Buffer.Touch(_isTraining && !ofForward.Contains(sequence) ? BackwardStage : 0);
            int history = _plan.Program.Histories.Where(h => h.Source == sequence).Sum(h => h.Steps);
            zeroed.AddRange(new[] { front with { Count = front.Count - history }, back }.Where(r => r.Count > 0));
        }
    }

    private void PlanGradients(IReadOnlyList<LoopGroup> backward)
    {
        _gradients = new GradientPlan(_context, _plan.Program.Gradients, _sites, backward);
        _plan.GradientGroups.AddRange(_gradients.Groups);
        foreach (GradientGroup group in _gradients.Groups)
        {
            foreach (GradientCall call in group.Calls)
            {
                _plan.Buffers.Add(call.Staging);
                if (call.Waiting is not null)
                    _plan.Buffers.Add(call.Waiting);
                foreach (Argument argument in call.Call.Arguments)
                    TouchStaged(argument.Site!.Buffer, GradientStage);
                if (_gradients.IsInScan(group))
                    call.Staging.Touch(BackwardStage);
            }
        }
    }

    private Kernel Driver(string name, string summary, IReadOnlyList<LoopGroup> groups, bool withGradients = false)
    {
        DriverSignature signature = new(Externals(), _plan.Counters);
        bool isWrittenOut = TimeLoop.IsWrittenOut(groups.Where(g => !withGradients || _gradients!.InScan(g) is null).Select(g => (g, _calls[g].Count)));
        List<Statement> body = new();
        foreach (LoopGroup group in groups)
        {
            body.Add(new Note(string.Join(", ", group.Regions.Select(r => r.Name)) + ": " + string.Join("; ", group.Regions.Select(r => r.Equation).Distinct())));
            body.AddRange(_starts[group].Select(call => TimeLoop.Invoke(call, 0, signature)));
            body.AddRange(withGradients && _gradients!.InScan(group) is { } gradients
                ? GradientsInScan.Build(_context, group, _calls[group], gradients, signature)
                : TimeLoop.Build(_context, name, group, _calls[group], signature, isWrittenOut));
            body.AddRange(_ends[group].Select(call => TimeLoop.Invoke(call, 0, signature)));
        }

        if (withGradients)
            body.AddRange(_gradients!.Behind.SelectMany(g => GradientsInScan.Behind(g, signature)));

        // What the next call starts from. Copied by vectors, like everything that kernels read and write: a wider load of what narrower stores have just written waits for them.
        if (_plan.RunsInState)
            body.AddRange(_plan.States.Where(s => s.Initial.Buffer.Slots > 1).Select(s => TimeLoop.Invoke(Carry(s), 0, signature)));

        IEnumerable<string> numbers = _context.RangeNames.Concat(signature.Counters.Select(c => c.Name));
        return _context.Kernels.AddDriver(name, summary, signature.References, numbers.ToList(), body, isStep: _plan.RunsInState);
    }

    /// <summary>What a step cannot know of itself: how many there were before it.</summary>
    private IEnumerable<StepCounter> Counters(IEnumerable<LoopGroup> groups)
    {
        if (groups.SelectMany(g => _calls[g]).Any(c => c.Kernel.Numbers.Contains(TimeLoop.TurnNumber)))
            yield return StepCounter.Turn;
        foreach (StepCounter window in _plan.Buffers.Where(b => b.Window is not null).Select(b => b.Window!).Distinct().OrderBy(w => w.Period))
            yield return window;
    }

    /// <summary>Names of the references that a driver takes in front of arena and panels.</summary>
    private IEnumerable<string> Externals() => Direct("input{0}", _plan.Inputs).Concat(Direct("output{0}", _plan.Outputs));

    private static IEnumerable<string> Direct(string name, IEnumerable<Binding> bindings) => bindings
        .Select((binding, index) => (binding, index))
        .Where(b => b.binding.IsDirect)
        .Select(b => string.Format(CultureInfo.InvariantCulture, name, b.index));
}
