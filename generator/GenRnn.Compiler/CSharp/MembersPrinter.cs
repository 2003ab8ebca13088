using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;

namespace GenRnn.Compiler.CSharp;

/// <summary>Prints the members of the model class: checks in front, then a call of the file's passes.</summary>
internal sealed class MembersPrinter
{
    private readonly CodeWriter _code;
    private readonly ModelNames _names;
    private readonly Schedule _schedule;
    private readonly string _t;
    private readonly string _kernels;

    public MembersPrinter(CodeWriter code, ModelNames names, Schedule schedule)
    {
        _code = code;
        _names = names;
        _schedule = schedule;
        _t = names.Element;
        _kernels = "global::GenRnn.Generated." + names.Kernels;
    }

    private bool IsPlain => _names.Inputs.Count == 1 && _names.Outputs.Count == 1;

    private string PublicInputs => string.Join(", ", _names.Inputs.Select((name, i) =>
        (_schedule.Program.Inputs[i].IsLengths ? "global::System.ReadOnlySpan<int>" : _names.ReadOnly) + " " + name));

    private string Inputs => _names.TypedInputs;

    private string StepInputs => string.Join(", ", _names.DataInputs.Select(i => _names.ReadOnly + " " + i));

    private string Outputs => string.Join(", ", _names.Outputs.Select(o => _names.Writable + " " + o));

    private string InputArguments => string.Join(", ", _names.Inputs);

    /// <summary>Values that a row takes in a packed buffer, lengths included.</summary>
    private string PackedLength => CodeWriter.Text(_schedule.Program.Inputs.Sum(ConstantsPrinter.LengthOf));

    private string OutputArguments => string.Join(", ", _names.Outputs);

    public void Print()
    {
        Construction();
        Predict();
        if (_schedule.StepRow is not null)
            Step();
        if (_schedule.IsStepped)
            SteppedCell();
        Training();
        if (_schedule.Training.Statistics.Count > 0)
            Statistics();
        if (!IsPlain)
            Packed();
        Explicit();
        new NestedTypesPrinter(_code, _names, _schedule).Print();
    }

    private void Construction()
    {
        int arena = _schedule.PredictPlans.Max(p => p.ArenaLength);
        _code.Lines(
$$"""
private readonly global::GenRnn.CompilerServices.ModelCore<{{_t}}> _core = new(Info, {{_schedule.Panels.Length}}, {{arena}}, {{_kernels}}.Pack);

/// <summary>A model with Keras' initial weights.</summary>
/// <param name="seed">Seed of the model's own random stream: the same seed gives the same weights on any machine.</param>
public {{_names.Class.Name}}(int seed = 0) => _core.Initialize(seed);

/// <summary>All parameters, dense, in Keras' order and layout.</summary>
public {{_names.ReadOnly}} Parameters => _core.Parameters;

/// <summary>The weights by layer and name, in Keras' layout.</summary>
public WeightViews Weights => new WeightViews(this);

/// <summary>A new model with the weights of a safetensors file that <see cref="Save"/> wrote.</summary>
/// <exception cref="global::System.IO.InvalidDataException">The file is damaged, or of another architecture.</exception>
public static {{_names.Self}} Load(string path)
{
    var model = new {{_names.Self}}();
    model._core.LoadFrom(path);
    return model;
}

/// <summary>Writes the weights as safetensors, all or nothing.</summary>
public void Save(string path) => _core.Save(path);

/// <summary>Lets <paramref name="update"/> write the parameters, then repacks what was derived from them.</summary>
public void UpdateParameters<TArg>(TArg arg, global::System.Buffers.SpanAction<{{_t}}, TArg> update) => _core.UpdateParameters(arg, update);

/// <summary>The weights as Keras' get_weights() gives them: one array a variable.</summary>
public {{_t}}[][] GetWeights() => _core.GetWeights();

/// <summary>Replaces all weights; changes nothing if a count or a length does not match.</summary>
public void SetWeights(global::System.ReadOnlySpan<{{_t}}[]> weights) => _core.SetWeights(weights);

/// <summary>Keras' table of the layers.</summary>
public string Summary() => global::GenRnn.CompilerServices.ModelSummary.Format(Info);

/// <summary>Memory for one training pass at a time: arena and gradients.</summary>
public Workspace CreateWorkspace() => new Workspace();

/// <summary>What is carried from step to step, zero at first.</summary>
/// <param name="rows">1 or {{_schedule.Batch}}, the model's batch.</param>
public State CreateState(int rows = {{(_schedule.IsStateful ? _schedule.Batch : 1)}})
{
    global::GenRnn.CompilerServices.Check.StateRowsAllowed(rows, Batch);
    return new State(rows);
}

""");
    }

