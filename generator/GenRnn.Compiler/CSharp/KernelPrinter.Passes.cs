using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.CSharp;

/// <summary>Statements of passes, which know a caller's spans, states and memory by the names of the class's members.</summary>
internal sealed partial class KernelPrinter
{
    /// <summary>The method that says how many rows a pass runs.</summary>
    private const string PaddedRows = "Kernels.PaddedRows";

    /// <summary>What names of the pass that is printed are in C#.</summary>
    private readonly Dictionary<string, string> _spans = new();
    private string _integer = "nint";
    private string _memory = "";

    /// <summary>Prints what passes call to pad rows: those of the batch have it in common.</summary>
    /// <param name="grain">A call's rows are padded to a multiple of this.</param>
    /// <param name="stored">Rows of a whole pass.</param>
    public void PrintPaddedRows(int grain, int stored)
    {
        string text = CodeWriter.Text(grain);
        _code.Line("// Rows of a pass: those of the call, and copies of the first up to a multiple of " + text + ".");
        _code.Line("internal static int PaddedRows(int rows) => global::System.Math.Min((rows + " + CodeWriter.Text(grain - 1) + ") / " + text + " * " + text + ", " + CodeWriter.Text(stored) + ");");
        _code.Line();
    }

    /// <summary>Prints the door to a pass: the one place that asks which vectors the machine has.</summary>
    /// <param name="pass">A pass that members of the class call.</param>
    public void PrintDoor(Kernel pass)
    {
        string parameters = string.Join(", ", Enter(pass.Parameters!));
        string call = "." + pass.Name + "(" + string.Join(", ", pass.Parameters!.Select(p => (p.Kind == PassParameterKind.Panels ? "ref " : "") + NameOf(p))) + ");";
        if (pass.IsStep)
            _code.Line(Inlined);
        _code.Open("internal static void " + pass.Name + "(" + parameters + ")");
        _code.Line("if (LaneChoice.IsWide)");
        _code.Line("    Wide" + call);
        _code.Line("else");
        _code.Line("    Portable" + call);
        _code.Close();
        _code.Line();
    }

    /// <summary>Prints what a member of the class runs.</summary>
    /// <param name="body">Calls of passes.</param>
    /// <param name="memory">The memory that it gives them.</param>
    public void PrintInMember(IEnumerable<Statement> body, string memory)
    {
        _spans.Clear();
        _spans["memory"] = memory;
        _spans["panels"] = "ref _core.Panels";
        _spans["step"] = "global::GenRnn.CompilerServices.StateMemory.NextStep(state)";
        _spans["inputGradient"] = "global::GenRnn.CompilerServices.WorkspaceMemory.Progress(workspace).WantsInputGradient";
        _spans["pass"] = "global::GenRnn.Generated." + _names.Kernels + ".";
        Print(body);
    }

    /// <summary>The parameters of a pass, whose names are known from then on.</summary>
    private IEnumerable<string> Enter(IReadOnlyList<PassParameter> parameters)
    {
        _spans.Clear();
        _integer = "int";
        _spans["arena"] = "arena";
        _spans["gradients"] = "gradients";
        _spans["outputMask"] = "workspace.WritableOutputMask()";
        _spans["penalties"] = "workspace.WritablePenalties()";
        _spans["logits"] = "workspace.WritableLogits()";
        _spans["logitsGradient"] = "workspace.LogitsGradient";
        _spans["panels"] = "ref panels";
        _spans["pass"] = "";
        foreach (PassParameter parameter in parameters)
        {
            switch (parameter.Kind)
            {
                case PassParameterKind.State: _spans[parameter.Name] = "state.Arena().Span"; break;
                case PassParameterKind.Memory:
                    _spans["memory"] = _memory = parameter.Name;
                    break;
                case PassParameterKind.Workspace: _memory = parameter.Name + ".Arena()"; break;
                case PassParameterKind.Panels or PassParameterKind.Step: break;
                default: _spans[parameter.Name] = NameOf(parameter); break;
            }
        }

        return parameters.Select(Declared);
    }

    private string NameOf(PassParameter parameter) => parameter.Kind switch
    {
        PassParameterKind.Input => _names.Inputs[parameter.Item],
        PassParameterKind.Output => _names.Outputs[parameter.Item],
        PassParameterKind.InputGradient => _names.Inputs[parameter.Item] + "Gradient",
        PassParameterKind.OutputGradient => _names.Outputs[parameter.Item] + "Gradient",
        _ => parameter.Name,
    };

