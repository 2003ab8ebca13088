using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Plans;

/// <summary>Schedules a program for a number of rows: its loops, their kernels, and which buffers live when.</summary>
internal sealed class PlanScheduler
{
    // Rows of one pass may be at different stages in different threads, so training shares memory only across the barriers.
    private const int ForwardStage = 0;
    private const int BackwardStage = 1;
    private const int GradientStage = 2;

    private readonly PlanRequest _request;
    private readonly bool _isTraining;
    private readonly PlanContext _context;
    private readonly Lifetimes _lifetimes = new();
    private readonly RandomKeys _keys;
    private readonly IReadOnlyList<LoopGroup> _forward;
    private readonly IReadOnlyList<LoopGroup> _backward;
    private readonly IReadOnlyList<LoopGroup> _demanded;
    private readonly DirectOutputs _direct;
    private readonly SequenceSites _sites;
    private readonly List<Binding> _inputs = new();
    private readonly List<SlotRange> _zeroedForward = new();
    private readonly List<SlotRange> _zeroedBackward = new();

    private PlanScheduler(PlanRequest request, KernelLibrary kernels, PanelLibrary panels)
    {
        _request = request;
        _isTraining = request.Purpose.Differentiates;
        Program program = request.Program;
        _forward = LoopGroups.Form(program.Forward);
        _backward = _isTraining ? LoopGroups.Form(program.Backward.Where(r => !r.IsOnDemand)) : Array.Empty<LoopGroup>();
        _demanded = _isTraining ? LoopGroups.Form(program.Backward.Where(r => r.IsOnDemand)) : Array.Empty<LoopGroup>();
        List<LoopGroup> all = _forward.Concat(_backward).Concat(_demanded).ToList();

        _keys = new RandomKeys(all.SelectMany(g => g.Regions));
        if (_keys.Buffer is { } keys)
        {
            _lifetimes.Touch(keys, ForwardStage);
            _lifetimes.Add(keys);
        }

        _context = new PlanContext(request.Rows, request.Axis, request.Target, _keys, kernels, panels);
        _direct = new DirectOutputs(request);
        _sites = new SequenceSites(request, _context, _lifetimes, all, _direct);
    }

    /// <param name="request">What is to be scheduled.</param>
    /// <param name="kernels">Kernels of the model so far; those of this plan are added.</param>
    /// <param name="panels">Weights of the model in the order of its kernels so far; those of this plan are added.</param>
    public static ScheduledPlan Run(PlanRequest request, KernelLibrary kernels, PanelLibrary panels) => new PlanScheduler(request, kernels, panels).Run();

    private ScheduledPlan Run()
    {
        BindInputs();
        Binding? rowWeights = _request.Program.RowWeights is { } weights ? Given(weights, Layout.For(_context, 1)) : null;
        Binding? trainingFlag = _request.Program.TrainingFlag is { } flag ? Given(flag, Layout.Shared(1)) : null;
        List<Binding> outputGradients = _isTraining ? _request.Program.OutputGradients.Select(OutputGradient).ToList() : new List<Binding>();
        Binding? penaltyGradient = _request.Program.PenaltyGradient is { } ofPenalty ? OutputGradient(ofPenalty) : null;
        Binding? logitsGradient = _request.Program.LogitsGradient is { } ofLogits ? OutputGradient(ofLogits) : null;

        int stage = 0;
        List<LoopKernels> forward = _forward.Select(g => Build(g, _isTraining ? ForwardStage : stage++)).ToList();
        List<LoopKernels> backward = _backward.Select(g => Build(g, BackwardStage)).ToList();
        List<LoopKernels> demanded = _demanded.Select(g => Build(g, BackwardStage)).ToList();
        ZeroMargins();
        PlanBorder border = Results(new PlanBorder
        {
            Inputs = _inputs,
            RowWeights = rowWeights,
            TrainingFlag = trainingFlag,
            OutputGradients = outputGradients,
            PenaltyGradient = penaltyGradient,
            LogitsGradient = logitsGradient,
            ZeroedForward = _zeroedForward,
            ZeroedBackward = _zeroedBackward,
        });
        GradientPlan? gradients = _isTraining ? Gradients() : null;
        List<ArenaBuffer> inPlace = _request.Purpose.RunsInState
            ? InPlaceStates.Find(_request.Program, border, _sites, forward.SelectMany(g => g.Starts.Concat(g.Calls)).Select(c => c.Touched).ToList()).ToList()
            : new List<ArenaBuffer>();

        // What the next call starts from. Copied by vectors, like everything that kernels read and write: a wider load of what narrower stores have just written waits for them.
        List<KernelCall> carries = _request.Purpose.RunsInState
            ? border.States.Where(s => s.Initial.Buffer.Slots > 1 && !inPlace.Contains(s.Initial.Buffer)).Select(Carry).ToList()
            : new List<KernelCall>();
        return new ScheduledPlan(_request, _context, forward, backward, demanded, gradients, carries, border, _keys, _lifetimes.All, inPlace);
    }

