using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;

namespace GenRnn.Compiler.CSharp;

/// <summary>Prints what stands between the class's members and the drivers: staging in, the pass, staging out.</summary>
internal sealed class PassPrinter
{
    private readonly CodeWriter _code;
    private readonly ModelNames _names;
    private readonly Schedule _schedule;

    public PassPrinter(CodeWriter code, ModelNames names, Schedule schedule)
    {
        _code = code;
        _names = names;
        _schedule = schedule;
    }

    public void Print()
    {
        Predict();
        foreach (Plan plan in _schedule.PredictPlans)
            Chunk(plan, "Chunk" + CodeWriter.Text(plan.Rows));
        if (_schedule.StepRow is { } row)
        {
            Chunk(row, "StepChunk1");
            if (_schedule.Batch > 1)
                Chunk(_schedule.StepBatch!, "StepChunk" + CodeWriter.Text(_schedule.Batch));
        }

        BeginForward();
        ForwardRows();
        EndForward();
        BeginBackward();
        BackwardRows();
        ParameterGradients();
        EndBackward();
        if (_schedule.Training.Statistics.Count > 0)
            UpdateStatistics();
    }

    private string Spans => string.Join(", ", _names.Outputs.Select(o => _names.Writable + " " + o).Prepend(_names.TypedInputs));

    /// <summary>A step has no lengths: every row has it.</summary>
    private string StepSpans => string.Join(", ", _names.DataInputs.Select(i => _names.ReadOnly + " " + i).Concat(_names.Outputs.Select(o => _names.Writable + " " + o)));

    private string SpanArguments => string.Join(", ", _names.Inputs.Concat(_names.Outputs));

    private string Memory => "AlignedBuffer<" + _names.Element + ">";

    private string StateType => "ModelState<" + _names.Element + ">?";

    private string WorkspaceType => "ModelWorkspace<" + _names.Element + ">";

    private void Predict()
    {
        _code.Line("// Any number of rows: whole batches, then what remains padded to a batch or row by row, whichever is cheaper. Same bits.");
        _code.Open("internal static void Predict(" + Spans + ", int rows, " + StateType + " state, " + Memory + " arena, ref " + _names.Element + " panels)");
        _code.Line("int row = 0;");
        if (_schedule.Batch > 1)
        {
            string batch = CodeWriter.Text(_schedule.Batch);
            _code.Open("while (rows - row >= " + CodeWriter.Text(_schedule.PaddedFrom) + ")");
            _code.Line("int count = global::System.Math.Min(" + batch + ", rows - row);");
            _code.Line("Chunk" + batch + "(" + SpanArguments + ", rows, row, count, state, arena, ref panels);");
            _code.Line("row += count;");
            _code.Close();
        }

        _code.Line("for (; row < rows; row++)");
        _code.Indent();
        _code.Line("Chunk1(" + SpanArguments + ", rows, row, 1, state, arena, ref panels);");
        _code.Unindent();
        _code.Close();
        _code.Line();
    }