    private string Declared(PassParameter parameter) => (parameter.Kind switch
    {
        PassParameterKind.Input => _names.InputTypes[parameter.Item],
        PassParameterKind.OutputGradient => _names.ReadOnly,
        PassParameterKind.Output or PassParameterKind.InputGradient or PassParameterKind.Parameters or PassParameterKind.PackedWeights => _names.Writable,
        PassParameterKind.DenseWeights => _names.ReadOnly,
        PassParameterKind.Number => "int",
        PassParameterKind.Flag => "bool",
        PassParameterKind.State => "ModelState<" + _element + ">?",
        PassParameterKind.Step => "ulong",
        PassParameterKind.Memory => "AlignedBuffer<" + _element + ">",
        PassParameterKind.Panels => "ref " + _element,
        _ => "ModelWorkspace<" + _element + ">",
    }) + " " + NameOf(parameter);

    /// <summary>What a pass is called with: what the caller has of the same kind.</summary>
    private string Call(PassCall call)
    {
        Queue<Index> numbers = new(call.Numbers);
        return _spans["pass"] + call.Pass.Name + "(" + string.Join(", ", call.Pass.Parameters!.Select(p => p.Kind switch
        {
            PassParameterKind.Number => Text(numbers.Dequeue()),
            PassParameterKind.Memory => _spans["memory"],
            PassParameterKind.Panels => _spans["panels"],
            PassParameterKind.Step => _spans["step"],
            PassParameterKind.Flag => _spans[p.Name],
            _ => NameOf(p),
        })) + ");";
    }

    private void PrintOfPass(Statement statement)
    {
        switch (statement)
        {
            case When s: Print(Text(s.Condition), s.Body, s.Otherwise); break;
            case Guard s:
                PrintIndented("if (" + Text(s.Condition) + ")", s.Body);
                if (s.Otherwise is not null)
                    PrintIndented("else", s.Otherwise);
                break;
            case While s:
                _code.Open("while (" + Text(s.Condition) + ")");
                Print(s.Body);
                _code.Close();
                break;
            case GoOn s: PrintIndented("for (; " + s.Variable + " < " + Text(s.To) + "; " + s.Variable + "++)", s.Body); break;
            case PassCall s: _code.Line(Call(s)); break;
            default: _code.Line(Text(statement)); break;
        }
    }

    private void PrintIndented(string header, Statement body)
    {
        _code.Line(header);
        _code.Indent();
        Print(new[] { body });
        _code.Unindent();
    }