    private void BindInputs()
    {
        Program program = _request.Program;
        for (int i = 0; i < program.Inputs.Count; i++)
        {
            Sequence input = program.Inputs[i];
            bool isDirect = _context.Axis == LaneAxis.Units && _sites.MarginOf(input) == default && IsReadElementByElement(input);
            Layout layout = isDirect ? CallerLayout.Of(input, _request.Rows, _request.Target) : Layout.For(_context, input.Width);
            ArenaBuffer staged = Declare(input, layout);
            _lifetimes.Touch(staged, 0);
            Site site = Site.Fixed(staged, _sites.MarginOf(input).Front);
            if (isDirect)
            {
                // Kernels get a reference of its own: to the caller's memory, or to the staged copy in the arena.
                ArenaBuffer external = new(input.Name, layout, Math.Max(1, input.Steps), input.Width)
                {
                    External = Names.Of("input", i),
                    Staged = staged,
                };
                _sites.Declare(input, external);
            }

            _inputs.Add(new Binding(input, site, isDirect));
        }
    }

    /// <summary>Where the gradient of an output is given.</summary>
    private Binding OutputGradient(Sequence gradient) =>
        new(gradient, Site.Fixed(Declare(gradient, Layout.For(_context, gradient.Width)), _sites.MarginOf(gradient).Front), false);

    /// <summary>A number that is set before a pass.</summary>
    private Binding Given(Sequence sequence, Layout layout)
    {
        ArenaBuffer buffer = Declare(sequence, layout);
        _lifetimes.Touch(buffer, 0);
        return new Binding(sequence, Site.Fixed(buffer), false);
    }

    private ArenaBuffer Declare(Sequence sequence, Layout layout)
    {
        int slots = _sites.SlotsOf(sequence);
        ArenaBuffer buffer = new(sequence.Name, layout, slots, sequence.Width)
        {
            Extent = Math.Max((long)slots * layout.SlotStride, (long)_request.StoredRows * layout.RowStride),
            Window = _sites.WindowOf(sequence),
        };
        _lifetimes.Add(buffer);
        _sites.Declare(sequence, buffer);
        return buffer;
    }

