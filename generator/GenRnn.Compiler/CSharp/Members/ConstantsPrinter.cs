using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.CSharp.Members;

/// <summary>Constants of the class, and its <c>Info</c>.</summary>
internal sealed class ConstantsPrinter
{
    private readonly CodeWriter _code;
    private readonly ModelNames _names;
    private readonly Schedule _schedule;

    public ConstantsPrinter(CodeWriter code, ModelNames names, Schedule schedule)
    {
        _code = code;
        _names = names;
        _schedule = schedule;
    }

    public void Print()
    {
        Program program = _schedule.Program;
        Constant("int", "Batch", _schedule.Batch, "Rows of one compiled pass.");
        List<Sequence> inputs = program.Inputs.Where(i => !i.IsLengths).ToList();
        if (inputs.Count == 1)
        {
            Sequence input = inputs[0];
            if (!input.IsVector)
                Constant("int", "TimeSteps", input.Steps, "Time steps of the input.");
            Constant("int", "Features", input.Width, "Values per time step of the input.");
        }

        Constant("int", "InputLength", inputs.Sum(LengthOf), inputs.Count == program.Inputs.Count ? "Values of all inputs for one row." : "Values of all inputs for one row, without lengths.");
        Constant("int", "OutputLength", program.Outputs.Sum(LengthOf), "Values of all outputs for one row.");
        for (int i = 0; i < inputs.Count && inputs.Count > 1; i++)
            ItemLength(_names.DataInputs[i], inputs[i], "Values of this input for one row.");
        for (int i = 1; i < program.Outputs.Count; i++)
            ItemLength(_names.Outputs[i], program.Outputs[i], "Values of this output for one row.");
        if (_schedule.StepRow is { } step)
        {
            Constant("int", "StepInputLength", step.Program.Inputs.Sum(LengthOf), "Values of one time step's input for one row.");
            Constant("int", "StepOutputLength", step.Program.Outputs.Sum(LengthOf), "Values of one time step's output for one row.");
        }

        Constant("int", "ParameterCount", program.Parameters.Sum(p => p.Length), "Number of parameters.");
        Constant("long", "WorkspaceBytes", _schedule.WorkspaceBytes, "Bytes of one workspace: arena and gradients.");
        Constant("long", "MultiplyAddsPerRow", program.Layers.Sum(l => l.MultiplyAddsPerRow), "Multiply-adds of one row's forward pass.");
        Info(program);
    }

    public static int LengthOf(Sequence sequence) => System.Math.Max(1, sequence.Steps) * sequence.Width;

    public static string Pascal(string parameter)
    {
        string plain = parameter.TrimStart('@');
        return char.ToUpperInvariant(plain[0]) + plain.Substring(1);
    }

    /// <summary>An unnamed input beside named ones is called input: its constant would be the whole model's, which wins.</summary>
    private void ItemLength(string item, Sequence sequence, string summary)
    {
        string name = Pascal(item) + "Length";
        if (name is not ("InputLength" or "OutputLength" or "StepInputLength" or "StepOutputLength"))
            Constant("int", name, LengthOf(sequence), summary);
    }

    private void Constant(string type, string name, long value, string summary)
    {
        _code.Line("/// <summary>" + summary + "</summary>");
        _code.Line("public const " + type + " " + name + " = " + CodeWriter.Text(value) + ";");
        _code.Line();
    }

