using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;

namespace GenRnn.Compiler.CSharp.Members;

/// <summary>Prints Forward and Backward: checks in front, then a call of the file's passes.</summary>
internal sealed class TrainingMembers : MemberGroup
{
    public TrainingMembers(CodeWriter code, ModelNames names, Schedule schedule)
        : base(code, names, schedule)
    {
    }

    public void Print()
    {
        Training();
        if (Schedule.Training.Border.Statistics.Count > 0)
            Statistics();
    }

    private void Training()
    {
        string gradients = string.Join(", ", Names.Outputs.Select(o => Names.ReadOnly + " " + o + "Gradient"));
        string inputGradients = string.Join(", ", Names.Inputs.Select(i => Names.Writable + " " + i + "Gradient"));
        string gradientArguments = string.Join(", ", Names.Outputs.Select(o => o + "Gradient"));
        string inputGradientArguments = string.Join(", ", Names.Inputs.Select(i => i + "Gradient"));
        string publicInputGradients = string.Join(", ", Names.DataInputs.Select(i => Names.Writable + " " + i + "Gradient"));
        // Lengths have no gradient.
        string publicInputGradientArguments = string.Join(", ", Names.Inputs.Select(i => Names.DataInputs.Contains(i) ? i + "Gradient" : "default"));
        string wantsInputGradient = string.Join(" || ", Names.Inputs.Select(i => i + "Gradient.Length > 0"));
        CodeWriter backward = new();
        backward.Indent();
        new KernelPrinter(backward, Names).PrintInMember(Schedule.Passes.RunBackward, "");
        Code.Lines(
$$"""
/// <summary>Forward pass of 1 to {{Schedule.Batch}} rows that keeps what <see cref="Backward"/> needs.</summary>
{{SpanDocs(Inputs: true, Outputs: true)}}
/// <param name="workspace">Where it is kept.</param>
/// <param name="training">Whether layers that differ in training do so, as dropout does.</param>
public void Forward({{PublicInputs}}, {{Outputs}}, Workspace workspace, bool training = true) => ForwardFrom({{InputArguments}}, {{OutputArguments}}, null, workspace, training);

/// <summary>Forward pass that starts from <paramref name="state"/> and leaves the final states in it; no gradient crosses calls.</summary>
public void Forward({{PublicInputs}}, {{Outputs}}, State state, Workspace workspace, bool training = true)
{
    global::System.ArgumentNullException.ThrowIfNull(state);
    ForwardFrom({{InputArguments}}, {{OutputArguments}}, state, workspace, training);
}

private void ForwardFrom({{Inputs}}, {{Outputs}}, global::GenRnn.ModelState<{{Element}}>? state, global::GenRnn.ModelWorkspace<{{Element}}> workspace, bool training)
{
    CheckRows({{InputArguments}}, {{OutputLengths}});
    int rows = CheckForward({{InputArguments}}, state, workspace);
    CheckResults({{OutputArguments}}, state, workspace);
    {{Use("workspace", "state")}}
    global::GenRnn.CompilerServices.WorkspaceMemory.Begin(workspace, rows, training);
    {{Kernels}}.BeginForward({{InputArguments}}, rows, state, workspace, training);
    {{Kernels}}.ForwardRows(workspace, ref _core.Panels, 0, Batch);
    {{Kernels}}.EndForward({{OutputArguments}}, state, workspace);
    {{Progress}}.EndForward();
}

private static int CheckForward({{Inputs}}, global::GenRnn.ModelState<{{Element}}>? state, global::GenRnn.ModelWorkspace<{{Element}}> workspace)
{
    int rows = global::GenRnn.CompilerServices.Check.Rows({{Names.Inputs[0]}}.Length, {{ConstantsPrinter.LengthOf(Schedule.Program.Inputs[0])}}, nameof({{Names.Inputs[0]}}));
    global::GenRnn.CompilerServices.Check.RowsAtMost(rows, Batch, nameof({{Names.Inputs[0]}}));
{{LengthChecks}}    CheckWorkspace(workspace);
    CheckState(state, rows);
{{Block(OutsideChecks(Names.DataInputs, WorkspaceArena))}}{{CheckIds()}}
    return rows;
}

private static void CheckWorkspace(global::GenRnn.ModelWorkspace<{{Element}}> workspace)
{
    global::System.ArgumentNullException.ThrowIfNull(workspace);
    global::GenRnn.CompilerServices.Check.MadeBy<Workspace>(workspace, workspace.Info, Info, nameof(workspace));
}

private static void CheckState(global::GenRnn.ModelState<{{Element}}>? state, int rows)
{
    if (state is null)
        return;
    global::GenRnn.CompilerServices.Check.MadeBy<State>(state, state.Info, Info, nameof(state));
    global::GenRnn.CompilerServices.Check.StateRows(state.Rows, rows, nameof(state));
    // A pass runs a whole batch, so only a state of that layout fits.
    global::GenRnn.CompilerServices.Check.StateRows(state.Rows, Batch, nameof(state));
}

/// <summary>A pass writes its outputs one after the other, in front of the final states.</summary>
private static void CheckResults({{Outputs}}, global::GenRnn.ModelState<{{Element}}>? state, global::GenRnn.ModelWorkspace<{{Element}}> workspace)
{
{{Block(ApartChecks(Names.Outputs))}}{{Block(OutsideChecks(Names.Outputs, WorkspaceArena))}}    if (state is null)
        return;
{{Block(OutsideChecks(Names.Outputs, StateArena))}}}

private void BeginForward({{Inputs}}, global::GenRnn.ModelState<{{Element}}>? state, global::GenRnn.ModelWorkspace<{{Element}}> workspace, bool training)
{
    int rows = CheckForward({{InputArguments}}, state, workspace);
    {{Use("workspace", "state")}}
    global::GenRnn.CompilerServices.WorkspaceMemory.Begin(workspace, rows, training);
    {{Kernels}}.BeginForward({{InputArguments}}, rows, state, workspace, training);
}

/// <summary>Differentiates the workspace's last forward pass, once; overwrites its gradients with sums over rows. An empty input gradient is skipped.</summary>
public void Backward({{gradients}}, {{publicInputGradients}}, Workspace workspace) => BackwardInto({{gradientArguments}}, {{publicInputGradientArguments}}, workspace);

private void BackwardInto({{gradients}}, {{inputGradients}}, global::GenRnn.ModelWorkspace<{{Element}}> workspace)
{
    CheckGradients({{gradientArguments}}, workspace);
    CheckInputGradients({{inputGradientArguments}}, workspace);
    {{Use("workspace", "null")}}
    {{Progress}}.BeginBackward({{wantsInputGradient}});
    {{Kernels}}.BeginBackward({{gradientArguments}}, workspace);
{{backward}}    {{Kernels}}.EndBackward({{inputGradientArguments}}, workspace);
    {{Progress}}.EndBackward();
}

private void BeginBackward({{gradients}}, global::GenRnn.ModelWorkspace<{{Element}}> workspace, bool inputGradient)
{
    CheckGradients({{gradientArguments}}, workspace);
    {{Use("workspace", "null")}}
    {{Progress}}.BeginBackward(inputGradient);
    {{Kernels}}.BeginBackward({{gradientArguments}}, workspace);
}

private static void CheckGradients({{gradients}}, global::GenRnn.ModelWorkspace<{{Element}}> workspace)
{
    CheckWorkspace(workspace);
    {{Progress}}.RequireForward();
    int rows = workspace.Rows;
""");
        Code.Indent();
        for (int i = 0; i < Names.Outputs.Count; i++)
            CheckLength(Names.Outputs[i] + "Gradient.Length", ConstantsPrinter.LengthOf(Schedule.Program.Outputs[i]), Names.Outputs[i] + "Gradient");
        foreach (string check in OutsideChecks(Names.Outputs.Select(o => o + "Gradient"), WorkspaceArena))
            Code.Line(check);
        Code.Unindent();
        Code.Line("}");
        Code.Line();
        Code.Open("private static void CheckInputGradients(" + inputGradients + ", global::GenRnn.ModelWorkspace<" + Element + "> workspace)");
        Code.Line("int rows = workspace.Rows;");
        for (int i = 0; i < Names.Inputs.Count; i++)
        {
            Code.Line("if (" + Names.Inputs[i] + "Gradient.Length > 0)");
            Code.Indent();
            CheckLength(Names.Inputs[i] + "Gradient.Length", ConstantsPrinter.LengthOf(Schedule.Program.Inputs[i]), Names.Inputs[i] + "Gradient");
            Code.Unindent();
        }

        string[] written = Names.DataInputs.Select(i => i + "Gradient").ToArray();
        foreach (string check in ApartChecks(written).Concat(OutsideChecks(written, WorkspaceArena)).Concat(OutsideChecks(written, "workspace.Gradients")))
            Code.Line(check);
        Code.Close();
        Code.Line();
    }

    private void Statistics() => Code.Lines(
$$"""
/// <summary>Moves the moving statistics towards those of the workspace's last forward pass: part of a training step, inside <see cref="UpdateParameters"/>.</summary>
/// <param name="workspace">It ran a forward pass of training.</param>
/// <param name="parameters">All parameters.</param>
public void UpdateStatistics(global::GenRnn.ModelWorkspace<{{Element}}> workspace, {{Names.Writable}} parameters)
{
    CheckWorkspace(workspace);
    {{Progress}}.RequireOutputs();
    global::GenRnn.CompilerServices.Check.Length(parameters.Length, ParameterCount, nameof(parameters));
{{Block(OutsideChecks(new[] { "parameters" }, WorkspaceArena))}}    {{Use("workspace", "null")}}
    {{Kernels}}.UpdateStatistics(workspace, parameters);
}

""");
}
