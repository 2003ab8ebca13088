using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;

namespace GenRnn.Compiler.CSharp.Members;

/// <summary>A part of the class's members. What all parts share: parameter lists, checks of arguments, docs of parameters.</summary>
internal abstract class MemberGroup
{
    protected MemberGroup(CodeWriter code, ModelNames names, Schedule schedule)
    {
        Code = code;
        Names = names;
        Schedule = schedule;
    }

    protected CodeWriter Code { get; }

    protected ModelNames Names { get; }

    protected Schedule Schedule { get; }

    protected string Element => Names.Element;

    /// <summary>The file's class of kernels.</summary>
    protected string Kernels => "global::GenRnn.Generated." + Names.Kernels;

    protected bool IsPlain => Names.Inputs.Count == 1 && Names.Outputs.Count == 1;

    protected string PublicInputs => string.Join(", ", Names.Inputs.Select((name, i) =>
        (Schedule.Program.Inputs[i].IsLengths ? "global::System.ReadOnlySpan<int>" : Names.ReadOnly) + " " + name));

    protected string Inputs => Names.TypedInputs;

    protected string StepInputs => string.Join(", ", Names.DataInputs.Select(i => Names.ReadOnly + " " + i));

    protected string Outputs => string.Join(", ", Names.Outputs.Select(o => Names.Writable + " " + o));

    protected string InputArguments => string.Join(", ", Names.Inputs);

    protected string OutputArguments => string.Join(", ", Names.Outputs);

    /// <summary>Where a state's values lie.</summary>
    protected const string StateArena = "global::GenRnn.CompilerServices.StateMemory.Arena(state)";

    /// <summary>Where a workspace's values lie.</summary>
    protected const string WorkspaceArena = "global::GenRnn.CompilerServices.WorkspaceMemory.Arena(workspace)";

    /// <summary>How far the passes in a workspace have come.</summary>
    protected const string Progress = "global::GenRnn.CompilerServices.WorkspaceMemory.Progress(workspace)";

    /// <summary>Values that a row takes in a packed buffer, lengths included.</summary>
    protected string PackedLength => CodeWriter.Text(Schedule.Program.Inputs.Sum(ConstantsPrinter.LengthOf));

    protected string OutputLengths => string.Join(", ", Names.Outputs.Select(o => o + ".Length"));

    protected static string Length(string parameter) => parameter.TrimStart('@') + "Length";

    /// <summary>Ids are checked before anything changes: a kernel reads where they say.</summary>
    protected IEnumerable<string> IdChecks(bool isStep) => Schedule.Program.Inputs.Select((input, i) => (input, i)).Where(p => p.input.Vocabulary > 0).Select(p =>
        "global::GenRnn.CompilerServices.Check.Ids(" + Names.Inputs[p.i] + ", rows, " + CodeWriter.Text(p.input.Vocabulary) + ", "
        + (Schedule.IsTimeMajor ? "true" : "false") + ", nameof(" + Names.Inputs[p.i] + ")" + (isStep || LengthsBehind(p.i) is not { } lengths ? "" : ", " + lengths) + ");");

    protected string CheckIds() => string.Concat(IdChecks(isStep: false).Select(check => "\n    " + check));

    private string? LengthsBehind(int input) =>
        input + 1 < Names.Inputs.Count && Schedule.Program.Inputs[input + 1].IsLengths ? Names.Inputs[input + 1] : null;

    /// <summary>Checks of lengths, each a line.</summary>
    protected string LengthChecks => string.Concat(Names.Inputs.Select((_, i) => i).Where(i => Schedule.Program.Inputs[i].IsLengths).Select(i => "    " + LengthCheck(i) + "\n"));

    private string LengthCheck(int input) => "global::GenRnn.CompilerServices.Check.Lengths(" + Names.Inputs[input] + ", rows, "
        + CodeWriter.Text(Schedule.Program.Inputs[input - 1].Steps) + ", \"" + Names.Inputs[input].TrimStart('@') + "\");";

    protected void CheckInput(int input)
    {
        if (Schedule.Program.Inputs[input].IsLengths)
            Code.Line(LengthCheck(input));
        else
            CheckLength(Names.Inputs[input] + ".Length", ConstantsPrinter.LengthOf(Schedule.Program.Inputs[input]), Names.Inputs[input]);
    }

    protected void CheckLength(string found, int perRow, string parameter) =>
        Code.Line("global::GenRnn.CompilerServices.Check.Length(" + found + ", rows, " + CodeWriter.Text(perRow) + ", \"" + parameter.TrimStart('@') + "\");");

    protected void CheckStepLength(string found, int perRow, string parameter) =>
        Code.Line("global::GenRnn.CompilerServices.Check.StepLength(" + found + ", rows, " + CodeWriter.Text(perRow) + ", \"" + parameter.TrimStart('@') + "\");");

    /// <summary>No two of these spans share memory.</summary>
    protected IEnumerable<string> ApartChecks(IReadOnlyList<string> spans) => spans.SelectMany((second, i) => spans.Take(i).Select(first =>
        "global::GenRnn.CompilerServices.Overlap.RefuseOutputs<" + Element + ">(" + first + ", " + second + ", " + Quoted(first) + ", " + Quoted(second) + ");"));

    /// <summary>None of these spans lies in the memory of a workspace or state.</summary>
    protected IEnumerable<string> OutsideChecks(IEnumerable<string> spans, string memory) => spans.Select(span =>
        "global::GenRnn.CompilerServices.Overlap.RefuseMemory<" + Element + ">(" + span + ", " + memory + ", " + Quoted(span) + ");");

    /// <summary>Statements of a body, each a line.</summary>
    protected static string Block(IEnumerable<string> statements) => string.Concat(statements.Select(statement => "    " + statement + "\n"));

    /// <summary>From here to the end of its block a call uses a workspace, a state or both.</summary>
    protected string Use(string workspace, string state) => "using global::GenRnn.CompilerServices.PassUse<" + Element + "> inUse = new(" + workspace + ", " + state + ");";

    private static string Quoted(string parameter) => "\"" + parameter.TrimStart('@') + "\"";

    protected string SpanDocs(bool Inputs, bool Outputs)
    {
        IEnumerable<string> lines = Names.Inputs.Select((name, i) => Doc(name, Schedule.Program.Inputs[i]))
            .Concat(Names.Outputs.Select((name, i) => Doc(name, Schedule.Program.Outputs[i])));
        return string.Join("\n", lines);
    }

    protected string StepDocs(Program step) => string.Join("\n", Names.DataInputs.Select((name, i) => (name, step.Inputs[i].Width))
        .Concat(Names.Outputs.Select((name, i) => (name, step.Outputs[i].Width)))
        .Select(p => "/// <param name=\"" + p.name.TrimStart('@') + "\">[rows, " + CodeWriter.Text(p.Width) + "].</param>"));

    private string Doc(string name, Sequence sequence)
    {
        if (sequence.IsLengths)
            return "/// <param name=\"" + name.TrimStart('@') + "\">Number of time steps of each row, from 1: what stands behind is not read. [rows].</param>";
        string shape = sequence.IsVector ? "[rows, " + CodeWriter.Text(sequence.Width) + "]"
            : Schedule.IsTimeMajor ? "[" + CodeWriter.Text(sequence.Steps) + ", rows, " + CodeWriter.Text(sequence.Width) + "]"
            : "[rows, " + CodeWriter.Text(sequence.Steps) + ", " + CodeWriter.Text(sequence.Width) + "]";
        return "/// <param name=\"" + name.TrimStart('@') + "\">" + shape + ".</param>";
    }
}
