using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.CSharp.Members;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.CSharp.Passes;

/// <summary>Prints the passes of inference: rows staged in, a driver, results staged out.</summary>
internal sealed class InferencePasses : PassGroup
{
    public InferencePasses(CodeWriter code, ModelNames names, Schedule schedule)
        : base(code, names, schedule)
    {
    }

    public void Print()
    {
        PrintPaddedRows(Schedule.PredictBatch);
        Predict();
        foreach (Plan plan in Schedule.PredictPlans)
            Chunk(plan, "Chunk" + CodeWriter.Text(plan.Rows));
        if (Schedule.StepRow is not { } row)
            return;
        Chunk(row, "StepChunk1");
        if (Schedule.Batch > 1)
            Chunk(Schedule.StepBatch!, "StepChunk" + CodeWriter.Text(Schedule.Batch));
    }

    private string Spans => string.Join(", ", Names.Outputs.Select(o => Names.Writable + " " + o).Prepend(Names.TypedInputs));

    /// <summary>A step has no lengths: every row has it.</summary>
    private string StepSpans => string.Join(", ", Names.DataInputs.Select(i => Names.ReadOnly + " " + i).Concat(Names.Outputs.Select(o => Names.Writable + " " + o)));

    private string SpanArguments => string.Join(", ", Names.Inputs.Concat(Names.Outputs));

    private void Predict()
    {
        Code.Line("// Any number of rows: batches, then what remains of the last one padded or row by row, whichever is cheaper. Same bits.");
        Code.Open("internal static void Predict(" + Spans + ", int rows, " + StateType + " state, " + Memory + " arena, ref " + Names.Element + " panels)");
        // Passes before have written outputs when the last one reads its inputs.
        Code.Open("if (rows > 1)");
        for (int i = 0; i < Names.Inputs.Count; i++)
        {
            string input = Names.Inputs[i];
            foreach (string output in Names.Outputs)
                Code.Line(input + " = " + (Schedule.Program.Inputs[i].IsLengths ? input + ".Apart(" + output + ")" : "Overlap.Apart<" + Names.Element + ", " + Names.Element + ">(" + input + ", " + output + ")") + ";");
        }

        Code.Close();
        Code.Line("int row = 0;");
        if (Schedule.Batch > 1)
        {
            string batch = CodeWriter.Text(Schedule.Batch);
            Code.Open("while (rows - row >= " + CodeWriter.Text(Schedule.PaddedFrom) + ")");
            Code.Line("int count = global::System.Math.Min(" + batch + ", rows - row);");
            if (Schedule.PredictBatch.Request.HasRowRange)
            {
                string grain = CodeWriter.Text(Schedule.PredictBatch.Request.RowGrain);
                Code.Line("if (count > " + grain + " && count < " + batch + " && count % " + grain + " < " + CodeWriter.Text(Schedule.PaddedFrom) + ")");
                Code.Indent();
                Code.Line("count -= count % " + grain + ";");
                Code.Unindent();
            }

            Code.Line("Chunk" + batch + "(" + SpanArguments + ", rows, row, count, state, arena, ref panels);");
            Code.Line("row += count;");
            Code.Close();
        }

        Code.Line("for (; row < rows; row++)");
        Code.Indent();
        Code.Line("Chunk1(" + SpanArguments + ", rows, row, 1, state, arena, ref panels);");
        Code.Unindent();
        Code.Close();
        Code.Line();
    }

