using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Properties;
using GenRnn.EndToEnd.Tests.Reading;
using GenRnn.EndToEnd.Tests.Running;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Cells;

/// <summary>Cells that are stepped by hand: Keras' <c>cell(x, [h])</c>, TensorFlow 1's loop over <c>zero_state</c>.</summary>
public sealed class SteppedCellTests
{
    private const int Rows = 20;
    private const int Steps = 5;

    private static readonly string[] s_goldens = ["cell_step_simplernn", "cell_step_lstm", "cell_step_gru"];

    /// <summary>A cell, and a model that runs the same parts over time.</summary>
    private static readonly (string Name, string Parts, string Layer)[] s_pairs =
    [
        ("Plain", "[SimpleRnnCell(7)]", "[SimpleRnn(7, ReturnSequences = true)]"),
        ("Gated", "[LstmCell(6, Projection = 4)]", "[Lstm(6, Projection = 4, ReturnSequences = true)]"),
        ("Stack", "[GruCell(5)] [LayerNormalization] [LstmCell(3)]", "[Rnn(typeof(StackCell), ReturnSequences = true)]"),
    ];

    private static readonly Lazy<ModelCompilation> s_compilation = new(() => ModelCompilation.Compile("Cells", s_pairs.SelectMany(Sources).Concat(s_goldens.Select(GoldenSource)).ToArray()));

    public static TheoryData<string> Pairs => new(s_pairs.Select(p => p.Name));