    /// <summary>Whether kernels only ever broadcast single elements of an input: then they can read it where the caller holds it.</summary>
    private bool IsReadElementByElement(Sequence input)
    {
        IEnumerable<Region> regions = _isTraining ? _request.Program.Forward.Concat(_request.Program.Backward) : _request.Program.Forward;
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

    private LoopKernels Build(LoopGroup group, int stage)
    {
        List<KernelCall> calls = new();
        List<KernelCall> starts = new();
        List<KernelCall> ends = new();
        foreach (Region region in group.Regions)
        {
            List<ArenaBuffer> scratch = new();
            string name = KernelName(region);
            calls.AddRange(new RegionKernels(_context, region, name, _sites, scratch).Build());
            foreach (ArenaBuffer buffer in scratch)
                _lifetimes.Add(buffer);
            ends.AddRange(region.Outputs.Where(o => o.Target.IsShared && !region.IsShared).Select(o => GradientKernels.Sum(
                _context, _sites.TermsOf(region, o.Target), o.Target.Width, region.Steps, _sites.Of(o.Target, TimeAccess.Whole, 1).Buffer)));
            for (int i = 0; i < region.States.Count; i++)
            {
                Site slot = _sites.StateInitial(region, i);
                _lifetimes.Touch(slot.Buffer, stage);
                RegionState state = region.States[i];
                if (state.Initial is not null)
                    starts.Add(CopyVector(name + "Start", _sites.Of(state.Initial, TimeAccess.Whole, 1), slot, state.Width));
                else if (!state.IsCarried && _request.Program.Forward.Contains(region))
                    starts.Add(Zero(name + "Start", slot, state.Width));
                else if (!state.IsCarried)
                    _zeroedBackward.Add(new SlotRange(slot.Buffer, 0, 1));
            }
        }

        foreach (Site site in calls.Concat(starts).Concat(ends).SelectMany(c => c.Touched.Sites))
            _lifetimes.Touch(site.Buffer, stage);
        return new LoopKernels(group, starts, calls, ends);
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

    /// <summary>Copies what a step leaves to where the next one starts, or where a ring starts when it has come round.</summary>
    private KernelCall Carry(CarriedState state)
    {
        KernelScope scope = new(_request.Target.Element);
        Index at = Index.Variable("at");
        Place source = new(scope.Reference(Site.Fixed(state.Final.Buffer, state.Final.First), "next"), at);
        Place target = new(scope.Reference(Site.Fixed(state.Initial.Buffer, state.Initial.First), "state"), at);
        Statement loop = new Loop("at", 0, state.Final.Length, Index.Lanes, new Statement[] { new Store(target, new LoadVec(source)) });
        return new KernelCall(_context.Kernels.Add("Carry", "what the next step starts from", scope.References, Array.Empty<string>(), new[] { loop }), scope.Arguments);
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
        string layer = _request.Program.Layers[region.Layer].ViewName;
        string suffix = region.Name.IndexOf(' ') < 0 ? "" : string.Concat(region.Name.Split(' ').Skip(1).Select(w => char.ToUpperInvariant(w[0]) + w.Substring(1)));
        return layer + suffix;
    }

    /// <summary>A border with what the plan leaves.</summary>
    private PlanBorder Results(PlanBorder given)
    {
        Program program = _request.Program;
        int forwardEnd = _isTraining ? ForwardStage : _forward.Count;
        List<Binding> outputs = program.Outputs.Select(o => _direct.Of(o) is { } buffer ? Staged(o, buffer, forwardEnd) : Result(o, forwardEnd)).ToList();
        Binding? mask = program.OutputMask is null ? null : Result(program.OutputMask, forwardEnd);

        List<(MovingStatistic, Site)> statistics = new();
        foreach (MovingStatistic statistic in program.Statistics)
        {
            // Applied with the update, after the backward pass.
            Binding batch = Result(statistic.Batch, forwardEnd);
            _lifetimes.Touch(batch.Site.Buffer, GradientStage);
            statistics.Add((statistic, batch.Site));
        }

        if (given.TrainingFlag is not null)
            _lifetimes.Touch(given.TrainingFlag.Site.Buffer, GradientStage);
        List<CarriedState> states = Carried(forwardEnd).ToList();
        foreach (Binding gradient in given.OutputGradients)
            _lifetimes.Touch(gradient.Site.Buffer, BackwardStage);
        if (given.PenaltyGradient is not null)
            _lifetimes.Touch(given.PenaltyGradient.Site.Buffer, BackwardStage);
        if (given.LogitsGradient is not null)
            _lifetimes.Touch(given.LogitsGradient.Site.Buffer, BackwardStage);
        return given with
        {
            Outputs = outputs,
            OutputMask = mask,
            Penalty = program.Penalty is null ? null : Result(program.Penalty, forwardEnd),
            Logits = program.Logits is { } logits ? Result(logits.Values, forwardEnd) : null,
            Statistics = statistics,
            States = states,
            InputGradients = _isTraining ? program.InputGradients.Select(g => g is null ? null : Result(g, GradientStage)).ToList() : Array.Empty<Binding?>(),
        };
    }

    private IEnumerable<CarriedState> Carried(int forwardEnd)
    {
        foreach (Region region in _forward.SelectMany(g => g.Regions))
        {
            for (int i = 0; i < region.States.Count; i++)
            {
                RegionState state = region.States[i];
                if (state.IsCarried)
                    yield return Carried(region.Name + "." + state.Name, state.Width, state.Initial is not null, _sites.StateInitial(region, i).AsRange(), _sites.StateFinal(region, i).AsRange(), forwardEnd);
            }
        }

        foreach (SequenceHistory history in _request.Program.Histories)
        {
            (SlotRange initial, SlotRange final) = _sites.HistoryOf(history);
            yield return Carried(history.Name, history.Source.Width, false, initial, final, forwardEnd);
        }
    }

    /// <summary>What is copied out at the end of a stage.</summary>
    private Binding Result(Sequence sequence, int stage)
    {
        Site site = _sites.Of(sequence, sequence.IsVector ? TimeAccess.Whole : TimeAccess.Same, sequence.Steps);
        _lifetimes.Touch(site.Buffer, stage);
        return new Binding(sequence, site, false);
    }

    /// <summary>An output that kernels store in the caller's layout: where rows that do not fill the pass are kept until they are copied.</summary>
    private Binding Staged(Sequence output, ArenaBuffer external, int end)
    {
        ArenaBuffer staged = new(output.Name, external.Layout, external.Slots, external.Width) { Extent = (long)_request.Rows * output.Steps * output.Width };
        _lifetimes.Touch(staged, 0);
        _lifetimes.Touch(staged, end);
        _lifetimes.Add(staged);
        return new Binding(output, Site.Fixed(staged), true);
    }

    private CarriedState Carried(string name, int width, bool isGiven, SlotRange initial, SlotRange final, int end)
    {
        _lifetimes.Touch(initial.Buffer, 0);
        _lifetimes.Touch(final.Buffer, end);
        return new CarriedState(name, width, isGiven, initial, final);
    }

    /// <summary>Margins are set before a pass, by one thread: no region writes them.</summary>
    private void ZeroMargins()
    {
        HashSet<Sequence> ofForward = new(_request.Program.Inputs.Concat(_forward.SelectMany(g => g.Regions).SelectMany(r => r.Outputs).Select(o => o.Target)));
        foreach ((Sequence sequence, SlotRange front, SlotRange back) in _sites.Margins())
        {
            List<SlotRange> zeroed = ofForward.Contains(sequence) ? _zeroedForward : _zeroedBackward;
            _lifetimes.Touch(front.Buffer, _isTraining && !ofForward.Contains(sequence) ? BackwardStage : 0);
            int history = _request.Program.Histories.Where(h => h.Source == sequence).Sum(h => h.Steps);
            zeroed.AddRange(new[] { front with { Count = front.Count - history }, back }.Where(r => r.Count > 0));
        }
    }

    private GradientPlan Gradients()
    {
        GradientPlan gradients = new(_context, _request.Program, _sites, _backward);
        foreach (GradientGroup group in gradients.Groups)
        {
            foreach (GradientCall call in group.Calls)
            {
                _lifetimes.Add(call.Staging);
                if (call.Waiting is not null)
                    _lifetimes.Add(call.Waiting);
                foreach (Site site in call.Call.Touched.Sites)
                    _lifetimes.Touch(site.Buffer, GradientStage);
                if (gradients.IsInScan(group))
                    _lifetimes.Touch(call.Staging, BackwardStage);
            }
        }

        return gradients;
    }
}
