using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;

namespace GenRnn.Compiler.CSharp.Members;

/// <summary>Prints Predict and Step: checks in front, then a call of the file's passes.</summary>
internal sealed class InferenceMembers : MemberGroup
{
    public InferenceMembers(CodeWriter code, ModelNames names, Schedule schedule)
        : base(code, names, schedule)
    {
    }

    public void Print()
    {
        Predict();
        if (Schedule.StepRow is not null)
            Step();
        if (Schedule.Identity.IsStepped)
            SteppedCell();
    }

    private void Predict()
    {
        Code.Lines(
$$"""
/// <summary>Inference on any number of rows from 1. Thread-safe; allocates nothing once as many calls have overlapped as ever do. An input may lie under an output, which from the second pass on costs a copy.</summary>
{{SpanDocs(Inputs: true, Outputs: true)}}
public void Predict({{PublicInputs}}, {{Outputs}}) => Run({{InputArguments}}, {{OutputArguments}}, null);

/// <summary>Inference in the memory of a workspace of one's own.</summary>
public void Predict({{PublicInputs}}, {{Outputs}}, Workspace workspace)
{
    int rows = CheckRows({{InputArguments}}, {{OutputLengths}});
{{Block(ApartChecks(Names.Outputs))}}    global::System.ArgumentNullException.ThrowIfNull(workspace);
{{Block(OutsideChecks(Names.DataInputs.Concat(Names.Outputs), WorkspaceArena))}}{{CheckIds()}}
    {{Use("workspace", "null")}}
    // What the last Forward kept is overwritten.
    {{Progress}}.Discard();
    {{Kernels}}.Predict({{InputArguments}}, {{OutputArguments}}, rows, null, {{WorkspaceArena}}, ref _core.Panels);
}

/// <summary>Inference that starts from <paramref name="state"/> and leaves the final states in it; as many rows as the state has.</summary>
public void Predict({{PublicInputs}}, {{Outputs}}, State state)
{
    global::System.ArgumentNullException.ThrowIfNull(state);
{{Block(OutsideChecks(Names.Outputs, StateArena))}}    Run({{InputArguments}}, {{OutputArguments}}, state);
}

private void Run({{Inputs}}, {{Outputs}}, global::GenRnn.ModelState<{{Element}}>? state)
{
    int rows = CheckRows({{InputArguments}}, {{OutputLengths}});
{{Block(ApartChecks(Names.Outputs))}}    if (state is not null)
        global::GenRnn.CompilerServices.Check.StateRows(state.Rows, rows, nameof(state));{{CheckIds()}}
    {{Use("null", "state")}}
    var arena = _core.RentArena();
""");
        Code.Indent();
        new KernelPrinter(Code, Names).PrintInMember(Schedule.Passes.Run, "arena");
        Code.Line("_core.ReturnArena(arena);");
        Code.Unindent();
        Code.Line("}");
        Code.Line();
        string outputLengths = string.Join(", ", Names.Outputs.Select(o => "int " + Length(o)));
        Code.Open("private static int CheckRows(" + Inputs + ", " + outputLengths + ")");
        Program program = Schedule.Program;
        Code.Line("int rows = global::GenRnn.CompilerServices.Check.Rows(" + Names.Inputs[0] + ".Length, " + CodeWriter.Text(ConstantsPrinter.LengthOf(program.Inputs[0])) + ", nameof(" + Names.Inputs[0] + "));");
        for (int i = 1; i < Names.Inputs.Count; i++)
            CheckInput(i);
        for (int i = 0; i < Names.Outputs.Count; i++)
            CheckLength(Length(Names.Outputs[i]), ConstantsPrinter.LengthOf(program.Outputs[i]), Names.Outputs[i]);
        Code.Line("return rows;");
        Code.Close();
        Code.Line();
    }

    private void Step()
    {
        Code.Lines(
$$"""
/// <summary>One time step of inference; equals Forward on the sequence so far, bit for bit.</summary>
{{StepDocs(Schedule.StepRow!.Program)}}
/// <param name="state">What is carried; updated. It says how many rows there are.</param>
{{KernelPrinter.CompiledAtOnce}}
public void Step({{StepInputs}}, {{Outputs}}, State state)
{
    global::System.ArgumentNullException.ThrowIfNull(state);
    int rows = state.Rows;
""");
        Code.Indent();
        Program step = Schedule.StepRow.Program;
        for (int i = 0; i < step.Inputs.Count; i++)
            CheckStepLength(Names.DataInputs[i] + ".Length", ConstantsPrinter.LengthOf(step.Inputs[i]), Names.DataInputs[i]);
        for (int i = 0; i < Names.Outputs.Count; i++)
            CheckStepLength(Names.Outputs[i] + ".Length", ConstantsPrinter.LengthOf(step.Outputs[i]), Names.Outputs[i]);
        foreach (string check in IdChecks(isStep: true).Concat(ApartChecks(Names.Outputs)).Concat(OutsideChecks(Names.DataInputs.Concat(Names.Outputs), StateArena)))
            Code.Line(check);
        Code.Line("// Nothing throws from here on.");
        Code.Line("global::GenRnn.CompilerServices.StateMemory.Enter(state);");
        new KernelPrinter(Code, Names).PrintInMember(Schedule.Passes.RunStep, StateArena);
        Code.Line("global::GenRnn.CompilerServices.StateMemory.Exit(state);");
        Code.Unindent();
        Code.Line("}");
        Code.Line();
    }

    /// <summary>Keras' cell(x, [h]), TensorFlow 1's zero_state: the pass of a single step, whose state is the caller's.</summary>
    private void SteppedCell()
    {
        Program program = Schedule.Program;
        string output = CodeWriter.Text(program.Outputs[0].Width);
        Code.Lines(
$$"""
/// <summary>One step for each row of <paramref name="state"/>.</summary>
/// <param name="input">[rows, {{program.Inputs[0].Width}}].</param>
/// <param name="output">[rows, {{output}}].</param>
/// <param name="state">The states before the step; updated. It says how many rows there are.</param>
public void Step({{Inputs}}, {{Outputs}}, State state)
{
    global::System.ArgumentNullException.ThrowIfNull(state);
{{Block(OutsideChecks(Names.Outputs, StateArena))}}    Run({{InputArguments}}, {{OutputArguments}}, state);
}

/// <summary>A state of zeros for {{Schedule.Batch}} rows.</summary>
public State ZeroState() => new State(Batch);

""");
        if (Schedule.PredictRow.Border.States.FirstOrDefault(s => program.Outputs[0].Name == s.Name) is not { } carried)
            return;
        string name = ConstantsPrinter.Pascal(carried.Name.Substring(carried.Name.LastIndexOf('.') + 1));
        Code.Lines(
$$"""
/// <summary>One step for each row of <paramref name="state"/>. The output is its new {{name}}.</summary>
/// <param name="input">[rows, {{program.Inputs[0].Width}}].</param>
/// <param name="state">The states before the step; updated. It says how many rows there are.</param>
public void Step({{Inputs}}, State state)
{
    global::System.ArgumentNullException.ThrowIfNull(state);
    Run({{InputArguments}}, state.{{name}}, state);
}

""");
    }
}
