using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;

namespace GenRnn.Compiler.CSharp.Members;

/// <summary>Prints what the trainer calls: the members of IModel, with inputs and outputs packed where there are several.</summary>
internal sealed class InterfaceMembers : MemberGroup
{
    public InterfaceMembers(CodeWriter code, ModelNames names, Schedule schedule)
        : base(code, names, schedule)
    {
    }

    public void Print()
    {
        if (!IsPlain)
            Packed();
        Explicit();
        if (Schedule.Streams)
            Step();
    }

    /// <summary>Models with several inputs or outputs also take them packed: item after item, each rows x its length.</summary>
    private void Packed()
    {
        string cutInputs = string.Join(", ", Cut("inputs", Schedule.Program.Inputs));
        string cutOutputs = string.Join(", ", Cut("outputs", Schedule.Program.Outputs));
        Code.Lines(
$$"""
/// <summary>Inference with packed inputs and outputs: item after item, each rows x its length.</summary>
public void Predict({{Names.ReadOnly}} inputs, {{Names.Writable}} outputs)
{
    int rows = CheckPacked(inputs, outputs.Length);
    Run({{cutInputs}}, {{cutOutputs}}, null);
}

private static int CheckPacked({{Names.ReadOnly}} inputs, int outputs)
{
    int rows = {{PackedRows}};
    global::GenRnn.CompilerServices.Check.Length(outputs, rows, OutputLength, nameof(outputs));
    return rows;
}

""");
    }

    /// <summary>The interface's members that are not public ones already.</summary>
    private void Explicit()
    {
        Program program = Schedule.Program;
        string model = "global::GenRnn.IModel<" + Element + ">";
        string pieces = "global::GenRnn.CompilerServices.IParallelPasses<" + Element + ">";
        string workspace = "global::GenRnn.ModelWorkspace<" + Element + ">";
        string state = "global::GenRnn.ModelState<" + Element + ">";
        string inputs = IsPlain ? "inputs" : string.Join(", ", Cut("inputs", program.Inputs));
        string outputs = IsPlain ? "outputs" : string.Join(", ", Cut("outputs", program.Outputs));
        string outputGradients = IsPlain ? "outputGradients" : string.Join(", ", Cut("outputGradients", program.Outputs));
        string inputGradients = IsPlain ? "inputGradients" : string.Join(", ", CutOrEmpty("inputGradients", program.Inputs));
        string rowsOfInputs = IsPlain ? "" : "    int rows = " + PackedRows + ";\n";
        string checkedRows = IsPlain ? "" : "    int rows = CheckPacked(inputs, outputs.Length);\n";
        string gradientsOfPass = IsPlain ? "" : "    int rows = workspace.Rows;\n    global::GenRnn.CompilerServices.Check.Length(outputGradients.Length, rows, OutputLength, nameof(outputGradients));\n";
        string checkGradients = "    if (inputGradients.Length > 0)\n        global::GenRnn.CompilerServices.Check.Length(inputGradients.Length, workspace.Rows, " + PackedLength + ", nameof(inputGradients));\n";
        Code.Lines(
$$"""
global::GenRnn.ModelInfo {{model}}.Info => Info;

global::GenRnn.Scaling? {{model}}.Scaling { get => _core.Scaling; set => _core.Scaling = value; }

{{workspace}} {{model}}.CreateWorkspace() => CreateWorkspace();

{{state}} {{model}}.CreateState(int rows) => CreateState(rows);

void {{model}}.Predict({{Names.ReadOnly}} inputs, {{Names.Writable}} outputs, {{state}} state)
{
{{checkedRows}}    global::System.ArgumentNullException.ThrowIfNull(state);
    global::GenRnn.CompilerServices.Check.MadeBy<State>(state, state.Info, Info, nameof(state));
{{Block(OutsideChecks(new[] { "outputs" }, StateArena))}}    Run({{inputs}}, {{outputs}}, state);
}

void {{model}}.Forward({{Names.ReadOnly}} inputs, {{Names.Writable}} outputs, {{state}}? state, {{workspace}} workspace, bool training)
{
{{checkedRows}}    ForwardFrom({{inputs}}, {{outputs}}, state, workspace, training);
}

void {{model}}.Backward({{Names.ReadOnly}} outputGradients, {{Names.Writable}} inputGradients, {{workspace}} workspace)
{
    CheckWorkspace(workspace);
    {{Progress}}.RequireForward();
{{gradientsOfPass}}{{checkGradients}}    BackwardInto({{outputGradients}}, {{inputGradients}}, workspace);
}

void {{pieces}}.BeginForward({{Names.ReadOnly}} inputs, {{state}}? state, {{workspace}} workspace, bool training)
{
{{rowsOfInputs}}    BeginForward({{inputs}}, state, workspace, training);
}

void {{pieces}}.ForwardRows({{workspace}} workspace, int first, int count)
{
    CheckWorkspace(workspace);
    {{Progress}}.TakeForwardRows(first, count);
    {{Kernels}}.ForwardRows(workspace, ref _core.Panels, first, count);
}

void {{pieces}}.EndForward({{Names.Writable}} outputs, {{state}}? state, {{workspace}} workspace)
{
    CheckWorkspace(workspace);
    {{Progress}}.RequireForwardRows();
    int rows = workspace.Rows;
    global::GenRnn.CompilerServices.Check.Length(outputs.Length, rows, OutputLength, nameof(outputs));
    CheckState(state, rows);
    CheckResults({{outputs}}, state, workspace);
    {{Use("workspace", "state")}}
    {{Kernels}}.EndForward({{outputs}}, state, workspace);
    {{Progress}}.EndForward();
}

void {{pieces}}.BeginBackward({{Names.ReadOnly}} outputGradients, {{workspace}} workspace, bool inputGradient)
{
    CheckWorkspace(workspace);
    {{Progress}}.RequireForward();
{{gradientsOfPass}}    BeginBackward({{outputGradients}}, workspace, inputGradient);
}

void {{pieces}}.BackwardRows({{workspace}} workspace, int first, int count)
{
    CheckWorkspace(workspace);
    {{Progress}}.TakeBackwardRows(first, count);
    {{Kernels}}.BackwardRows(workspace, ref _core.Panels, first, count, {{Progress}}.WantsInputGradient);
}

void {{pieces}}.ParameterGradients({{workspace}} workspace, int part, int parts)
{
    CheckWorkspace(workspace);
    {{Progress}}.TakePart(part, parts);
    {{Kernels}}.ParameterGradients(workspace, part, parts);
}

void {{pieces}}.EndBackward({{Names.Writable}} inputGradients, {{workspace}} workspace)
{
    CheckWorkspace(workspace);
    {{Progress}}.RequireParts();
    int rows = workspace.Rows;
{{checkGradients}}    global::GenRnn.CompilerServices.Check.InputGradientWanted(inputGradients.Length, {{Progress}}.WantsInputGradient, nameof(inputGradients));
    CheckInputGradients({{inputGradients}}, workspace);
    {{Use("workspace", "null")}}
    {{Kernels}}.EndBackward({{inputGradients}}, workspace);
    {{Progress}}.EndBackward();
}

""");
    }