    private void Predict()
    {
        _code.Lines(
$$"""
/// <summary>Inference on any number of rows from 1. Thread-safe; allocates nothing when calls do not overlap.</summary>
{{SpanDocs(Inputs: true, Outputs: true)}}
public void Predict({{PublicInputs}}, {{Outputs}}) => Run({{InputArguments}}, {{OutputArguments}}, null);

/// <summary>Inference in the memory of a workspace of one's own.</summary>
public void Predict({{PublicInputs}}, {{Outputs}}, Workspace workspace)
{
    int rows = CheckRows({{InputArguments}}, {{OutputLengths}});
    global::System.ArgumentNullException.ThrowIfNull(workspace);{{CheckIds()}}
    // What the last Forward kept is overwritten.
    workspace.Rows = 0;
    {{_kernels}}.Predict({{InputArguments}}, {{OutputArguments}}, rows, null, workspace.Arena, ref _core.Panels);
}

/// <summary>Inference that starts from <paramref name="state"/> and leaves the final states in it; as many rows as the state has.</summary>
public void Predict({{PublicInputs}}, {{Outputs}}, State state)
{
    global::System.ArgumentNullException.ThrowIfNull(state);
    Run({{InputArguments}}, {{OutputArguments}}, state);
}

private void Run({{Inputs}}, {{Outputs}}, global::GenRnn.ModelState<{{_t}}>? state)
{
    int rows = CheckRows({{InputArguments}}, {{OutputLengths}});
    if (state is not null)
        global::GenRnn.CompilerServices.Check.StateRows(state.Rows, rows, nameof(state));{{CheckIds()}}
    var arena = _core.RentArena();
""");
        _code.Indent();
        if (_schedule.Batch > 1)
        {
            _code.Open("if (rows == " + CodeWriter.Text(_schedule.Batch) + ")");
            _code.Line(_kernels + ".Chunk" + CodeWriter.Text(_schedule.Batch) + "(" + InputArguments + ", " + OutputArguments + ", rows, 0, rows, state, arena, ref _core.Panels);");
            _code.Close();
            _code.Open("else");
            _code.Line(_kernels + ".Predict(" + InputArguments + ", " + OutputArguments + ", rows, state, arena, ref _core.Panels);");
            _code.Close();
        }
        else
        {
            _code.Line(_kernels + ".Predict(" + InputArguments + ", " + OutputArguments + ", rows, state, arena, ref _core.Panels);");
        }

        _code.Line("_core.ReturnArena(arena);");
        _code.Unindent();
        _code.Line("}");
        _code.Line();
        string outputLengths = string.Join(", ", _names.Outputs.Select(o => "int " + Length(o)));
        _code.Open("private static int CheckRows(" + Inputs + ", " + outputLengths + ")");
        Program program = _schedule.Program;
        _code.Line("int rows = global::GenRnn.CompilerServices.Check.Rows(" + _names.Inputs[0] + ".Length, " + CodeWriter.Text(ConstantsPrinter.LengthOf(program.Inputs[0])) + ", nameof(" + _names.Inputs[0] + "));");
        for (int i = 1; i < _names.Inputs.Count; i++)
            CheckInput(i);
        for (int i = 0; i < _names.Outputs.Count; i++)
            CheckLength(Length(_names.Outputs[i]), ConstantsPrinter.LengthOf(program.Outputs[i]), _names.Outputs[i]);
        _code.Line("return rows;");
        _code.Close();
        _code.Line();
    }