    private void Chunk(Plan plan, string name)
    {
        _code.Line("// Rows [row, row + count) of rows, in one pass over " + CodeWriter.Text(plan.Rows) + ".");
        bool isStep = name.StartsWith("Step", System.StringComparison.Ordinal);
        string state = plan.RunsInState ? "" : StateType + " state, ";
        _code.Open("internal static void " + name + "(" + (isStep ? StepSpans : Spans) + ", int rows, int row, int count, " + state + (plan.TakesTurn ? "nint turn, " : "") + Memory + " memory, ref " + _names.Element + " panels)");
        _code.Line(_names.Writable + " arena = memory.Span;");
        _code.Line("ref " + _names.Element + " origin = ref memory.Origin;");
        List<string> references = new();
        IReadOnlyList<string> names = isStep ? _names.DataInputs : _names.Inputs;
        for (int i = 0; i < plan.Inputs.Count; i++)
        {
            Binding input = plan.Inputs[i];
            string copy = CopyIn(names[i], input, plan, "rows", "row", "count", repeats: true);
            if (!input.IsDirect)
            {
                _code.Line(copy);
                continue;
            }

            string local = "input" + CodeWriter.Text(i);
            references.Add("ref " + local);
            bool needsAllRows = _schedule.IsTimeMajor && input.Sequence.Steps > 1;
            string caller = "ref Unsafe.Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(" + names[i] + "), row * " + CodeWriter.Text(needsAllRows ? 0 : ConstantsPrinter.LengthOf(input.Sequence)) + ");";
            if (plan.Rows == 1 && !needsAllRows)
            {
                _code.Line("ref " + _names.Element + " " + local + " = " + caller);
                continue;
            }

            _code.Line("ref " + _names.Element + " " + local + " = ref Unsafe.Add(ref origin, " + CodeWriter.Text(input.Site.Buffer.Offset) + ");");
            // Kernels read whole batches where the caller holds them; rows that need padding or other strides are copied.
            _code.Open("if (" + (needsAllRows ? "rows" : "count") + " == " + CodeWriter.Text(plan.Rows) + ")");
            _code.Line(local + " = " + caller);
            _code.Close();
            _code.Open("else");
            _code.Line(copy);
            _code.Close();
        }

        if (!plan.RunsInState)
            StatesIn(plan);
        _code.Line(plan.Forward.Name + "(" + string.Join(", ", references.Concat(new[] { "ref origin", "ref panels" }).Concat(Range(plan, "0", CodeWriter.Text(plan.StoredRows))).Concat(plan.TakesTurn ? new[] { "turn" } : System.Array.Empty<string>())) + ");");
        for (int i = 0; i < plan.Outputs.Count; i++)
            _code.Line(plan.Rows == 1 && plan.Outputs[i].IsOneVector ? CopyVector(plan.Outputs[i], _names.Outputs[i]) : CopyOut(plan.Outputs[i], _names.Outputs[i], "rows", "row", "count"));
        if (!plan.RunsInState)
            StatesOut(plan);
        _code.Close();
        _code.Line();
    }

    private void StatesIn(Plan plan)
    {
        Clear(plan.ZeroedForward);
        List<CarriedState> own = plan.States.Where(s => !s.IsGiven).ToList();
        if (own.Count == 0)
            return;
        _code.Open("if (state is null)");
        Clear(own.Select(s => s.Initial));
        _code.Close();
        _code.Open("else");
        foreach (CarriedState carried in own)
        {
            if (plan.HasDenseStates)
            {
                _code.Line("Staging.CopyIn<" + _names.Element + ">(" + DenseState(plan, carried) + ", 0, " + CodeWriter.Text(carried.Width) + ", 0, " + CodeWriter.Text(plan.Rows)
                    + ", arena.Slice(" + CodeWriter.Text(carried.Initial.Offset) + "), " + Strides(carried.Initial) + ", 1, " + CodeWriter.Text(carried.Width) + ", " + CodeWriter.Text(plan.StoredRows) + ", true);");
                continue;
            }

            _code.Line("state.Arena.Span.Slice(" + CodeWriter.Text(StateLayout.OffsetOf(plan, carried)) + ", " + CodeWriter.Text(carried.Initial.Length)
                + ").CopyTo(arena.Slice(" + CodeWriter.Text(carried.Initial.Offset) + "));");
        }

        _code.Close();
    }

    private void Clear(IEnumerable<SlotRange> ranges)
    {
        foreach (SlotRange range in ranges)
            _code.Line("arena.Slice(" + CodeWriter.Text(range.Offset) + ", " + CodeWriter.Text(range.Length) + ").Clear();");
    }

    private void StatesOut(Plan plan)
    {
        if (plan.States.Count == 0)
            return;
        _code.Open("if (state is not null)");
        foreach (CarriedState carried in plan.States)
        {
            if (plan.HasDenseStates)
            {
                _code.Line("Staging.CopyOut<" + _names.Element + ">(arena.Slice(" + CodeWriter.Text(carried.Final.Offset) + "), " + Strides(carried.Final) + ", 1, "
                    + CodeWriter.Text(carried.Width) + ", " + DenseState(plan, carried) + ", 0, " + CodeWriter.Text(carried.Width) + ", 0, " + CodeWriter.Text(plan.Rows) + ");");
                continue;
            }

            _code.Line("arena.Slice(" + CodeWriter.Text(carried.Final.Offset) + ", " + CodeWriter.Text(carried.Final.Length)
                + ").CopyTo(state.Arena.Span.Slice(" + CodeWriter.Text(StateLayout.OffsetOf(plan, carried)) + "));");
        }

        _code.Close();
    }