    private void Chunk(Plan plan, string name)
    {
        Code.Line("// Rows [row, row + count) of rows, in one pass over " + CodeWriter.Text(plan.Rows) + ".");
        bool isStep = name.StartsWith("Step", System.StringComparison.Ordinal);
        string state = plan.Request.Purpose.RunsInState ? "" : StateType + " state, ";
        if (plan.Request.Purpose.RunsInState)
            Code.Line(KernelPrinter.Inlined);
        Code.Open("internal static void " + name + "(" + (isStep ? StepSpans : Spans) + ", int rows, int row, int count, " + state + (plan.Counters.Count > 0 ? "ulong step, " : "") + Memory + " memory, ref " + Names.Element + " panels)");
        foreach (StepCounter counter in plan.Counters)
            Code.Line("int " + counter.Name + " = (int)(step % " + CodeWriter.Text(counter.Period) + ");");
        Code.Line(Names.Writable + " arena = memory.Span;");
        Code.Line("ref " + Names.Element + " origin = ref memory.Origin;");
        List<string> references = new();
        IReadOnlyList<string> names = isStep ? Names.DataInputs : Names.Inputs;
        for (int i = 0; i < plan.Border.Inputs.Count; i++)
        {
            Binding input = plan.Border.Inputs[i];
            string copy = CopyIn(names[i], input, plan, "rows", "row", "count", repeats: true);
            if (!input.IsDirect)
            {
                Code.Line(copy);
                continue;
            }

            string local = Local("input", i);
            references.Add("ref " + local);
            bool needsAllRows = Schedule.IsTimeMajor && input.Sequence.Steps > 1;
            string caller = "ref Unsafe.Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(" + names[i] + "), row * " + CodeWriter.Text(needsAllRows ? 0 : ConstantsPrinter.LengthOf(input.Sequence)) + ");";
            if (plan.Rows == 1 && !needsAllRows)
            {
                Code.Line("ref " + Names.Element + " " + local + " = " + caller);
                continue;
            }

            Code.Line("ref " + Names.Element + " " + local + " = ref Unsafe.Add(ref origin, " + CodeWriter.Text(plan.Arena.OffsetOf(input.Site.Buffer)) + ");");
            // Kernels read whole batches where the caller holds them; rows that need padding or other strides are copied.
            Code.Open("if (" + IsWhole(plan, needsAllRows) + ")");
            Code.Line(local + " = " + caller);
            Code.Close();
            Code.Open("else");
            Code.Line(copy);
            Code.Close();
        }

        for (int i = 0; i < plan.Border.Outputs.Count; i++)
        {
            if (plan.Border.Outputs[i].IsDirect)
                references.Add("ref " + OutputRows(plan, plan.Border.Outputs[i], i));
        }

        if (!plan.Request.Purpose.RunsInState)
            StatesIn(plan);
        Code.Line(plan.Forward.Name + "(" + string.Join(", ", references.Concat(new[] { "ref origin", "ref panels" }).Concat(Range(plan, "0", Padded(plan, "count"))).Concat(plan.Counters.Select(c => c.Name))) + ");");
        for (int i = 0; i < plan.Border.Outputs.Count; i++)
        {
            if (plan.Border.Outputs[i].IsDirect)
                Code.Open("if (!" + IsStored(i) + ")");
            Code.Line(plan.Rows == 1 && plan.Border.Outputs[i].IsOneVector ? CopyVector(plan, plan.Border.Outputs[i], Names.Outputs[i]) : CopyOut(plan, plan.Border.Outputs[i], Names.Outputs[i], "rows", "row", "count"));
            if (plan.Border.Outputs[i].IsDirect)
                Code.Close();
        }

        if (!plan.Request.Purpose.RunsInState)
            StatesOut(plan);
        Code.Close();
        Code.Line();
    }

    /// <summary>Whether the caller's memory holds all rows that a pass runs, at the distances that its kernels know.</summary>
    private static string IsWhole(Plan plan, bool dependsOnRows) => dependsOnRows ? "rows == " + CodeWriter.Text(plan.Rows) : "count == " + Padded(plan, "count");

    /// <summary>A variable for a whole input or output: called otherwise where an input has its name.</summary>
    private string Local(string name, int index)
    {
        string local = name + CodeWriter.Text(index);
        while (Names.Inputs.Contains(local))
            local += "Row";
        return local;
    }

    private string IsStored(int output) => Local("isStored", output);

    /// <summary>A reference to the rows of an output that kernels store themselves. Rows that do not fill a pass, or that lie over an input, are stored apart and copied at the end.</summary>
    private string OutputRows(Plan plan, Binding output, int index)
    {
        string local = Local("output", index), span = Names.Outputs[index];
        string first = Schedule.IsTimeMajor ? "0" : "row * " + CodeWriter.Text(ConstantsPrinter.LengthOf(output.Sequence));
        IEnumerable<string> apart = Names.DataInputs.Select(i => "!global::System.MemoryExtensions.Overlaps<" + Names.Element + ">(" + i + ", " + span + ")").Prepend(IsWhole(plan, Schedule.IsTimeMajor));
        Code.Line("bool " + IsStored(index) + " = " + string.Join(" && ", apart) + ";");
        Code.Line("ref " + Names.Element + " " + local + " = ref Unsafe.Add(ref origin, " + Offset(plan, output.Site) + ");");
        Code.Line("if (" + IsStored(index) + ")");
        Code.Indent();
        Code.Line(local + " = ref Unsafe.Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(" + span + "), " + first + ");");
        Code.Unindent();
        return local;
    }
}