    private void Info(Program program)
    {
        _code.Line("/// <summary>Layers, shapes, weight names and sizes.</summary>");
        _code.Open("public static global::GenRnn.ModelInfo Info { get; } = new global::GenRnn.ModelInfo");
        _code.Line("Name = " + Literals.String(_names.Class.Name.TrimStart('@')) + ",");
        _code.Line("Batch = Batch,");
        _code.Line("Layout = global::GenRnn.DataLayout." + (_schedule.IsTimeMajor ? "TimeMajor" : "BatchMajor") + ",");
        if (_schedule.IsDouble)
            _code.Line("Precision = global::GenRnn.Precision.Double,");
        _code.Line("IsStateful = " + (_schedule.Identity.IsStateful ? "true" : "false") + ",");
        _code.Line("ArchitectureHash = " + Literals.String(Architecture.Hash(_schedule.Identity.Architecture)) + ",");
        _code.Line("FormerArchitectureHash = " + Literals.String(_schedule.Identity.FormerArchitectureHash) + ",");
        _code.Open("Architecture = new string[]");
        foreach (string line in _schedule.Identity.Architecture)
            _code.Line(Literals.String(line) + ",");
        _code.Close("},");
        if (_schedule.Identity.TrainingRules.Count > 0)
        {
            _code.Open("TrainingRules = new string[]");
            foreach (string line in _schedule.Identity.TrainingRules)
                _code.Line(Literals.String(line) + ",");
            _code.Close("},");
        }

        // A parameter for the only input is called input; what it was named stands here.
        Tensors("Inputs", program.Inputs, _names.Inputs.Select((name, i) => program.Inputs[i].IsLengths ? name : Literals.Parameter(program.Inputs[i].Name)).ToList());
        Tensors("Outputs", program.Outputs, _names.Outputs);
        if (program.OutputMask is not null)
            _code.Line("HasOutputMask = true,");
        if (program.Penalty is not null)
            _code.Line("HasActivityPenalty = true,");
        if (program.RowWeights is not null)
            _code.Line("MixesRows = true,");
        List("Layers", "LayerInfo", program.Layers.Select(l => string.Format(CultureInfo.InvariantCulture, "Name = {0}, Type = {1}, OutputShape = {2}, ParameterCount = {3}, MultiplyAddsPerRow = {4}L",
            Literals.String(l.Name), Literals.String(l.KerasClass), Literals.String(ModelPrinter.ShapeOf(l)), l.ParameterCount, l.MultiplyAddsPerRow)));
        List("Variables", "VariableInfo", program.Parameters.Select(p => "Path = " + Literals.String(p.Path) + ", Shape = new int[] { " + string.Join(", ", p.Shape.Select(CodeWriter.Text))
            + " }, Offset = " + CodeWriter.Text(p.Offset) + (p.IsTrainable ? "" : ", IsTrainable = false") + ", Initializer = " + Initializer(p.Initializer) + Modifiers(p)));
        _code.Line("ParameterCount = ParameterCount,");
        _code.Line("WorkspaceBytes = WorkspaceBytes,");
        _code.Line("MultiplyAddsPerRow = MultiplyAddsPerRow,");
        _code.Close("};");
        _code.Line();
    }

    private void Tensors(string name, IReadOnlyList<Sequence> sequences, IReadOnlyList<string> names) =>
        List(name, "TensorInfo", sequences.Select((s, i) => "Name = " + Literals.String(names[i].TrimStart('@')) + (s.Steps == 0 ? "" : ", TimeSteps = " + CodeWriter.Text(s.Steps))
            + ", Features = " + CodeWriter.Text(s.Width) + (s.IsLengths ? ", IsLengths = true" : "") + (s.Vocabulary == 0 ? "" : ", Vocabulary = " + CodeWriter.Text(s.Vocabulary))
            + (i == 0 && sequences == _schedule.Program.Outputs && _schedule.Program.Logits is { } logits ? ", Activation = global::GenRnn.Activation." + logits.Activation : "")));

    /// <param name="name">The property.</param>
    /// <param name="type">The record of its items.</param>
    /// <param name="items">The properties of each.</param>
    private void List(string name, string type, IEnumerable<string> items)
    {
        _code.Open(name + " = new global::GenRnn." + type + "[]");
        foreach (string item in items)
            _code.Line("new() { " + item + " },");
        _code.Close("},");
    }

    private static string Modifiers(Parameter parameter)
    {
        string text = "";
        if (parameter.Regularizer is { } penalty)
        {
            text += ", Regularizer = new() { L1 = " + Literals.Double(penalty.L1) + ", L2 = " + Literals.Double(penalty.L2) + ", Orthogonal = " + Literals.Double(penalty.Orthogonal)
                + ", Mode = global::GenRnn.OrthogonalMode." + penalty.Mode + " }";
        }

        if (parameter.Constraint is { } constraint)
        {
            text += ", Constraint = new() { Kind = global::GenRnn.ConstraintKind." + constraint.Name + ", Min = " + Literals.Double(constraint.Min) + ", Max = " + Literals.Double(constraint.Max)
                + ", Rate = " + Literals.Double(constraint.Rate) + ", Axes = new int[] { " + string.Join(", ", constraint.Axes.Select(axis => CodeWriter.Text(axis))) + " } }";
        }

        return text;
    }

    private static string Initializer(InitializerSpec initializer)
    {
        string text = "new() { Kind = global::GenRnn.Initializer." + initializer.Kind;
        foreach (FlagSpec argument in initializer.Arguments)
        {
            string value = argument.Value.Text is { } member ? "global::GenRnn.FanMode." + member
                : argument.Name == "IsUniform" ? (argument.Value.Boolean ? "true" : "false")
                : Literals.Double(argument.Value.Number);
            text += ", " + argument.Name + " = " + value;
        }

        if (initializer.OnesLength > 0)
            text += ", OnesStart = " + CodeWriter.Text(initializer.OnesStart) + ", OnesLength = " + CodeWriter.Text(initializer.OnesLength);
        return text + " }";
    }
}