    private static string DenseState(Plan plan, CarriedState state) =>
        "state.Arena.Span.Slice(" + CodeWriter.Text(StateLayout.OffsetOf(plan, state)) + ", " + CodeWriter.Text(plan.Rows * state.Width) + ")";

    private static string Strides(SlotRange range)
    {
        Layout layout = range.Buffer.Layout;
        return string.Join(", ", new[] { layout.SlotStride, layout.RowStride, layout.LaneStride }.Select(CodeWriter.Text));
    }

    private void BeginForward()
    {
        Plan plan = _schedule.Training;
        _code.Open("internal static void BeginForward(" + _names.TypedInputs + ", int rows, " + StateType + " state, " + WorkspaceType + " workspace, bool training)");
        _code.Line(_names.Writable + " arena = workspace.Arena.Span;");
        foreach ((RandomSource source, int offset) in plan.RandomKeys.All)
            _code.Line(KeyOf(plan, source, offset));
        for (int i = 0; i < plan.Inputs.Count; i++)
            _code.Line(CopyIn(_names.Inputs[i], plan.Inputs[i], plan, "rows", "0", "rows", repeats: true));
        if (plan.RowWeights is { } weights)
            _code.Line("Staging.MarkRows(arena.Slice(" + Offset(weights.Site) + "), " + CodeWriter.Text(weights.Site.Layout.RowStride) + ", " + CodeWriter.Text(plan.StoredRows) + ", rows);");
        if (plan.TrainingFlag is { } flag)
            _code.Line("arena[" + Offset(flag.Site) + "] = training ? 1 : 0;");
        StatesIn(plan);
        _code.Close();
        _code.Line();
    }

    private static string KeyOf(Plan plan, RandomSource source, int offset) => string.Format(CultureInfo.InvariantCulture,
        "VectorRandom.WriteKey(arena.Slice({0}, {1}), workspace, {2}, {3}, training); // {4}",
        offset, RandomKeys.Elements, source.Layer, source.Mask, plan.Program.Layers[source.Layer].Name);

    private void ForwardRows()
    {
        _code.Open("internal static void ForwardRows(" + WorkspaceType + " workspace, ref " + _names.Element + " panels, int first, int count)");
        Drive(_schedule.Training, _schedule.Training.Forward.Name);
        _code.Close();
        _code.Line();
    }

    private void EndForward()
    {
        Plan plan = _schedule.Training;
        string outputs = string.Join(", ", _names.Outputs.Select(o => _names.Writable + " " + o));
        _code.Open("internal static void EndForward(" + outputs + ", " + StateType + " state, " + WorkspaceType + " workspace)");
        _code.Line(_names.Writable + " arena = workspace.Arena.Span;");
        _code.Line("int rows = workspace.Rows;");
        for (int i = 0; i < plan.Outputs.Count; i++)
            _code.Line(CopyOut(plan.Outputs[i], _names.Outputs[i], "rows", "0", "rows"));
        if (plan.OutputMask is { } mask)
            _code.Line(CopyOut(mask, "workspace.WritableOutputMask", "rows", "0", "rows"));
        StatesOut(plan);
        _code.Close();
        _code.Line();
    }

    private void BeginBackward()
    {
        Plan plan = _schedule.Training;
        string gradients = string.Join(", ", _names.Outputs.Select(o => _names.ReadOnly + " " + o + "Gradient"));
        _code.Open("internal static void BeginBackward(" + gradients + ", " + WorkspaceType + " workspace)");
        _code.Line(_names.Writable + " arena = workspace.Arena.Span;");
        _code.Line("int rows = workspace.Rows;");
        for (int i = 0; i < plan.OutputGradients.Count; i++)
            _code.Line(CopyIn(_names.Outputs[i] + "Gradient", plan.OutputGradients[i], plan, "rows", "0", "rows", repeats: false));
        Clear(plan.ZeroedBackward);
        _code.Close();
        _code.Line();
    }