    private string Text(Statement statement) => statement switch
    {
        Return => "return;",
        RestartRings => "state.RestartRings();",
        LetSpan s => _names.Writable + " " + s.Name + " = " + (s.Memory == PassMemory.Gradients ? "workspace.Gradients" : _memory + ".Span") + ";",
        LetOrigin s => "ref " + _element + " " + s.Name + " = ref " + _memory + ".Origin;",
        LetCondition s => "bool " + Local(s.Name) + " = " + Text(s.Value) + ";",
        PointInto s => (s.IsNew ? "ref " + _element + " " : "") + Local(s.Name) + " = ref Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(" + _spans[s.Span] + "), " + Text(s.Offset) + ");",
        KeepApart { IsLengths: true } s => _spans[s.Input] + " = " + _spans[s.Input] + ".Apart(" + _spans[s.Output] + ");",
        KeepApart s => _spans[s.Input] + " = Overlap.Apart<" + _element + ", " + _element + ">(" + _spans[s.Input] + ", " + _spans[s.Output] + ");",
        Gather s => "Staging.CopyIn" + (s.Source.Span.Length is null ? "" : "<" + _element + ">") + "(" + Text(s.Source.Span) + ", " + Text(s.Source.SlotStride) + ", " + Text(s.Source.RowStride) + ", "
            + Text(s.Source.First) + ", " + Text(s.Count) + ", " + Text(s.Target) + ", " + Text(s.StoredRows) + ", " + (s.Repeats ? "true" : "false") + ");",
        Scatter s => "Staging.CopyOut<" + _element + ">(" + Text(s.Source) + ", " + Text(s.Target.Span) + ", " + Text(s.Target.SlotStride) + ", " + Text(s.Target.RowStride) + ", " + Text(s.Target.First) + ", " + Text(s.Count) + ");",
        RepeatFirstRow s => "Staging.RepeatFirstRow<" + _element + ">(" + Slice(s.Block.Start) + ", " + Numbers(s.Block.SlotStride, s.Block.LaneStride, s.Block.Steps, s.Block.Width, s.Rows, s.StoredRows) + ");",
        Clear s => Slice(s.Place, s.Count) + ".Clear();" + (s.Note.Length > 0 ? " // " + s.Note : ""),
        ClearSpan s => _spans[s.Reference] + ".Clear();",
        // A copy of one element through spans is a call that takes as long as a small kernel's multiply-adds.
        Copy { Count: ConstantIndex { Value: 1 } } s => At(s.Target) + " = " + At(s.Source) + ";",
        Copy s => Slice(s.Source, s.Count) + ".CopyTo(" + Slice(s.Target) + ");",
        MarkRows s => "Staging.MarkRows(" + Slice(s.Place) + ", " + CodeWriter.Text(s.RowStride) + ", " + Text(s.StoredRows) + ", " + Text(s.Rows) + ");",
        ShareAmongRows s => "Staging.ShareAmongRows(" + Slice(s.Place) + ", " + CodeWriter.Text(s.RowStride) + ", " + Text(s.StoredRows) + ", " + Text(s.Rows) + ");",
        StoreFlag s => At(s.Place) + " = " + s.Flag + " ? 1 : 0;",
        WriteKey s => "VectorRandom.WriteKey(" + Slice(s.Place, s.Elements) + ", workspace, " + Numbers(s.Source.Layer, s.Source.Mask) + ", " + s.Flag + "); // " + s.Note,
        CopyGradient s => "Staging.CopyGradient<" + _element + ">(" + Slice(s.Source) + ", " + Numbers(s.Pitch, s.Rows, s.Columns) + ", " + Slice(s.Target) + ", " + Numbers(s.RowStride, s.ColumnStride) + ", " + (s.Adds ? "true" : "false") + ");",
        PackPanel s => "PanelPacker.Pack(" + Slice(s.Source) + ", " + Numbers(s.KStride, s.LaneStride, s.Count, s.Lanes) + ", " + Slice(s.Target) + ", " + Numbers(s.Row, s.RowCount) + ", "
            + Text(s.BlockLanes) + ", " + Text(s.Granule) + ");",
        Follow s => "Staging.Follow<" + _element + ">(" + Slice(s.Moving, s.Count) + ", " + Slice(s.Batch) + ", " + Literals.Double(s.Momentum) + "); // " + s.Note,
        RequireTraining s => "global::GenRnn.CompilerServices.Check.IsTrainingPass(" + At(s.Flag) + " != 0);",
        _ => throw new InvalidOperationException("No C# for " + statement + "."),
    };

    private string Text(Condition condition) => condition switch
    {
        Compare c => Text(c.Left) + " " + Symbol(c.Comparison) + " " + Text(c.Right),
        AllOf c => string.Join(" && ", c.Conditions.Select(Text)),
        IsSet c => Local(c.Name),
        IsNot c => "!" + Text(c.Condition),
        HasState c => c.IsGiven ? "state is not null" : "state is null",
        HasElements c => _spans[c.Span] + ".Length > 0",
        Overlaps c => "global::System.MemoryExtensions.Overlaps<" + _element + ">(" + _spans[c.First] + ", " + _spans[c.Second] + ")",
        _ => throw new InvalidOperationException("No C# for " + condition + "."),
    };

    private string Text(ArenaBlock block) => Slice(block.Start) + ", " + Numbers(block.SlotStride, block.RowStride, block.LaneStride, block.Steps, block.Width);

    private string Text(Piece piece) => piece.Offset is null ? _spans[piece.Reference] : Slice(new Place(piece.Reference, piece.Offset), piece.Length);

    private string Slice(Place place, Index? count = null) => _spans[place.Reference] + ".Slice(" + Text(place.Offset) + (count is null ? "" : ", " + Text(count)) + ")";

    private string At(Place place) => _spans[place.Reference] + "[" + Text(place.Offset) + "]";

    private static string Numbers(params int[] numbers) => string.Join(", ", numbers.Select(CodeWriter.Text));

    /// <summary>A constant of a driver or pass: called otherwise where an input or output has its name.</summary>
    private string Constant(string name)
    {
        while (_names.Inputs.Concat(_names.Outputs).Any(taken => taken == name || taken + "Gradient" == name))
            name += "_";
        return name;
    }

    /// <summary>A variable of a pass: called otherwise where an input has its name.</summary>
    private string Local(string name)
    {
        while (_integer == "int" && _names.Inputs.Contains(name))
            name += "Row";
        return name;
    }
}