    /// <summary>The step of any streaming model: inputs and outputs are packed, and the state is any that the class made.</summary>
    private void Step()
    {
        string model = "global::GenRnn.IStreamingModel<" + Element + ">";
        Program step = Schedule.StepRow?.Program ?? Schedule.Program;
        int inputLength = step.Inputs.Sum(ConstantsPrinter.LengthOf), outputLength = step.Outputs.Sum(ConstantsPrinter.LengthOf);
        string inputs = IsPlain ? "inputs" : string.Join(", ", Cut("inputs", step.Inputs));
        string outputs = IsPlain ? "outputs" : string.Join(", ", Cut("outputs", step.Outputs));
        Code.Line("int " + model + ".StepInputLength => " + CodeWriter.Text(inputLength) + ";");
        Code.Line();
        Code.Line("int " + model + ".StepOutputLength => " + CodeWriter.Text(outputLength) + ";");
        Code.Line();
        Code.Open("void " + model + ".Step(" + Names.ReadOnly + " inputs, " + Names.Writable + " outputs, global::GenRnn.ModelState<" + Element + "> state)");
        Code.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
        Code.Line("global::GenRnn.CompilerServices.Check.MadeBy<State>(state, state.Info, Info, nameof(state));");
        if (!IsPlain)
        {
            Code.Line("int rows = state.Rows;");
            CheckStepLength("inputs.Length", inputLength, "inputs");
            CheckStepLength("outputs.Length", outputLength, "outputs");
        }

        Code.Line("Step(" + inputs + ", " + outputs + ", (State)state);");
        Code.Close();
        Code.Line();
    }

    private string PackedRows => Schedule.Program.Inputs.Count(i => i.IsLengths) is var lengths and > 0
        ? "global::GenRnn.CompilerServices.Check.PackedRows(inputs.Length, " + PackedLength + ", " + CodeWriter.Text(lengths) + ", nameof(inputs))"
        : "global::GenRnn.CompilerServices.Check.Rows(inputs.Length, " + PackedLength + ", nameof(inputs))";

    private static IEnumerable<string> Cut(string buffer, IReadOnlyList<Sequence> sequences)
    {
        int start = 0;
        foreach (Sequence sequence in sequences)
        {
            int length = ConstantsPrinter.LengthOf(sequence);
            yield return buffer + ".Slice(rows * " + CodeWriter.Text(start) + ", rows * " + CodeWriter.Text(length) + ")";
            start += length;
        }
    }

    private static IEnumerable<string> CutOrEmpty(string buffer, IReadOnlyList<Sequence> sequences) =>
        Cut(buffer, sequences).Select(cut => buffer + ".IsEmpty ? default : " + cut);
}
