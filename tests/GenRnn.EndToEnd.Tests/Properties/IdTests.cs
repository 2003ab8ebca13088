using System;
using System.Linq;
using GenRnn.CompilerServices;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Inputs that are ids: truncated, checked before anything changes, streamed.</summary>
public sealed class IdTests
{
    private const int Ids = 5, Steps = 4, Batch = 3;

    private static readonly Lazy<ModelCompilation> LazyCompilation = new(() => ModelCompilation.Compile("Ids",
    [
        Source("Words", ""),
        Source("TimeMajorWords", ", Layout = DataLayout.TimeMajor"),
    ]));

    [Fact]
    public void Ids_are_truncated()
    {
        IModel<float> model = Create("Words");
        Assert.Equal(Ids, model.Info.Inputs[0].Vocabulary);
        var whole = new float[model.Info.OutputLength];
        var broken = new float[whole.Length];
        model.Predict([1, 0, 4, 2], whole);
        model.Predict([1.5f, -0.5f, 4.99f, 2], broken);
        Bits.AssertEqual<float>(whole, broken, "fractions");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    [InlineData(5f)]
    [InlineData(float.PositiveInfinity)]
    public void An_id_outside_changes_nothing(float id)
    {
        foreach (string name in new[] { "Words", "TimeMajorWords" })
        {
            IModel<float> model = Create(name);
            int length = model.Info.OutputLength;
            ModelState<float> state = model.CreateState(Batch);
            ModelWorkspace<float> workspace = model.CreateWorkspace();
            float[] good = [.. Enumerable.Range(0, Batch * Steps).Select(i => (float)(i % Ids))];
            model.Predict(good, new float[Batch * length], state);
            model.Forward(good, new float[Batch * length], null, workspace, training: true);
            var before = new byte[state.ByteCount];
            state.Write(before);
            float[] bad = [.. good];
            // Row 2 at step 1.
            bad[name == "Words" ? 2 * Steps + 1 : 1 * Batch + 2] = id;

            Refuse(() => model.Predict(bad, new float[Batch * length]));
            Refuse(() => model.Predict(bad, new float[Batch * length], state));
            Refuse(() => model.Forward(bad, new float[Batch * length], state, workspace, training: true));
            Refuse(() => ((IParallelPasses<float>)model).BeginForward(bad, state, workspace, training: false));
            ArgumentException step = Assert.Throws<ArgumentException>(() => ((IStreamingModel<float>)model).Step([0, 0, id], new float[Batch * 2], state));
            Assert.Contains("row 2 at step 0; ids are 0 to 4", step.Message, StringComparison.Ordinal);

            var after = new byte[state.ByteCount];
            state.Write(after);
            Assert.Equal(before, after);
            // The workspace still differentiates the pass before.
            Assert.Equal(Batch, workspace.Rows);
        }

        static void Refuse(Action call)
        {
            ArgumentException exception = Assert.Throws<ArgumentException>("input", call);
            Assert.Contains("row 2 at step 1; ids are 0 to 4", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Step_equals_Predict()
    {
        IModel<float> model = Create("Words");
        float[] ids = [3, 0, 0, 4];
        var outputs = new float[Steps * 2];
        model.Predict(ids, outputs);
        ModelState<float> state = model.CreateState(1);
        for (int t = 0; t < Steps; t++)
        {
            var y = new float[2];
            ((IStreamingModel<float>)model).Step([ids[t]], y, state);
            Bits.AssertEqual<float>(outputs.AsSpan(2 * t, 2), y, $"step {t}");
        }
    }

    private static IModel<float> Create(string name) => (IModel<float>)Activator.CreateInstance(LazyCompilation.Value.Find("Ids." + name), 1)!;

    private static ModelSource Source(string name, string layout) => new("Ids", name,
        $"[Input(TimeSteps = {Steps}, Batch = {Batch}{layout})]\n[Embedding({Ids}, 3)]\n[Conv1D(4, 2, Padding = Padding.Causal)]\n[SimpleRnn(2, ReturnSequences = true)]\npublic partial class {name};\n");
}
