using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.CSharp.Passes;

/// <summary>Prints the stages of a training pass: begin by one thread, rows by several, end by one.</summary>
internal sealed class TrainingPasses : PassGroup
{
    public TrainingPasses(CodeWriter code, ModelNames names, Schedule schedule)
        : base(code, names, schedule)
    {
    }

    public void Print()
    {
        BeginForward();
        ForwardRows();
        EndForward();
        BeginBackward();
        BackwardRows();
        ParameterGradients();
        if (Schedule.Training.BackwardOfOneThread is { } driver)
            BackwardOfOneThread(driver.Name);
        EndBackward();
        if (Schedule.Training.Border.Statistics.Count > 0)
            UpdateStatistics();
    }

    private void BeginForward()
    {
        Plan plan = Schedule.Training;
        Code.Open("internal static void BeginForward(" + Names.TypedInputs + ", int rows, " + StateType + " state, " + WorkspaceType + " workspace, bool training)");
        Code.Line(Names.Writable + " arena = workspace.Arena.Span;");
        for (int i = 0; i < plan.Keys.Sources.Count; i++)
            Code.Line(KeyOf(plan, plan.Keys.Sources[i], plan.Arena.OffsetOf(plan.Keys, i)));
        for (int i = 0; i < plan.Border.Inputs.Count; i++)
            Code.Line(CopyIn(Names.Inputs[i], plan.Border.Inputs[i], plan, "rows", "0", "rows", repeats: true));
        if (plan.Border.RowWeights is { } weights)
            Code.Line("Staging.MarkRows(arena.Slice(" + Offset(plan, weights.Site) + "), " + CodeWriter.Text(weights.Site.Layout.RowStride) + ", " + Padded(plan, "rows") + ", rows);");
        if (plan.Border.TrainingFlag is { } flag)
            Code.Line("arena[" + Offset(plan, flag.Site) + "] = training ? 1 : 0;");
        StatesIn(plan);
        Code.Close();
        Code.Line();
    }

    private static string KeyOf(Plan plan, RandomSource source, int offset) => string.Format(CultureInfo.InvariantCulture,
        "VectorRandom.WriteKey(arena.Slice({0}, {1}), workspace, {2}, {3}, training); // {4}",
        offset, RandomKeys.Elements, source.Layer, source.Mask, plan.Program.Layers[source.Layer].Name);

    private void ForwardRows()
    {
        Code.Open("internal static void ForwardRows(" + WorkspaceType + " workspace, ref " + Names.Element + " panels, int first, int count)");
        DriveRows(Schedule.Training, Schedule.Training.Forward.Name);
        Code.Close();
        Code.Line();
    }

    private void EndForward()
    {
        Plan plan = Schedule.Training;
        string outputs = string.Join(", ", Names.Outputs.Select(o => Names.Writable + " " + o));
        Code.Open("internal static void EndForward(" + outputs + ", " + StateType + " state, " + WorkspaceType + " workspace)");
        Code.Line(Names.Writable + " arena = workspace.Arena.Span;");
        Code.Line("int rows = workspace.Rows;");
        for (int i = 0; i < plan.Border.Outputs.Count; i++)
            Code.Line(CopyOut(plan, plan.Border.Outputs[i], Names.Outputs[i], "rows", "0", "rows"));
        if (plan.Border.OutputMask is { } mask)
            Code.Line(CopyOut(plan, mask, "workspace.WritableOutputMask", "rows", "0", "rows"));
        if (plan.Border.Penalty is { } penalty)
            Code.Line(CopyOut(plan, penalty, "workspace.WritablePenalties", "rows", "0", "rows"));
        StatesOut(plan);
        Code.Close();
        Code.Line();
    }

    private void BeginBackward()
    {
        Plan plan = Schedule.Training;
        string gradients = string.Join(", ", Names.Outputs.Select(o => Names.ReadOnly + " " + o + "Gradient"));
        Code.Open("internal static void BeginBackward(" + gradients + ", " + WorkspaceType + " workspace)");
        Code.Line(Names.Writable + " arena = workspace.Arena.Span;");
        Code.Line("int rows = workspace.Rows;");
        for (int i = 0; i < plan.Border.OutputGradients.Count; i++)
            Code.Line(CopyIn(Names.Outputs[i] + "Gradient", plan.Border.OutputGradients[i], plan, "rows", "0", "rows", repeats: false));
        if (plan.Border.PenaltyGradient is { } share)
            Code.Line("Staging.ShareAmongRows(arena.Slice(" + Offset(plan, share.Site) + "), " + CodeWriter.Text(share.Site.Layout.RowStride) + ", " + Padded(plan, "rows") + ", rows);");
        Clear(plan, plan.Border.ZeroedBackward);
        Code.Close();
        Code.Line();
    }

