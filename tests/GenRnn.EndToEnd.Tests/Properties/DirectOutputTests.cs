using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Outputs that are more than the caches hold are stored step by step where the caller wants them: what stands there is what a copy at the end would leave.</summary>
public sealed class DirectOutputTests
{
    private const int Batch = 48, Steps = 60, Units = 96;

    private static readonly Dictionary<string, ModelSpec> Models = new[]
    {
        Large("Direct").SimpleRnn(Units, ("ReturnSequences", true)).Build(),
        Large("DirectTimeMajor", ("Layout", "TimeMajor")).SimpleRnn(Units, ("ReturnSequences", true)).Build(),
        Large("DirectStates").Lstm(Units, ("ReturnSequences", true), ("ReturnState", true), ("GoBackwards", true)).Build(),
        Large("DirectMap").SimpleRnn(16, ("ReturnSequences", true)).Dense(Units, ("Activation", "Tanh")).Build(),
        Large("OddWidth").SimpleRnn(Units + 1, ("ReturnSequences", true)).Build(),
    }.ToDictionary(m => m.Class.Name);

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile(
        "Direct", Models.Values.Select(m => new ModelSource(m.Class.Namespace, m.Class.Name, DeclarationText.WriteClass(m))).ToArray()));

    private static ModelBuilder Large(string name, params (string, object)[] flags) => new ModelBuilder(name).Sequence(Steps, Units, [("Batch", Batch), .. flags]);

    [Theory]
    [InlineData("Direct", true)]
    [InlineData("DirectTimeMajor", true)]
    [InlineData("DirectStates", true)]
    [InlineData("DirectMap", true)]
    [InlineData("OddWidth", false)] // A row's last vector would reach into the next row.
    public void Large_outputs_whose_rows_end_with_a_vector_are_stored_at_once(string name, bool isDirect)
    {
        Schedule schedule = ModelCompiler.Schedule(ShapeInference.Infer(Models[name]), CancellationToken.None);
        Plan batch = schedule.PredictPlans.Single(p => p.Rows == Batch);
        Assert.Equal(isDirect, batch.Border.Outputs[0].IsDirect);
        Assert.All(schedule.Training.Border.Outputs.Concat(schedule.PredictPlans.Single(p => p.Rows == 1).Border.Outputs), o => Assert.False(o.IsDirect));
        // All steps are kept nowhere but in the room for rows that do not fill a batch.
        Assert.Equal(1, batch.Arena.Buffers.Select(b => b.Buffer).Count(b => b.Slots >= Steps && b.Width >= Units && b != batch.Border.Inputs[0].Site.Buffer));
    }

    [Theory]
    [InlineData("Direct", Batch)]
    [InlineData("Direct", 11)]
    [InlineData("Direct", (2 * Batch) + 11)]
    [InlineData("DirectTimeMajor", Batch)]
    [InlineData("DirectTimeMajor", 11)]
    [InlineData("DirectTimeMajor", (2 * Batch) + 11)]
    [InlineData("DirectStates", Batch + 11)]
    [InlineData("DirectMap", Batch + 11)]
    [InlineData("OddWidth", Batch)]
    public void They_are_what_single_rows_give_and_nothing_else_is_written(string name, int rows)
    {
        IModel<float> model = Create(name);
        ModelInfo info = model.GetInfo();
        float[] x = new RandomValues((ulong)rows).Next<float>(rows * info.InputLength);
        const int Margin = 37;
        float[] memory = new float[(rows * info.OutputLength) + (2 * Margin)];
        memory.AsSpan().Fill(7);
        Span<float> y = memory.AsSpan(Margin, rows * info.OutputLength);
        model.Predict(x, y);

        Assert.Equal(-1, memory.AsSpan(0, Margin).IndexOfAnyExcept(7f));
        Assert.Equal(-1, memory.AsSpan(Margin + y.Length).IndexOfAnyExcept(7f));
        float[] one = new float[info.OutputLength];
        foreach (int row in new[] { 0, rows / 2, rows - 1 })
        {
            model.Predict(RowOf(x, info.Layout, Units, row, rows), one);
            Bits.AssertEqual<float>(one.AsSpan(0, Steps * info.OutputLength / (Steps + States(info))), RowOf(y.Slice(0, rows * Steps * WidthOf(info)), info.Layout, WidthOf(info), row, rows), $"row {row}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Units)]
    [InlineData(-5 * Units)]
    public void Outputs_may_lie_over_the_inputs(int shift)
    {
        IModel<float> model = Create("Direct");
        ModelInfo info = model.GetInfo();
        float[] x = new RandomValues(5).Next<float>(Batch * info.InputLength), expected = new float[x.Length];
        model.Predict(x, expected);

        float[] memory = new float[x.Length + (20 * Units)];
        Span<float> input = memory.AsSpan(10 * Units, x.Length), output = memory.AsSpan((10 * Units) + shift, x.Length);
        x.CopyTo(input);
        model.Predict(input, output);
        Bits.AssertEqual<float>(expected, output, "outputs over the inputs");
    }

    [Fact]
    public void They_go_on_from_a_state()
    {
        IModel<float> model = Create("Direct");
        ModelInfo info = model.GetInfo();
        float[] x = new RandomValues(6).Next<float>(Batch * info.InputLength), y = new float[x.Length], trained = new float[x.Length];
        ModelState<float> state = model.CreateState(Batch), other = model.CreateState(Batch);
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        for (int call = 0; call < 2; call++)
        {
            model.Predict(x, y, state);
            model.Forward(x, trained, other, workspace, training: false);
            Bits.AssertEqual<float>(trained, y, $"call {call}");
        }
    }

    private static IModel<float> Create(string name) => (IModel<float>)Activator.CreateInstance(Compilation.Value.Find(Models[name].Class.MetadataName), 3)!;

    private static int States(ModelInfo info) => info.Outputs.Count - 1;

    private static int WidthOf(ModelInfo info) => info.OutputLength / (Steps + States(info));

    private static float[] RowOf(ReadOnlySpan<float> values, DataLayout layout, int width, int row, int rows)
    {
        if (layout == DataLayout.BatchMajor)
            return values.Slice(row * Steps * width, Steps * width).ToArray();
        List<float> taken = new();
        for (int step = 0; step < Steps; step++)
            taken.AddRange(values.Slice(((step * rows) + row) * width, width));
        return taken.ToArray();
    }
}
