using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.Scheduling.Drivers;

/// <summary>Writes the passes between the class's members and the drivers of a plan. What all have in common: values and states that are copied in and out.</summary>
internal abstract class PassWriter
{
    // Names of what passes work with.
    protected const string Arena = "arena", Origin = "origin", Panels = "panels", State = "state", Step = "step", Workspace = "workspace";
    protected const string Rows = "rows", Row = "row", Count = "count", First = "first", End = "end", Part = "part", Training = "training";

    protected PassWriter(Plan plan) => Plan = plan;

    protected Plan Plan { get; }

    protected PlanRequest Request => Plan.Request;

    protected PlanBorder Border => Plan.Border;

    /// <summary>The name of an input of the caller.</summary>
    protected static string Input(int item) => Names.Of("inputSpan", item);

    /// <summary>The name of an output of the caller.</summary>
    protected static string Output(int item) => Names.Of("outputSpan", item);

    /// <summary>The name of the gradient of an output.</summary>
    protected static string OutputGradient(int item) => Names.Of("outputGradient", item);

    /// <summary>The name of the gradient of an input.</summary>
    protected static string InputGradient(int item) => Names.Of("inputGradient", item);

    protected static PassParameter Number(string name) => new(PassParameterKind.Number, name);

    /// <summary>Elements of a row of a sequence.</summary>
    protected static int LengthOf(Sequence sequence) => System.Math.Max(1, sequence.Steps) * sequence.Width;

    /// <summary>Rows that a pass runs for a call of so many: it pads them, but no further than its tiles ask for.</summary>
    protected Index Padded(Index rows) => Request.HasRowRange ? new PaddedIndex(rows, Request.RowGrain, Request.StoredRows) : Request.StoredRows;

    /// <summary>What a driver is told of the rows that it runs.</summary>
    protected IEnumerable<Index> Range(Index first, Index end) => Request.HasRowRange ? new[] { first, end } : System.Array.Empty<Index>();

    /// <summary>Margins are zero; states start from what the State has, or from zeros.</summary>
    protected IEnumerable<Statement> StatesIn()
    {
        foreach (Statement clear in Cleared(Border.ZeroedForward))
            yield return clear;
        List<CarriedState> own = Border.States.Where(s => !s.IsGiven).ToList();
        if (own.Count > 0)
            yield return new When(new HasState(false), Cleared(own.Select(s => s.Initial)).ToList(), own.SelectMany(StateIn).ToList());
    }

    /// <summary>States are left in the State, if there is one.</summary>
    protected IEnumerable<Statement> StatesOut()
    {
        if (Border.States.Count == 0)
            yield break;
        List<Statement> body = Border.States.Select(StateOut).ToList();
        if (Border.States.Any(s => StepCounter.OfRing(s.Initial.Count) is not null))
            body.Add(new RestartRings());
        yield return new When(new HasState(true), body, System.Array.Empty<Statement>());
    }

    protected IEnumerable<Statement> Cleared(IEnumerable<SlotRange> ranges) => ranges.Select(r => new Clear(PlaceOf(r), r.Length));

    /// <summary>Rows of the caller, in front of a pass.</summary>
    protected Statement CopyIn(string span, Binding binding, Index first, Index count, bool repeats) =>
        new Gather(RowsOf(span, binding.Sequence, first), count, BlockOf(binding), Padded(count), repeats);

    /// <summary>Rows for the caller, behind a pass.</summary>
    protected Statement CopyOut(Binding binding, string span, Index first, Index count) =>
        new Scatter(BlockOf(binding), RowsOf(span, binding.Sequence, first), count);

    // A binding's site is where its sequence starts: the slot of its first step.
    protected Place PlaceOf(Site site) =>
        new(Arena, OffsetIndex.Of(Plan.Arena.At(site.Buffer) + (Plan.Arena.IsInPlace(site.Buffer) ? 0 : site.Slot(0)) * site.Layout.SlotStride));

    protected Place PlaceOf(ArenaBuffer buffer) => new(Arena, OffsetIndex.Of(Plan.Arena.At(buffer)));

    private Place PlaceOf(SlotRange range) => new(Arena, OffsetIndex.Of(Plan.Arena.At(range)));

    private IEnumerable<Statement> StateIn(CarriedState state)
    {
        if (Request.Purpose.HasDenseStates)
        {
            yield return new Gather(DenseState(state), Plan.Rows, BlockOf(state.Initial, state, 1), Request.StoredRows, true);
            yield break;
        }

        Index offset = OffsetIndex.Of(Plan.StateLayout.OffsetOf(state));
        if (StepCounter.OfRing(state.Initial.Count) is { } ring)
            offset = new BinaryIndex('+', offset, Index.Times(new RingStartIndex(ring.Period), state.Initial.Buffer.Layout.SlotStride));
        yield return new Copy(new Place(State, offset), PlaceOf(state.Initial), state.Initial.Length);

        // Rows that pad a batch weigh 0 in sums over rows, which is 0 only if what they hold is finite: as those of an input they repeat the first row, whatever calls before have left there.
        if (Request.Purpose.Differentiates && state.Initial.Buffer.Layout.RowStride == 1 && Request.StoredRows != Plan.Rows)
            yield return new RepeatFirstRow(BlockOf(state.Initial, state, state.Initial.Count), Plan.Rows, Request.StoredRows);
    }

    private Statement StateOut(CarriedState state) => Request.Purpose.HasDenseStates
        ? new Scatter(BlockOf(state.Final, state, 1), DenseState(state), Plan.Rows)
        : new Copy(PlaceOf(state.Final), new Place(State, OffsetIndex.Of(Plan.StateLayout.OffsetOf(state))), state.Final.Length);

    private SpanRows DenseState(CarriedState state) => new(new Piece(State, OffsetIndex.Of(Plan.StateLayout.OffsetOf(state)), Plan.Rows * state.Width), 0, state.Width, 0);

    private ArenaBlock BlockOf(SlotRange range, CarriedState state, int steps) => BlockOf(PlaceOf(range), range.Buffer.Layout, steps, state.Width);

    private ArenaBlock BlockOf(Binding binding) => BlockOf(PlaceOf(binding.Site), binding.Site.Layout, System.Math.Max(1, binding.Sequence.Steps), binding.Sequence.Width);

    private static ArenaBlock BlockOf(Place start, Layout layout, int steps, int width) => new(start, layout.SlotStride, layout.RowStride, layout.LaneStride, steps, width);

    /// <summary>Rows of the caller's span: [rows, time, features], or [time, rows, features] of the rows of the call.</summary>
    private SpanRows RowsOf(string span, Sequence sequence, Index first)
    {
        Piece all = new(span);
        if (sequence.IsVector)
            return new SpanRows(all, 0, sequence.Width, first);
        return Request.Target.IsTimeMajor
            ? new SpanRows(all, Index.Times(Index.Variable(Rows), sequence.Width), sequence.Width, first)
            : new SpanRows(all, sequence.Width, sequence.Steps * sequence.Width, first);
    }
}