    private void BackwardRows()
    {
        Plan plan = Schedule.Training;
        Code.Open("internal static void BackwardRows(" + WorkspaceType + " workspace, ref " + Names.Element + " panels, int first, int count, bool inputGradient)");
        DriveRows(plan, plan.Backward!.Name);
        InputBackward(plan, "first", "end");
        Code.Close();
        Code.Line();
    }

    private void InputBackward(Plan plan, string first, string end)
    {
        if (plan.InputBackward is null)
            return;
        Code.Line("if (inputGradient)");
        Code.Indent();
        Code.Line(DriveCall(plan, plan.InputBackward.Name, first, end));
        Code.Unindent();
    }

    private void BackwardOfOneThread(string driver)
    {
        Plan plan = Schedule.Training;
        Code.Line("// BackwardRows of all rows and all ParameterGradients, each chunk of steps while it is in the caches.");
        Code.Open("internal static void BackwardOfOneThread(" + WorkspaceType + " workspace, ref " + Names.Element + " panels, bool inputGradient)");
        string end = Padded(plan, "workspace.Rows");
        Code.Line("ref " + Names.Element + " arena = ref workspace.Arena.Origin;");
        Code.Line(DriveCall(plan, driver, "0", end));
        InputBackward(plan, "0", end);
        Code.Close();
        Code.Line();
    }

    /// <summary>Runs a driver over the rows from <c>first</c> on, <c>count</c> of them.</summary>
    private void DriveRows(Plan plan, string driver)
    {
        Code.Line("ref " + Names.Element + " arena = ref workspace.Arena.Origin;");
        if (plan.Request.HasRowRange)
        {
            Code.Line("// Nothing runs beyond the rows of the call.");
            Code.Line("int end = global::System.Math.Min(" + Padded(plan, "first + count") + ", " + Padded(plan, "workspace.Rows") + ");");
            Code.Line("if (end <= first)");
            Code.Indent();
            Code.Line("return;");
            Code.Unindent();
        }

        Code.Line(DriveCall(plan, driver, "first", "end"));
    }

    private static string DriveCall(Plan plan, string driver, string first, string end)
    {
        IEnumerable<string> externals = plan.Border.Inputs.Where(i => i.IsDirect).Select(i => "ref Unsafe.Add(ref arena, " + CodeWriter.Text(plan.Arena.OffsetOf(i.Site.Buffer)) + ")");
        return driver + "(" + string.Join(", ", externals.Concat(new[] { "ref arena", "ref panels" }).Concat(Range(plan, first, end))) + ");";
    }

    private void ParameterGradients()
    {
        Plan plan = Schedule.Training;
        Code.Line("// Part of parts of the weight gradients: outputs are split, never sums.");
        Code.Open("internal static void ParameterGradients(" + WorkspaceType + " workspace, int part, int parts)");
        Code.Line("ref " + Names.Element + " arena = ref workspace.Arena.Origin;");
        if (plan.Request.HasRowRange)
            Code.Line("int " + LoopNumbers.End + " = " + Padded(plan, "workspace.Rows") + ";");
        int number = 0;
        foreach (GradientGroup group in plan.GradientGroups)
        {
            if (group.Chunks > 1)
                Code.Open("for (nint chunk = 0; chunk < " + CodeWriter.Text(group.Chunks) + "; chunk++)");
            foreach (GradientCall call in group.Calls)
                ParameterGradient(plan, call, number++);
            if (group.Chunks > 1)
                Code.Close();
        }

        Code.Close();
        Code.Line();
    }