    private void BackwardRows()
    {
        Plan plan = _schedule.Training;
        _code.Open("internal static void BackwardRows(" + WorkspaceType + " workspace, ref " + _names.Element + " panels, int first, int count, bool inputGradient)");
        Drive(plan, plan.Backward!.Name);
        if (plan.InputBackward is not null)
        {
            _code.Line("if (inputGradient)");
            _code.Indent();
            _code.Line(DriveCall(plan, plan.InputBackward.Name));
            _code.Unindent();
        }

        _code.Close();
        _code.Line();
    }

    private void Drive(Plan plan, string driver)
    {
        _code.Line("ref " + _names.Element + " arena = ref workspace.Arena.Origin;");
        if (plan.Rows > 16)
            _code.Line("int end = " + (plan.Axis == LaneAxis.Rows ? "(first + count + 15) / 16 * 16;" : "first + count;"));
        _code.Line(DriveCall(plan, driver));
    }

    private static string DriveCall(Plan plan, string driver)
    {
        IEnumerable<string> externals = plan.Inputs.Where(i => i.IsDirect).Select(i => "ref Unsafe.Add(ref arena, " + CodeWriter.Text(i.Site.Buffer.Offset) + ")");
        return driver + "(" + string.Join(", ", externals.Concat(new[] { "ref arena", "ref panels" }).Concat(Range(plan, "first", "end"))) + ");";
    }

    private static IEnumerable<string> Range(Plan plan, string first, string end) => plan.Rows > 16 ? new[] { first, end } : System.Array.Empty<string>();

    private void ParameterGradients()
    {
        Plan plan = _schedule.Training;
        _code.Line("// Part of parts of the weight gradients: outputs are split, never sums.");
        _code.Open("internal static void ParameterGradients(" + WorkspaceType + " workspace, int part, int parts)");
        _code.Line("ref " + _names.Element + " arena = ref workspace.Arena.Origin;");
        for (int i = 0; i < plan.Gradients.Count; i++)
        {
            GradientCall gradient = plan.Gradients[i];
            string arguments = string.Join(", ", gradient.Call.Arguments.Select(a => Reference(plan, a.Site!)));
            _code.Line("// " + gradient.Gradient.Target.Parameter.Path);
            if (gradient.Gradient.Left is null)
            {
                _code.Line("if (part == " + CodeWriter.Text(i) + " % parts)");
                _code.Indent();
                _code.Line(gradient.Call.Kernel.Name + "(" + arguments + ");");
                _code.Unindent();
                continue;
            }

            int rows = gradient.Gradient.Target.Rows;
            int tiles = (rows + gradient.TileRows - 1) / gradient.TileRows;
            string range = string.Format(CultureInfo.InvariantCulture,
                "{0} * part / parts * {1}, global::System.Math.Min({2}, {0} * (part + 1) / parts * {1})", tiles, gradient.TileRows, rows);
            _code.Line(gradient.Call.Kernel.Name + "(" + arguments + ", " + range + ");");
        }

        _code.Close();
        _code.Line();
    }

    private static string Reference(Plan plan, Site site)
    {
        ArenaBuffer buffer = site.Buffer.External is null ? site.Buffer : plan.Inputs.First(i => i.IsDirect && i.Sequence.Name == site.Buffer.Name).Site.Buffer;
        return "ref Unsafe.Add(ref arena, " + CodeWriter.Text(buffer.Offset + site.Shift * site.Layout.SlotStride) + ")";
    }

