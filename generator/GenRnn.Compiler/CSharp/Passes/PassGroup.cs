using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.CSharp.Passes;

/// <summary>Passes between the class's members and the drivers. What all have in common: values and states that are copied in and out.</summary>
internal abstract class PassGroup
{
    protected PassGroup(CodeWriter code, ModelNames names, Schedule schedule)
    {
        Code = code;
        Names = names;
        Schedule = schedule;
    }

    protected CodeWriter Code { get; }

    protected ModelNames Names { get; }

    protected Schedule Schedule { get; }

    protected string Memory => "AlignedBuffer<" + Names.Element + ">";

    protected string StateType => "ModelState<" + Names.Element + ">?";

    protected string WorkspaceType => "ModelWorkspace<" + Names.Element + ">";

    protected void StatesIn(Plan plan)
    {
        Clear(plan, plan.Border.ZeroedForward);
        List<CarriedState> own = plan.Border.States.Where(s => !s.IsGiven).ToList();
        if (own.Count == 0)
            return;
        Code.Open("if (state is null)");
        Clear(plan, own.Select(s => s.Initial));
        Code.Close();
        Code.Open("else");
        foreach (CarriedState carried in own)
        {
            if (plan.Request.Purpose.HasDenseStates)
            {
                Code.Line("Staging.CopyIn<" + Names.Element + ">(" + DenseState(plan, carried) + ", 0, " + CodeWriter.Text(carried.Width) + ", 0, " + CodeWriter.Text(plan.Rows)
                    + ", arena.Slice(" + CodeWriter.Text(plan.Arena.OffsetOf(carried.Initial)) + "), " + Strides(carried.Initial) + ", 1, " + CodeWriter.Text(carried.Width) + ", " + CodeWriter.Text(plan.Request.StoredRows) + ", true);");
                continue;
            }

            Code.Line("state.Arena.Span.Slice(" + CodeWriter.Text(plan.StateLayout.OffsetOf(carried)) + RingOffset(carried) + ", " + CodeWriter.Text(carried.Initial.Length)
                + ").CopyTo(arena.Slice(" + CodeWriter.Text(plan.Arena.OffsetOf(carried.Initial)) + "));");
            PadState(plan, carried);
        }

        Code.Close();
    }

    /// <summary>Rows that pad a batch weigh 0 in sums over rows, which is 0 only if what they hold is finite: as those of an input they repeat the first row, whatever calls before have left there.</summary>
    private void PadState(Plan plan, CarriedState carried)
    {
        Layout layout = carried.Initial.Buffer.Layout;
        if (plan.Backward is null || layout.RowStride != 1 || plan.Request.StoredRows == plan.Rows)
            return;
        Code.Line("Staging.RepeatFirstRow<" + Names.Element + ">(arena.Slice(" + CodeWriter.Text(plan.Arena.OffsetOf(carried.Initial)) + "), "
            + string.Join(", ", new[] { layout.SlotStride, layout.LaneStride, carried.Initial.Count, carried.Width, plan.Rows, plan.Request.StoredRows }.Select(CodeWriter.Text)) + ");");
    }

    protected void StatesOut(Plan plan)
    {
        if (plan.Border.States.Count == 0)
            return;
        Code.Open("if (state is not null)");
        foreach (CarriedState carried in plan.Border.States)
        {
            if (plan.Request.Purpose.HasDenseStates)
            {
                Code.Line("Staging.CopyOut<" + Names.Element + ">(arena.Slice(" + CodeWriter.Text(plan.Arena.OffsetOf(carried.Final)) + "), " + Strides(carried.Final) + ", 1, "
                    + CodeWriter.Text(carried.Width) + ", " + DenseState(plan, carried) + ", 0, " + CodeWriter.Text(carried.Width) + ", 0, " + CodeWriter.Text(plan.Rows) + ");");
                continue;
            }

            Code.Line("arena.Slice(" + CodeWriter.Text(plan.Arena.OffsetOf(carried.Final)) + ", " + CodeWriter.Text(carried.Final.Length)
                + ").CopyTo(state.Arena.Span.Slice(" + CodeWriter.Text(plan.StateLayout.OffsetOf(carried)) + "));");
        }

        if (plan.Border.States.Any(s => StepCounter.OfRing(s.Initial.Count) is not null))
            Code.Line("state.RestartRings();");
        Code.Close();
    }

    /// <summary>How far from its first slot a State's ring begins.</summary>
    private static string RingOffset(CarriedState state) => StepCounter.OfRing(state.Initial.Count) is { } ring
        ? " + state.RingStart(" + CodeWriter.Text(ring.Period) + ") * " + CodeWriter.Text(state.Initial.Buffer.Layout.SlotStride)
        : "";