    public static TheoryData<string> Goldens => new(s_goldens);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void SteppingOverASequenceIsTheLayer(string name)
    {
        var cell = new Stepper(Create(name, name + "Cell"));
        IModel<float> model = Create(name, name + "Model");
        var random = new RandomValues(5);
        cell.Model.UpdateParameters(random.Next<float>(cell.Model.Info.ParameterCount), static (parameters, values) => values.CopyTo(parameters));
        model.SetWeights(cell.Model.GetWeights());
        float[] x = random.Next<float>(Rows * Steps * 3);
        var expected = new float[Rows * model.Info.OutputLength];
        model.Predict(x, expected);

        int width = model.Info.OutputLength / Steps;
        ModelState<float> state = cell.ZeroState(), silent = cell.ZeroState();
        Assert.Equal(Rows, state.Rows);
        for (int step = 0; step < Steps; step++)
        {
            float[] xt = At(x, step, 3), y = new float[Rows * width];
            cell.Step(xt, y, state);
            cell.Step(xt, silent);
            Bits.AssertEqual<float>(At(expected, step, width), y, "output of step " + step);
            // The output is the last cell's h.
            Bits.AssertEqual<float>(y, cell.Output(state), "state after step " + step);
            Assert.All(state.Names, name => Bits.AssertEqual<float>(state.GetValues(name), silent.GetValues(name), name));
        }

        // A row by itself.
        ModelState<float> row = cell.Model.CreateState(1);
        for (int step = 0; step < Steps; step++)
        {
            var y = new float[width];
            cell.Step(At(x, step, 3)[..3], y, row);
            Bits.AssertEqual<float>(At(expected, step, width)[..width], y, "row 0, step " + step);
        }
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void OneStepIsKeras(string name)
    {
        CellGolden golden = Golden(name);
        var cell = new Stepper(Create(name, "Cell"));
        Assert.Equal(golden.Weights.Select(w => w.Path), cell.Model.Info.Variables.Select(v => v.Path));
        cell.Model.SetWeights(golden.Weights.Select(w => w.Values).ToArray());
        ModelState<float> state = cell.ZeroState();
        string[] names = new[] { "H", "C" }[..golden.State.Length];
        for (int i = 0; i < names.Length; i++)
            state.SetValues(names[i], golden.State[i].Values);

        var y = new float[golden.Y.Values.Length];
        cell.Step(golden.X.Values, y, state);

        Assert.True(TensorError.Of(TensorRole.Output, "y", y, golden.Y.Values).Passes);
        for (int i = 0; i < names.Length; i++)
            Assert.True(TensorError.Of(TensorRole.Output, names[i], state.GetValues(names[i]), golden.NewState[i].Values).Passes);
    }

    /// <summary>No layer runs the cell, so none stands in front of its name.</summary>
    [Fact]
    public void VariablesAreCalledAfterTheCellAlone() =>
        Assert.Equal(
            ["stack_cell/gru_cell", "stack_cell/layer_normalization", "stack_cell/lstm_cell"],
            Create("Stack", "StackCell").Info.Variables.Select(v => v.Path[..v.Path.LastIndexOf('/')]).Distinct());

    [Fact]
    public void StatesAreWrittenInPlaceAndSurviveBytes()
    {
        var cell = new Stepper(Create("Gated", "GatedCell"));
        ModelState<float> state = cell.ZeroState(), copy = cell.ZeroState();
        float[] h = new RandomValues(6).Next<float>(Rows * 4);
        cell.SetOutput(state, h);
        var bytes = new byte[state.ByteCount];
        state.Write(bytes);
        copy.Read(bytes);

        Bits.AssertEqual<float>(h, state.GetValues("H"), "H");
        Bits.AssertEqual<float>(h, cell.Output(copy), "copy");
        Assert.Equal(new float[Rows * 6], copy.GetValues("C"));
    }

    private static float[] At(float[] sequence, int step, int width) =>
        Enumerable.Range(0, Rows).SelectMany(row => sequence.AsSpan((row * Steps + step) * width, width).ToArray()).ToArray();

    private static IEnumerable<ModelSource> Sources((string Name, string Parts, string Layer) pair)
    {
        string last = pair.Name == "Stack" ? "H2" : "H";
        yield return new ModelSource("Cells." + pair.Name, pair.Name + "Cell", $"[Cell(Features = 3, Batch = {Rows})] {pair.Parts} public partial class {pair.Name}Cell;\n{Harness(pair.Name + "Cell", last)}");
        yield return new ModelSource("Cells." + pair.Name, pair.Name + "Model", $"[Input(TimeSteps = {Steps}, Features = 3, Batch = {Rows})] {pair.Layer} public partial class {pair.Name}Model;\n");
    }

    private static ModelSource GoldenSource(string name)
    {
        CellGolden golden = Golden(name);
        string parts = string.Join(" ", WrappedLayer.CellOf(golden.Class, golden.Layer).Parts);
        return new ModelSource("Cells." + name, "Cell", $"[Cell(Features = {golden.X.Shape[1]}, Batch = {golden.X.Shape[0]})] {parts} public partial class Cell;\n{Harness("Cell", "H")}");
    }

    /// <summary>Typed calls, as a developer writes them.</summary>
    private static string Harness(string cell, string output) => $$"""
        public static class {{cell}}Calls
        {
            public static void Step({{cell}} cell, float[] x, float[] y, {{cell}}.State state) => cell.Step(x, y, state);

            public static void StepOnly({{cell}} cell, float[] x, {{cell}}.State state) => cell.Step(x, state);

            public static {{cell}}.State ZeroState({{cell}} cell) => cell.ZeroState();

            public static float[] Output({{cell}}.State state) => state.{{output}}.ToArray();

            public static void SetOutput({{cell}}.State state, float[] values) => new System.ReadOnlySpan<float>(values).CopyTo(state.{{output}});
        }
        """;

    private static CellGolden Golden(string name) =>
        (CellGolden)GoldenReader.Read(System.IO.Path.Combine(AppContext.BaseDirectory, "Goldens", "keras", name + ".json"));

    private static IModel<float> Create(string name, string type) =>
        (IModel<float>)Activator.CreateInstance(s_compilation.Value.Find($"Cells.{name}.{type}"), 0)!;

    /// <summary>A cell through its typed members.</summary>
    private sealed class Stepper(IModel<float> model)
    {
        private readonly Type _calls = model.GetType().Assembly.GetType(model.GetType().FullName + "Calls", throwOnError: true)!;

        public IModel<float> Model => model;

        public void Step(float[] x, float[] y, ModelState<float> state) => Call("Step", model, x, y, state);

        public void Step(float[] x, ModelState<float> state) => Call("StepOnly", model, x, state);

        public ModelState<float> ZeroState() => (ModelState<float>)Call("ZeroState", model)!;

        public float[] Output(ModelState<float> state) => (float[])Call("Output", state)!;

        public void SetOutput(ModelState<float> state, float[] values) => Call("SetOutput", state, values);

        private object? Call(string method, params object[] arguments) => _calls.GetMethod(method)!.Invoke(null, arguments);
    }
}