    private void EndBackward()
    {
        Plan plan = _schedule.Training;
        string gradients = string.Join(", ", _names.Inputs.Select(i => _names.Writable + " " + i + "Gradient"));
        _code.Open("internal static void EndBackward(" + gradients + ", " + WorkspaceType + " workspace)");
        _code.Line(_names.Writable + " arena = workspace.Arena.Span;");
        _code.Line(_names.Writable + " gradients = workspace.Gradients;");
        _code.Line("int rows = workspace.Rows;");
        HashSet<ParameterView> seen = new();
        foreach (GradientCall gradient in plan.Gradients)
        {
            ParameterView target = gradient.Gradient.Target;
            _code.Line("Staging.CopyGradient<" + _names.Element + ">(arena.Slice(" + CodeWriter.Text(gradient.Staging.Offset) + "), " + string.Join(", ", new[] { gradient.Staging.Layout.RowStride, target.Rows, target.Columns }.Select(CodeWriter.Text))
                + ", gradients.Slice(" + CodeWriter.Text(target.Parameter.Offset + target.Offset) + "), " + CodeWriter.Text(target.RowStride) + ", " + CodeWriter.Text(target.ColumnStride) + ", " + (seen.Add(target) ? "false" : "true") + ");");
        }

        for (int i = 0; i < plan.InputGradients.Count; i++)
        {
            string span = _names.Inputs[i] + "Gradient";
            if (plan.InputGradients[i] is not { } binding)
            {
                _code.Line(span + ".Clear();");
                continue;
            }

            _code.Open("if (" + span + ".Length > 0)");
            _code.Line(CopyOut(binding, span, "rows", "0", "rows"));
            _code.Close();
        }

        _code.Close();
        _code.Line();
    }

    private void UpdateStatistics()
    {
        _code.Open("internal static void UpdateStatistics(" + WorkspaceType + " workspace, " + _names.Writable + " parameters)");
        _code.Line(_names.Writable + " arena = workspace.Arena.Span;");
        _code.Line("global::GenRnn.CompilerServices.Check.IsTrainingPass(arena[" + Offset(_schedule.Training.TrainingFlag!.Site) + "] != 0);");
        foreach ((MovingStatistic statistic, Site batch) in _schedule.Training.Statistics)
        {
            _code.Line("Staging.Follow<" + _names.Element + ">(parameters.Slice(" + CodeWriter.Text(statistic.Moving.Offset) + ", " + CodeWriter.Text(statistic.Moving.Length)
                + "), arena.Slice(" + Offset(batch) + "), " + Literals.Double(statistic.Momentum) + "); // " + statistic.Moving.Path);
        }

        _code.Close();
        _code.Line();
    }

    private string CopyIn(string span, Binding binding, Plan plan, string rows, string firstRow, string count, bool repeats)
    {
        (string slot, string row) = CallerStrides(binding.Sequence, rows);
        Layout layout = binding.Site.Layout;
        return "Staging.CopyIn(" + span + ", " + slot + ", " + row + ", " + firstRow + ", " + count + ", arena.Slice(" + Offset(binding.Site) + "), "
            + string.Join(", ", new[] { layout.SlotStride, layout.RowStride, layout.LaneStride, System.Math.Max(1, binding.Sequence.Steps), binding.Sequence.Width, plan.StoredRows }.Select(CodeWriter.Text))
            + ", " + (repeats ? "true" : "false") + ");";
    }

    private static string CopyVector(Binding binding, string span)
    {
        string width = CodeWriter.Text(binding.Sequence.Width);
        return "arena.Slice(" + Offset(binding.Site) + ", " + width + ").CopyTo(" + span + ".Slice(row * " + width + "));";
    }

    private string CopyOut(Binding binding, string span, string rows, string firstRow, string count)
    {
        (string slot, string row) = CallerStrides(binding.Sequence, rows);
        Layout layout = binding.Site.Layout;
        return "Staging.CopyOut<" + _names.Element + ">(arena.Slice(" + Offset(binding.Site) + "), "
            + string.Join(", ", new[] { layout.SlotStride, layout.RowStride, layout.LaneStride, System.Math.Max(1, binding.Sequence.Steps), binding.Sequence.Width }.Select(CodeWriter.Text))
            + ", " + span + ", " + slot + ", " + row + ", " + firstRow + ", " + count + ");";
    }

    /// <summary>Strides of the caller's span: [rows, time, features], or [time, rows, features] of the rows of the call.</summary>
    private (string Slot, string Row) CallerStrides(Sequence sequence, string rows)
    {
        string width = CodeWriter.Text(sequence.Width);
        if (sequence.IsVector)
            return ("0", width);
        return _schedule.IsTimeMajor
            ? (rows + " * " + width, width)
            : (width, CodeWriter.Text(sequence.Steps * sequence.Width));
    }

    // A binding's site is where its sequence starts: the slot of its first step.
    private static string Offset(Site site) =>
        CodeWriter.Text(site.Buffer.Offset + ((Kernels.ConstantIndex)site.Slot(0)).Value * site.Layout.SlotStride);
}