    private void Step()
    {
        string batch = CodeWriter.Text(_schedule.Batch);
        _code.Lines(
$$"""
/// <summary>One time step of inference; equals Forward on the sequence so far, bit for bit.</summary>
{{StepDocs(_schedule.StepRow!.Program)}}
/// <param name="state">What is carried; updated. It says how many rows there are.</param>
public void Step({{StepInputs}}, {{Outputs}}, State state)
{
    global::System.ArgumentNullException.ThrowIfNull(state);
    int rows = state.Rows;
""");
        _code.Indent();
        Program step = _schedule.StepRow.Program;
        for (int i = 0; i < step.Inputs.Count; i++)
            CheckLength(_names.DataInputs[i] + ".Length", ConstantsPrinter.LengthOf(step.Inputs[i]), _names.DataInputs[i]);
        for (int i = 0; i < _names.Outputs.Count; i++)
            CheckLength(_names.Outputs[i] + ".Length", ConstantsPrinter.LengthOf(step.Outputs[i]), _names.Outputs[i]);
        foreach (string check in IdChecks(isStep: true))
            _code.Line(check);
        string Arguments(Plan plan) =>
            "(" + string.Join(", ", _names.DataInputs) + ", " + OutputArguments + ", rows, 0, rows, " + (plan.TakesTurn ? "state.NextTurn(), " : "") + "state.Arena, ref _core.Panels);";
        if (_schedule.Batch > 1)
        {
            _code.Line("if (rows == 1)");
            _code.Indent();
            _code.Line(_kernels + ".StepChunk1" + Arguments(_schedule.StepRow));
            _code.Unindent();
            _code.Line("else");
            _code.Indent();
            _code.Line(_kernels + ".StepChunk" + batch + Arguments(_schedule.StepBatch!));
            _code.Unindent();
        }
        else
        {
            _code.Line(_kernels + ".StepChunk1" + Arguments(_schedule.StepRow));
        }

        _code.Unindent();
        _code.Line("}");
        _code.Line();
    }