    private void ParameterGradient(Plan plan, GradientCall gradient, int number)
    {
        IEnumerable<string> references = gradient.Call.Arguments.Select(a => Reference(plan, a.Site!));
        Code.Line("// " + gradient.Gradient.Target.Parameter.Path);
        if (gradient.Gradient.Left is null)
        {
            Code.Line("if (part == " + CodeWriter.Text(number) + " % parts)");
            Code.Indent();
            Code.Line(KernelPrinter.Call(gradient.Call.Kernel, references.Concat(gradient.Call.Kernel.Numbers)));
            Code.Unindent();
            return;
        }

        int rows = gradient.Gradient.Target.Rows;
        int tiles = (rows + gradient.TileRows - 1) / gradient.TileRows;
        IEnumerable<string> numbers = gradient.Call.Kernel.Numbers.Select(number => number switch
        {
            LoopNumbers.From => string.Format(CultureInfo.InvariantCulture, "WorkSplit.Start({0}, part, parts) * {1}", tiles, gradient.TileRows),
            LoopNumbers.To => string.Format(CultureInfo.InvariantCulture, "global::System.Math.Min({2}, WorkSplit.Start({0}, part + 1, parts) * {1})", tiles, gradient.TileRows, rows),
            _ => number,
        });
        Code.Line(KernelPrinter.Call(gradient.Call.Kernel, references.Concat(numbers)));
    }

    private static string Reference(Plan plan, Site site)
    {
        ArenaBuffer buffer = site.Buffer.Staged ?? site.Buffer;
        return "ref Unsafe.Add(ref arena, " + CodeWriter.Text(plan.Arena.OffsetOf(buffer) + site.Shift * site.Layout.SlotStride) + ")";
    }

    private void EndBackward()
    {
        Plan plan = Schedule.Training;
        string gradients = string.Join(", ", Names.Inputs.Select(i => Names.Writable + " " + i + "Gradient"));
        Code.Open("internal static void EndBackward(" + gradients + ", " + WorkspaceType + " workspace)");
        Code.Line(Names.Writable + " arena = workspace.Arena.Span;");
        Code.Line(Names.Writable + " gradients = workspace.Gradients;");
        Code.Line("int rows = workspace.Rows;");
        // What has no gradient is zero, whatever the caller made of it.
        foreach (Parameter parameter in plan.Program.Parameters.Where(p => plan.Gradients.All(g => g.Gradient.Target.Parameter != p)))
            Code.Line("gradients.Slice(" + CodeWriter.Text(parameter.Offset) + ", " + CodeWriter.Text(parameter.Length) + ").Clear(); // " + parameter.Path);
        HashSet<ParameterView> seen = new();
        foreach (GradientCall gradient in plan.Gradients)
        {
            ParameterView target = gradient.Gradient.Target;
            Code.Line("Staging.CopyGradient<" + Names.Element + ">(arena.Slice(" + CodeWriter.Text(plan.Arena.OffsetOf(gradient.Staging)) + "), " + string.Join(", ", new[] { gradient.Staging.Layout.RowStride, target.Rows, target.Columns }.Select(CodeWriter.Text))
                + ", gradients.Slice(" + CodeWriter.Text(target.Parameter.Offset + target.Offset) + "), " + CodeWriter.Text(target.RowStride) + ", " + CodeWriter.Text(target.ColumnStride) + ", " + (seen.Add(target) ? "false" : "true") + ");");
        }

        for (int i = 0; i < plan.Border.InputGradients.Count; i++)
        {
            string span = Names.Inputs[i] + "Gradient";
            if (plan.Border.InputGradients[i] is not { } binding)
            {
                Code.Line(span + ".Clear();");
                continue;
            }

            Code.Open("if (" + span + ".Length > 0)");
            Code.Line(CopyOut(plan, binding, span, "rows", "0", "rows"));
            Code.Close();
        }

        Code.Close();
        Code.Line();
    }

    private void UpdateStatistics()
    {
        Code.Open("internal static void UpdateStatistics(" + WorkspaceType + " workspace, " + Names.Writable + " parameters)");
        Code.Line(Names.Writable + " arena = workspace.Arena.Span;");
        Code.Line("global::GenRnn.CompilerServices.Check.IsTrainingPass(arena[" + Offset(Schedule.Training, Schedule.Training.Border.TrainingFlag!.Site) + "] != 0);");
        foreach ((MovingStatistic statistic, Site batch) in Schedule.Training.Border.Statistics)
        {
            Code.Line("Staging.Follow<" + Names.Element + ">(parameters.Slice(" + CodeWriter.Text(statistic.Moving.Offset) + ", " + CodeWriter.Text(statistic.Moving.Length)
                + "), arena.Slice(" + Offset(Schedule.Training, batch) + "), " + Literals.Double(statistic.Momentum) + "); // " + statistic.Moving.Path);
        }

        Code.Close();
        Code.Line();
    }
}