    private static string DenseState(Plan plan, CarriedState state) =>
        "state.Arena.Span.Slice(" + CodeWriter.Text(plan.StateLayout.OffsetOf(state)) + ", " + CodeWriter.Text(plan.Rows * state.Width) + ")";

    private static string Strides(SlotRange range)
    {
        Layout layout = range.Buffer.Layout;
        return string.Join(", ", new[] { layout.SlotStride, layout.RowStride, layout.LaneStride }.Select(CodeWriter.Text));
    }

    protected void Clear(Plan plan, IEnumerable<SlotRange> ranges)
    {
        foreach (SlotRange range in ranges)
            Code.Line("arena.Slice(" + CodeWriter.Text(plan.Arena.OffsetOf(range)) + ", " + CodeWriter.Text(range.Length) + ").Clear();");
    }

    protected string CopyIn(string span, Binding binding, Plan plan, string rows, string firstRow, string count, bool repeats)
    {
        (string slot, string row) = CallerStrides(binding.Sequence, rows);
        Layout layout = binding.Site.Layout;
        return "Staging.CopyIn(" + span + ", " + slot + ", " + row + ", " + firstRow + ", " + count + ", arena.Slice(" + Offset(plan, binding.Site) + "), "
            + string.Join(", ", new[] { layout.SlotStride, layout.RowStride, layout.LaneStride, System.Math.Max(1, binding.Sequence.Steps), binding.Sequence.Width }.Select(CodeWriter.Text))
            + ", " + Padded(plan, count) + ", " + (repeats ? "true" : "false") + ");";
    }

    protected static string CopyVector(Plan plan, Binding binding, string span)
    {
        string width = CodeWriter.Text(binding.Sequence.Width);
        // A copy of one element through spans is a call that takes as long as a small kernel's multiply-adds.
        return binding.Sequence.Width == 1
            ? span + "[row] = arena[" + Offset(plan, binding.Site) + "];"
            : "arena.Slice(" + Offset(plan, binding.Site) + ", " + width + ").CopyTo(" + span + ".Slice(row * " + width + "));";
    }

    protected string CopyOut(Plan plan, Binding binding, string span, string rows, string firstRow, string count)
    {
        (string slot, string row) = CallerStrides(binding.Sequence, rows);
        Layout layout = binding.Site.Layout;
        return "Staging.CopyOut<" + Names.Element + ">(arena.Slice(" + Offset(plan, binding.Site) + "), "
            + string.Join(", ", new[] { layout.SlotStride, layout.RowStride, layout.LaneStride, System.Math.Max(1, binding.Sequence.Steps), binding.Sequence.Width }.Select(CodeWriter.Text))
            + ", " + span + ", " + slot + ", " + row + ", " + firstRow + ", " + count + ");";
    }

    /// <summary>Strides of the caller's span: [rows, time, features], or [time, rows, features] of the rows of the call.</summary>
    private (string Slot, string Row) CallerStrides(Sequence sequence, string rows)
    {
        string width = CodeWriter.Text(sequence.Width);
        if (sequence.IsVector)
            return ("0", width);
        return Schedule.IsTimeMajor
            ? (rows + " * " + width, width)
            : (width, CodeWriter.Text(sequence.Steps * sequence.Width));
    }

    // A binding's site is where its sequence starts: the slot of its first step.
    protected static string Offset(Plan plan, Site site) => KernelPrinter.Text(plan.Arena.OffsetOf(site.Buffer) + (plan.Arena.IsInPlace(site.Buffer) ? 0 : site.Slot(0)) * site.Layout.SlotStride);

    /// <summary>Rows that a pass runs for a call of so many: it pads them, but no further than its tiles ask for.</summary>
    protected static string Padded(Plan plan, string rows) => plan.Request.HasRowRange ? PaddedRows + "(" + rows + ")" : CodeWriter.Text(plan.Request.StoredRows);

    protected static IEnumerable<string> Range(Plan plan, string first, string end) => plan.Request.HasRowRange ? new[] { first, end } : System.Array.Empty<string>();

    private const string PaddedRows = "PaddedRows";

    /// <summary>Prints what <see cref="Padded"/> calls: the batch's passes have it in common.</summary>
    protected void PrintPaddedRows(Plan plan)
    {
        if (!plan.Request.HasRowRange)
            return;
        string grain = CodeWriter.Text(plan.Request.RowGrain);
        Code.Line("// Rows of a pass: those of the call, and copies of the first up to a multiple of " + grain + ".");
        Code.Line("private static int " + PaddedRows + "(int rows) => global::System.Math.Min((rows + " + CodeWriter.Text(plan.Request.RowGrain - 1) + ") / " + grain + " * " + grain + ", " + CodeWriter.Text(plan.Request.StoredRows) + ");");
        Code.Line();
    }
}