    /// <summary>Keras' cell(x, [h]), TensorFlow 1's zero_state: the pass of a single step, whose state is the caller's.</summary>
    private void SteppedCell()
    {
        Program program = _schedule.Program;
        string output = CodeWriter.Text(program.Outputs[0].Width);
        _code.Lines(
$$"""
/// <summary>One step for each row of <paramref name="state"/>.</summary>
/// <param name="input">[rows, {{program.Inputs[0].Width}}].</param>
/// <param name="output">[rows, {{output}}].</param>
/// <param name="state">The states before the step; updated. It says how many rows there are.</param>
public void Step({{Inputs}}, {{Outputs}}, State state)
{
    global::System.ArgumentNullException.ThrowIfNull(state);
    Run({{InputArguments}}, {{OutputArguments}}, state);
}

/// <summary>A state of zeros for {{_schedule.Batch}} rows.</summary>
public State ZeroState() => new State(Batch);

""");
        if (_schedule.PredictRow.States.FirstOrDefault(s => program.Outputs[0].Name == s.Name) is not { } carried)
            return;
        string name = ConstantsPrinter.Pascal(carried.Name.Substring(carried.Name.LastIndexOf('.') + 1));
        _code.Lines(
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

    private void Training()
    {
        string gradients = string.Join(", ", _names.Outputs.Select(o => _names.ReadOnly + " " + o + "Gradient"));
        string inputGradients = string.Join(", ", _names.Inputs.Select(i => _names.Writable + " " + i + "Gradient"));
        string gradientArguments = string.Join(", ", _names.Outputs.Select(o => o + "Gradient"));
        string inputGradientArguments = string.Join(", ", _names.Inputs.Select(i => i + "Gradient"));
        string publicInputGradients = string.Join(", ", _names.DataInputs.Select(i => _names.Writable + " " + i + "Gradient"));
        // Lengths have no gradient.
        string publicInputGradientArguments = string.Join(", ", _names.Inputs.Select(i => _names.DataInputs.Contains(i) ? i + "Gradient" : "default"));
        _code.Lines(
$$"""
/// <summary>Forward pass of 1 to {{_schedule.Batch}} rows that keeps what <see cref="Backward"/> needs.</summary>
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

private void ForwardFrom({{Inputs}}, {{Outputs}}, global::GenRnn.ModelState<{{_t}}>? state, global::GenRnn.ModelWorkspace<{{_t}}> workspace, bool training)
{
    CheckRows({{InputArguments}}, {{OutputLengths}});
    BeginForward({{InputArguments}}, state, workspace, training);
    {{_kernels}}.ForwardRows(workspace, ref _core.Panels, 0, Batch);
    {{_kernels}}.EndForward({{OutputArguments}}, state, workspace);
}

private void BeginForward({{Inputs}}, global::GenRnn.ModelState<{{_t}}>? state, global::GenRnn.ModelWorkspace<{{_t}}> workspace, bool training)
{
    int rows = global::GenRnn.CompilerServices.Check.Rows({{_names.Inputs[0]}}.Length, {{ConstantsPrinter.LengthOf(_schedule.Program.Inputs[0])}}, nameof({{_names.Inputs[0]}}));
    global::GenRnn.CompilerServices.Check.RowsAtMost(rows, Batch, nameof({{_names.Inputs[0]}}));
{{LengthChecks}}    global::System.ArgumentNullException.ThrowIfNull(workspace);
    global::GenRnn.CompilerServices.Check.SameModel(Info, workspace.Info, nameof(workspace));
    if (state is not null)
    {
        global::GenRnn.CompilerServices.Check.SameModel(Info, state.Info, nameof(state));
        global::GenRnn.CompilerServices.Check.StateRows(state.Rows, rows, nameof(state));
        // A pass runs a whole batch, so only a state of that layout fits.
        global::GenRnn.CompilerServices.Check.StateRows(state.Rows, Batch, nameof(state));
    }
{{CheckIds()}}
    workspace.Begin(rows, training);
    {{_kernels}}.BeginForward({{InputArguments}}, rows, state, workspace, training);
}

/// <summary>Differentiates the workspace's last forward pass; overwrites its gradients with sums over rows. An empty input gradient is skipped.</summary>
public void Backward({{gradients}}, {{publicInputGradients}}, Workspace workspace) => BackwardInto({{gradientArguments}}, {{publicInputGradientArguments}}, workspace);

private void BackwardInto({{gradients}}, {{inputGradients}}, global::GenRnn.ModelWorkspace<{{_t}}> workspace)
{
    CheckGradients({{gradientArguments}}, workspace);
    CheckInputGradients({{inputGradientArguments}}, workspace.Rows);
    {{_kernels}}.BeginBackward({{gradientArguments}}, workspace);
    {{_kernels}}.BackwardRows(workspace, ref _core.Panels, 0, Batch, {{string.Join(" || ", _names.Inputs.Select(i => i + "Gradient.Length > 0"))}});
    {{_kernels}}.ParameterGradients(workspace, 0, 1);
    {{_kernels}}.EndBackward({{inputGradientArguments}}, workspace);
}

private void BeginBackward({{gradients}}, global::GenRnn.ModelWorkspace<{{_t}}> workspace)
{
    CheckGradients({{gradientArguments}}, workspace);
    {{_kernels}}.BeginBackward({{gradientArguments}}, workspace);
}

private static void CheckGradients({{gradients}}, global::GenRnn.ModelWorkspace<{{_t}}> workspace)
{
    global::System.ArgumentNullException.ThrowIfNull(workspace);
    global::GenRnn.CompilerServices.Check.SameModel(Info, workspace.Info, nameof(workspace));
    int rows = workspace.Rows;
    global::GenRnn.CompilerServices.Check.HasForward(rows);
""");
        _code.Indent();
        for (int i = 0; i < _names.Outputs.Count; i++)
            CheckLength(_names.Outputs[i] + "Gradient.Length", ConstantsPrinter.LengthOf(_schedule.Program.Outputs[i]), _names.Outputs[i] + "Gradient");
        _code.Unindent();
        _code.Line("}");
        _code.Line();
        _code.Open("private static void CheckInputGradients(" + inputGradients + ", int rows)");
        for (int i = 0; i < _names.Inputs.Count; i++)
        {
            _code.Line("if (" + _names.Inputs[i] + "Gradient.Length > 0)");
            _code.Indent();
            CheckLength(_names.Inputs[i] + "Gradient.Length", ConstantsPrinter.LengthOf(_schedule.Program.Inputs[i]), _names.Inputs[i] + "Gradient");
            _code.Unindent();
        }

        _code.Close();
        _code.Line();
    }

    private void Statistics() => _code.Lines(
$$"""
/// <summary>Moves the moving statistics towards those of the workspace's last forward pass: part of a training step, inside <see cref="UpdateParameters"/>.</summary>
/// <param name="workspace">It ran a forward pass of training.</param>
/// <param name="parameters">All parameters.</param>
public void UpdateStatistics(global::GenRnn.ModelWorkspace<{{_t}}> workspace, {{_names.Writable}} parameters)
{
    global::System.ArgumentNullException.ThrowIfNull(workspace);
    global::GenRnn.CompilerServices.Check.SameModel(Info, workspace.Info, nameof(workspace));
    global::GenRnn.CompilerServices.Check.HasForward(workspace.Rows);
    global::GenRnn.CompilerServices.Check.Length(parameters.Length, ParameterCount, nameof(parameters));
    {{_kernels}}.UpdateStatistics(workspace, parameters);
}

""");

    /// <summary>Models with several inputs or outputs also take them packed: item after item, each rows x its length.</summary>
    private void Packed()
    {
        string cutInputs = string.Join(", ", Cut("inputs", _schedule.Program.Inputs));
        string cutOutputs = string.Join(", ", Cut("outputs", _schedule.Program.Outputs));
        _code.Lines(
$$"""
/// <summary>Inference with packed inputs and outputs: item after item, each rows x its length.</summary>
public void Predict({{_names.ReadOnly}} inputs, {{_names.Writable}} outputs)
{
    int rows = CheckPacked(inputs, outputs.Length);
    Run({{cutInputs}}, {{cutOutputs}}, null);
}

private static int CheckPacked({{_names.ReadOnly}} inputs, int outputs)
{
    int rows = global::GenRnn.CompilerServices.Check.Rows(inputs.Length, {{PackedLength}}, nameof(inputs));
    global::GenRnn.CompilerServices.Check.Length(outputs, rows * OutputLength, nameof(outputs));
    return rows;
}

""");
    }

    /// <summary>The interface's members that are not public ones already.</summary>
    private void Explicit()
    {
        Program program = _schedule.Program;
        string model = "global::GenRnn.IModel<" + _t + ">";
        string workspace = "global::GenRnn.ModelWorkspace<" + _t + ">";
        string state = "global::GenRnn.ModelState<" + _t + ">";
        string inputs = IsPlain ? "inputs" : string.Join(", ", Cut("inputs", program.Inputs));
        string outputs = IsPlain ? "outputs" : string.Join(", ", Cut("outputs", program.Outputs));
        string outputGradients = IsPlain ? "outputGradients" : string.Join(", ", Cut("outputGradients", program.Outputs));
        string inputGradients = IsPlain ? "inputGradients" : string.Join(", ", CutOrEmpty("inputGradients", program.Inputs));
        string rowsOfInputs = IsPlain ? "" : "    int rows = global::GenRnn.CompilerServices.Check.Rows(inputs.Length, " + PackedLength + ", nameof(inputs));\n";
        string checkedRows = IsPlain ? "" : "    int rows = CheckPacked(inputs, outputs.Length);\n";
        string rowsOfPass = IsPlain ? "" : "    int rows = workspace.Rows;\n";
        string outputsOfPass = IsPlain ? "" : rowsOfPass + "    global::GenRnn.CompilerServices.Check.Length(outputs.Length, rows * OutputLength, nameof(outputs));\n";
        string gradientsOfPass = IsPlain ? "" : rowsOfPass + "    global::GenRnn.CompilerServices.Check.Length(outputGradients.Length, rows * OutputLength, nameof(outputGradients));\n";
        string checkGradients = "    if (inputGradients.Length > 0)\n        global::GenRnn.CompilerServices.Check.Length(inputGradients.Length, workspace.Rows * " + PackedLength + ", nameof(inputGradients));\n";
        string allRows = program.RowWeights is null ? "" : "    global::GenRnn.CompilerServices.Check.AllRows(first, count, Batch);\n";
        string empty = string.Join(" || ", new[] { "inputGradients.Length > 0" });
        _code.Lines(
$$"""
global::GenRnn.ModelInfo {{model}}.GetInfo() => Info;

{{workspace}} {{model}}.CreateWorkspace() => CreateWorkspace();

{{state}} {{model}}.CreateState(int rows) => CreateState(rows);

void {{model}}.Predict({{_names.ReadOnly}} inputs, {{_names.Writable}} outputs, {{state}} state)
{
{{checkedRows}}    global::System.ArgumentNullException.ThrowIfNull(state);
    global::GenRnn.CompilerServices.Check.SameModel(Info, state.Info, nameof(state));
    Run({{inputs}}, {{outputs}}, state);
}

void {{model}}.Forward({{_names.ReadOnly}} inputs, {{_names.Writable}} outputs, {{state}}? state, {{workspace}} workspace, bool training)
{
{{checkedRows}}    ForwardFrom({{inputs}}, {{outputs}}, state, workspace, training);
}

void {{model}}.Backward({{_names.ReadOnly}} outputGradients, {{_names.Writable}} inputGradients, {{workspace}} workspace)
{
    global::System.ArgumentNullException.ThrowIfNull(workspace);
    global::GenRnn.CompilerServices.Check.HasForward(workspace.Rows);
{{gradientsOfPass}}{{checkGradients}}    BackwardInto({{outputGradients}}, {{inputGradients}}, workspace);
}

void {{model}}.BeginForward({{_names.ReadOnly}} inputs, {{state}}? state, {{workspace}} workspace, bool training)
{
{{rowsOfInputs}}    BeginForward({{inputs}}, state, workspace, training);
}

void {{model}}.ForwardRows({{workspace}} workspace, int first, int count)
{
{{allRows}}    {{_kernels}}.ForwardRows(workspace, ref _core.Panels, first, count);
}

void {{model}}.EndForward({{_names.Writable}} outputs, {{state}}? state, {{workspace}} workspace)
{
{{outputsOfPass}}    {{_kernels}}.EndForward({{outputs}}, state, workspace);
}

void {{model}}.BeginBackward({{_names.ReadOnly}} outputGradients, {{workspace}} workspace, bool inputGradient)
{
    global::System.ArgumentNullException.ThrowIfNull(workspace);
    global::GenRnn.CompilerServices.Check.HasForward(workspace.Rows);
{{gradientsOfPass}}    BeginBackward({{outputGradients}}, workspace);
    workspace.WantsInputGradient = inputGradient;
}

void {{model}}.BackwardRows({{workspace}} workspace, int first, int count)
{
{{allRows}}    {{_kernels}}.BackwardRows(workspace, ref _core.Panels, first, count, workspace.WantsInputGradient);
}

void {{model}}.ParameterGradients({{workspace}} workspace, int part, int parts) => {{_kernels}}.ParameterGradients(workspace, part, parts);

void {{model}}.EndBackward({{_names.Writable}} inputGradients, {{workspace}} workspace)
{
{{rowsOfPass}}{{checkGradients}}    {{_kernels}}.EndBackward({{inputGradients}}, workspace);
}

""");
    }

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

    private string OutputLengths => string.Join(", ", _names.Outputs.Select(o => o + ".Length"));

    private static string Length(string parameter) => parameter.TrimStart('@') + "Length";

    /// <summary>Ids are checked before anything changes: a kernel reads where they say.</summary>
    private IEnumerable<string> IdChecks(bool isStep) => _schedule.Program.Inputs.Select((input, i) => (input, i)).Where(p => p.input.Vocabulary > 0).Select(p =>
        "global::GenRnn.CompilerServices.Check.Ids(" + _names.Inputs[p.i] + ", rows, " + CodeWriter.Text(p.input.Vocabulary) + ", "
        + (_schedule.IsTimeMajor ? "true" : "false") + ", nameof(" + _names.Inputs[p.i] + ")" + (isStep || LengthsBehind(p.i) is not { } lengths ? "" : ", " + lengths) + ");");

    private string CheckIds() => string.Concat(IdChecks(isStep: false).Select(check => "\n    " + check));

    private string? LengthsBehind(int input) =>
        input + 1 < _names.Inputs.Count && _schedule.Program.Inputs[input + 1].IsLengths ? _names.Inputs[input + 1] : null;

    /// <summary>Checks of lengths, each a line.</summary>
    private string LengthChecks => string.Concat(_names.Inputs.Select((_, i) => i).Where(i => _schedule.Program.Inputs[i].IsLengths).Select(i => "    " + LengthCheck(i) + "\n"));

    private string LengthCheck(int input) => "global::GenRnn.CompilerServices.Check.Lengths(" + _names.Inputs[input] + ", rows, "
        + CodeWriter.Text(_schedule.Program.Inputs[input - 1].Steps) + ", \"" + _names.Inputs[input].TrimStart('@') + "\");";

    private void CheckInput(int input)
    {
        if (_schedule.Program.Inputs[input].IsLengths)
            _code.Line(LengthCheck(input));
        else
            CheckLength(_names.Inputs[input] + ".Length", ConstantsPrinter.LengthOf(_schedule.Program.Inputs[input]), _names.Inputs[input]);
    }

    private void CheckLength(string found, int perRow, string parameter) =>
        _code.Line("global::GenRnn.CompilerServices.Check.Length(" + found + ", rows * " + CodeWriter.Text(perRow) + ", \"" + parameter.TrimStart('@') + "\");");

    private string SpanDocs(bool Inputs, bool Outputs)
    {
        IEnumerable<string> lines = _names.Inputs.Select((name, i) => Doc(name, _schedule.Program.Inputs[i]))
            .Concat(_names.Outputs.Select((name, i) => Doc(name, _schedule.Program.Outputs[i])));
        return string.Join("\n", lines);
    }

    private string StepDocs(Program step) => string.Join("\n", _names.DataInputs.Select((name, i) => (name, step.Inputs[i].Width))
        .Concat(_names.Outputs.Select((name, i) => (name, step.Outputs[i].Width)))
        .Select(p => "/// <param name=\"" + p.name.TrimStart('@') + "\">[rows, " + CodeWriter.Text(p.Width) + "].</param>"));

    private string Doc(string name, Sequence sequence)
    {
        if (sequence.IsLengths)
            return "/// <param name=\"" + name.TrimStart('@') + "\">Number of time steps of each row, from 1: what stands behind is not read. [rows].</param>";
        string shape = sequence.IsVector ? "[rows, " + CodeWriter.Text(sequence.Width) + "]"
            : _schedule.IsTimeMajor ? "[" + CodeWriter.Text(sequence.Steps) + ", rows, " + CodeWriter.Text(sequence.Width) + "]"
            : "[rows, " + CodeWriter.Text(sequence.Steps) + ", " + CodeWriter.Text(sequence.Width) + "]";
        return "/// <param name=\"" + name.TrimStart('@') + "\">" + shape + ".</param>";
    }
}
