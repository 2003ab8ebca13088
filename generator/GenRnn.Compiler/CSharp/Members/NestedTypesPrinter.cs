using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.CSharp.Members;

/// <summary>Prints the class's nested types: Workspace, State, WeightViews.</summary>
internal sealed class NestedTypesPrinter
{
    private readonly CodeWriter _code;
    private readonly ModelNames _names;
    private readonly Schedule _schedule;

    public NestedTypesPrinter(CodeWriter code, ModelNames names, Schedule schedule)
    {
        _code = code;
        _names = names;
        _schedule = schedule;
    }

    public void Print()
    {
        int arena = System.Math.Max(_schedule.Training.Arena.Length, _schedule.PredictPlans.Max(p => p.Arena.Length));
        _code.Lines(
$$"""
/// <summary>Memory of one training pass at a time.</summary>
public sealed class Workspace : global::GenRnn.ModelWorkspace<{{_names.Element}}>
{
    internal Workspace()
        : base({{_names.Self}}.Info, {{arena}})
    {
    }
}

""");
        State();
        WeightViews();
    }

    private void State()
    {
        Plan row = _schedule.PredictRow;
        Plan batch = _schedule.PredictBatch;
        int rowLength = _schedule.StepRow?.Arena.Length ?? row.StateLayout.Length;
        int batchLength = _schedule.StepBatch?.Arena.Length ?? batch.StateLayout.Length;
        _code.Line("/// <summary>What is carried from step to step.</summary>");
        _code.Open("public sealed class State : global::GenRnn.ModelState<" + _names.Element + ">");
        StateLayout("s_row", row, rowLength);
        StateLayout("s_batch", batch, batchLength);
        // Whoever may call this: kernels rely on the number.
        _code.Line("internal State(int rows)");
        _code.Indent();
        _code.Line(": base(" + _names.Self + ".Info, global::GenRnn.CompilerServices.Check.StateRowsAllowed(rows, Batch), rows == 1 ? s_row : s_batch)");
        _code.Unindent();
        _code.Line("{");
        _code.Line("}");
        if (_schedule.Identity.IsStepped)
            NamedStates(row, batch);
        _code.Close();
        _code.Line();
    }

    private void NamedStates(Plan row, Plan batch)
    {
        for (int i = 0; i < row.Border.States.Count; i++)
        {
            CarriedState state = row.Border.States[i];
            string first = CodeWriter.Text(row.StateLayout.OffsetOf(state)), batched = CodeWriter.Text(batch.StateLayout.OffsetOf(batch.Border.States[i]));
            _code.Line();
            _code.Line("/// <summary>The state " + NameOf(state) + ", [Rows, " + CodeWriter.Text(state.Width) + "]; it may be read and written between steps.</summary>");
            _code.Line("public " + _names.Writable + " " + NameOf(state) + " => global::GenRnn.CompilerServices.StateMemory.Arena(this).Span.Slice(" + (first == batched ? first : "Rows == 1 ? " + first + " : " + batched) + ", Rows * " + CodeWriter.Text(state.Width) + ");");
        }
    }

    /// <summary>A stepped cell has one layer, so its states need no layer's name in front.</summary>
    private string NameOf(CarriedState state) => _schedule.Identity.IsStepped ? ConstantsPrinter.Pascal(state.Name.Substring(state.Name.LastIndexOf('.') + 1)) : state.Name;

    private void StateLayout(string name, Plan plan, int length)
    {
        const string Type = "global::GenRnn.CompilerServices.StateLayout";
        _code.Open("private static readonly " + Type + " " + name + " = new " + Type);
        _code.Line("ArenaLength = " + CodeWriter.Text(length) + ",");
        _code.Open("Slots = new global::GenRnn.CompilerServices.StateSlot[]");
        foreach (CarriedState state in plan.Border.States)
        {
            Layout layout = plan.StateLayout.LayoutOf(state);
            string steps = state.Initial.Count == 1 ? "" : string.Format(CultureInfo.InvariantCulture, ", Steps = {0}, StepStride = {1}", state.Initial.Count, layout.SlotStride);
            _code.Line(string.Format(CultureInfo.InvariantCulture, "new() {{ Name = {0}, Width = {1}, Offset = {2}, RowStride = {3}, LaneStride = {4}{5} }},",
                Literals.String(NameOf(state)), state.Width, plan.StateLayout.OffsetOf(state), layout.RowStride, layout.LaneStride, steps));
        }

        _code.Close("},");
        _code.Close("};");
        _code.Line();
    }

    private void WeightViews()
    {
        Program program = _schedule.Program;
        _code.Line("/// <summary>The weights by layer and name.</summary>");
        _code.Open("public readonly struct WeightViews");
        _code.Line("private readonly " + _names.Self + " _model;");
        _code.Line();
        _code.Line("internal WeightViews(" + _names.Self + " model) => _model = model;");
        for (int layer = 0; layer < program.Layers.Count; layer++)
        {
            if (program.Parameters.All(p => p.Layer != layer))
                continue;
            string view = program.Layers[layer].ViewName;
            _code.Line();
            _code.Line("/// <summary>Weights of " + program.Layers[layer].Name + ".</summary>");
            _code.Line("public " + view + "Views " + view + " => new " + view + "Views(_model);");
        }

        for (int layer = 0; layer < program.Layers.Count; layer++)
        {
            if (program.Parameters.Any(p => p.Layer == layer))
                LayerViews(program, layer);
        }

        _code.Close();
    }

    /// <summary>What a weight is called in its layer's view.</summary>
    public static string MemberOf(Parameter parameter) => string.Concat(parameter.Name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w.Substring(1)));

    private void LayerViews(Program program, int layer)
    {
        string view = program.Layers[layer].ViewName;
        _code.Line();
        _code.Line("/// <summary>Weights of " + program.Layers[layer].Name + ", in Keras' layout.</summary>");
        _code.Open("public readonly struct " + view + "Views");
        _code.Line("private readonly " + _names.Self + " _model;");
        _code.Line();
        _code.Line("internal " + view + "Views(" + _names.Self + " model) => _model = model;");
        foreach (Parameter parameter in program.Parameters.Where(p => p.Layer == layer))
        {
            string name = MemberOf(parameter);
            string shape = string.Join(", ", parameter.Shape.Select(CodeWriter.Text));
            _code.Line();
            _code.Line("/// <summary>[" + shape + "].</summary>");
            _code.Line("public global::GenRnn.TensorView<" + _names.Element + "> " + name + " => new global::GenRnn.TensorView<" + _names.Element + ">(_model.Parameters.Slice("
                + CodeWriter.Text(parameter.Offset) + ", " + CodeWriter.Text(parameter.Length) + "), " + shape + ");");
        }

        _code.Close();
    }
}
