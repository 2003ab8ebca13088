using System;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace GenRnn.Analyzers.Tests.Fixes;

/// <summary>Fixes where models are used: only what is wrong changes, and the mistake is gone.</summary>
public class CallFixTests
{
    private const string Before = """
        using System;
        using GenRnn;
        [Input(TimeSteps = 50, Features = 1, Batch = 8)] [SimpleRnn(4)] [Dense(2)]
        public partial class F;
        [Input(TimeSteps = 50, Features = 1, Batch = 8)] [SimpleRnn(4, Stateful = true)] [Dense(2)]
        public partial class C;
        [Input(TimeSteps = 6, Features = 3, Name = "Series")] [Input(Features = 5, Name = "H0")] [Input(Features = 5, Name = "C0")] [InitialState("H0", "C0")] [Lstm(5)]
        public partial class G;
        [Input(TimeSteps = 6, Features = 3, Lengths = true)] [Gru(5)]
        public partial class K;
        [Input(TimeSteps = 4)] [Embedding(9, 3, MaskZero = true)] [Gru(4)]
        public partial class M;
        [Input(TimeSteps = 9, Features = 1)] [Conv1D(4, 4, Padding = Padding.Same, DilationRate = 2)] [Conv1D(4, 2)] [SimpleRnn(4)]
        public partial class E;
        [Input(TimeSteps = 9, Features = 1)] [SimpleRnn(4)] [Dense(3)]
        public partial class L;
        [Input(TimeSteps = 9, Features = 1)] [SimpleRnn(4)] [Dense(3, Activation = Activation.Softmax)]
        public partial class S;
        static class Case
        {
            public static void Use(F f, C c, G g, K k, M m, E e, L l, S h, float[] a, float[] x, float[] y, DataSet<float> data)
            {
                var s = f.CreateState();

        """;

    private const string After = "\n    }\n}\n";

    [Theory]
    [InlineData("GEN0401", "var o = new Adam { ClipNorm = 1, ClipValue = 0.5 };", "Remove ClipValue", "var o = new Adam { ClipNorm = 1 };")]
    [InlineData("GEN0402", "l.Evaluate(data, Loss.BinaryCrossentropy);", "Set FromLogits = true", "l.Evaluate(data, new BinaryCrossentropy { FromLogits = true });")]
    [InlineData("GEN0402", "l.Evaluate(data, GenRnn.Loss.CategoricalCrossentropy);", "Set FromLogits = true", "l.Evaluate(data, new GenRnn.CategoricalCrossentropy { FromLogits = true });")]
    [InlineData("GEN0402", "l.Evaluate(data, new SparseCategoricalCrossentropy());", "Set FromLogits = true", "l.Evaluate(data, new SparseCategoricalCrossentropy { FromLogits = true });")]
    [InlineData("GEN0402", "l.Evaluate(data, new BinaryCrossentropy { LabelSmoothing = 0.1 });", "Set FromLogits = true", "l.Evaluate(data, new BinaryCrossentropy { FromLogits = true, LabelSmoothing = 0.1 });")]
    [InlineData("GEN0402", "l.Evaluate(data, new BinaryCrossentropy { FromLogits = false });", "Set FromLogits = true", "l.Evaluate(data, new BinaryCrossentropy { FromLogits = true });")]
    [InlineData("GEN0402", "h.Evaluate(data, new CategoricalCrossentropy { FromLogits = true });", "Remove FromLogits", "h.Evaluate(data, new CategoricalCrossentropy());")]
    [InlineData("GEN0402", "h.Evaluate(data, new CategoricalCrossentropy { LabelSmoothing = 0.1, FromLogits = true });", "Remove FromLogits", "h.Evaluate(data, new CategoricalCrossentropy { LabelSmoothing = 0.1 });")]
    [InlineData("GEN0402", "h.Evaluate(data, Loss.BinaryCrossentropy);", "Change to CategoricalCrossentropy", "h.Evaluate(data, Loss.CategoricalCrossentropy);")]
    [InlineData("GEN0402", "h.Evaluate(data, new BinaryCrossentropy { LabelSmoothing = 0.1 });", "Change to CategoricalCrossentropy", "h.Evaluate(data, new CategoricalCrossentropy { LabelSmoothing = 0.1 });")]
    [InlineData("GEN0402", "var loss = Loss.BinaryCrossentropy; h.Evaluate(data, loss);", null, null)]
    [InlineData("GEN0403", "c.Fit(data, new FitOptions { Shuffle = true, Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "Remove Shuffle",
        "c.Fit(data, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });")]
    [InlineData("GEN0404", "f.Fit(data, new() { Optimizer = new Sgd(), BatchSize = 9, Loss = Loss.MeanSquaredError });", "Remove BatchSize",
        "f.Fit(data, new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });")]
    [InlineData("GEN0601", "f.Predict(new float[49], y);", "Change the length to F.InputLength", "f.Predict(new float[F.InputLength], y);")]
    [InlineData("GEN0601", "f.Predict(new float[100], stackalloc float[2]);", "Change the length to 2 * F.OutputLength", "f.Predict(new float[100], stackalloc float[2 * F.OutputLength]);")]
    [InlineData("GEN0601", "f.Step(new float[3], y, s);", "Change the length to F.StepInputLength", "f.Step(new float[F.StepInputLength], y, s);")]
    [InlineData("GEN0601", "g.Predict(new float[18], new float[4], x, y);", "Change the length to G.H0Length", "g.Predict(new float[18], new float[G.H0Length], x, y);")]
    [InlineData("GEN0601", "k.Predict(new float[36], new int[3], y);", "Change the length to 2", "k.Predict(new float[36], new int[2], y);")]
    [InlineData("GEN0601", "f.Predict([1, 2], y);", null, null)]
    [InlineData("GEN0601", "f.Predict(x.AsSpan(0, 3), y);", null, null)]
    [InlineData("GEN0603", "f.Predict(x, y, c.CreateState());", "Change to f.CreateState()", "f.Predict(x, y, f.CreateState());")]
    [InlineData("GEN0603", "var t = c.CreateState(); f.Predict(x, y, t);", null, null)]
    [InlineData("GEN0605", "f.Predict(a, y, s);\n        f.Predict(x, y, s); // the second", "Call s.Reset() before", "f.Predict(a, y, s);\n        s.Reset();\n        f.Predict(x, y, s); // the second")]
    [InlineData("GEN0605", "foreach (float v in a) f.Step([v], y, s);\n        foreach (float v in x)\n            f.Step([v], y, s);", "Call s.Reset() before",
        "foreach (float v in a) f.Step([v], y, s);\n        s.Reset();\n        foreach (float v in x)\n            f.Step([v], y, s);")]
    [InlineData("GEN0606", "float[] c0 = x, h0 = y; g.Predict(a, c0, h0.AsSpan(), a);", "Exchange 'c0' and 'h0.AsSpan()'", "float[] c0 = x, h0 = y; g.Predict(a, h0.AsSpan(), c0, a);")]
    [InlineData("GEN0606", "float[] c0 = x, h0 = y; g.Predict(a, output: a, h0: c0, c0: h0);", "Exchange 'c0' and 'h0'", "float[] c0 = x, h0 = y; g.Predict(a, output: a, h0: h0, c0: c0);")]
    public async Task The_call_is_mended(string id, string written, string? title, string? meant)
    {
        using var host = new FixHost([Before + written + After]);

        Assert.Equal(title, await host.FixAsync(id));

        Assert.Equal(Before + (meant ?? written) + After, host.Texts[0]);
        if (meant is not null)
            Assert.Empty(await AnalyzerHost.FindAllAsync(host.Texts[0]));
    }

    // What shows where a model is used is mended where it is declared, a layer after another.
    [Theory]
    [InlineData("GEN0609", "m.Predict([1, 0, 3, 0], y);", "Remove MaskZero", "Embedding(9, 3, MaskZero = true)", "Embedding(9, 3)")]
    [InlineData("GEN0602", "e.Step(x, y, e.CreateState());", "Use Padding.Causal for Conv1D(4, 4, Padding = Padding.Same, DilationRate = 2)", "Padding.Same", "Padding.Causal")]
    public async Task The_declaration_is_mended(string id, string written, string title, string layer, string meant)
    {
        using var host = new FixHost([Before + written + After]);

        Assert.Equal(title, await host.FixAsync(id));

        Assert.Equal((Before + written + After).Replace(layer, meant, StringComparison.Ordinal), host.Texts[0]);
    }

    [Fact]
    public async Task The_declaration_may_stand_in_another_file()
    {
        const string Call = "static class Use { public static void It(M m, float[] x) => m.Step(x, x, m.CreateState()); }";
        using var host = new FixHost([Call, "using GenRnn;\n[Input(TimeSteps = 9, Features = 1)] [Conv1D(4, 4)] public partial class M;"]);

        Assert.Equal("Use Padding.Causal for Conv1D(4, 4)", await host.FixAsync("GEN0602"));

        Assert.Equal([Call, "using GenRnn;\n[Input(TimeSteps = 9, Features = 1)] [Conv1D(4, 4, Padding = Padding.Causal)] public partial class M;"], host.Texts);
        using var mended = new FixHost([.. host.Texts]);
        Assert.Null(await mended.FixAsync("GEN0602"));
    }

    [Theory]
    [InlineData("GEN0601", "f.Predict(new float[49], y); f.Predict(new float[7], y);", "f.Predict(new float[F.InputLength], y); f.Predict(new float[F.InputLength], y);")]
    [InlineData("GEN0606", "float[] c0 = x, h0 = y; g.Predict(a, c0, h0, a); g.Predict(a, c0, h0, y);", "float[] c0 = x, h0 = y; g.Predict(a, h0, c0, a); g.Predict(a, h0, c0, y);")]
    [InlineData("GEN0605", "f.Predict(a, y, s);\n        f.Predict(x, y, s);\n        f.Predict(a, y, s);",
        "f.Predict(a, y, s);\n        s.Reset();\n        f.Predict(x, y, s);\n        s.Reset();\n        f.Predict(a, y, s);")]
    [InlineData("GEN0401", "var o = new Adam { ClipNorm = 1, ClipValue = 1 }; var p = new Sgd { ClipNorm = 1, GlobalClipNorm = 2 };", "var o = new Adam { ClipNorm = 1 }; var p = new Sgd { ClipNorm = 1 };")]
    public async Task All_calls_are_mended_at_once(string id, string written, string meant)
    {
        using var host = new FixHost([Before + written + After], ["class Empty;"]);

        await host.FixAllAsync(id, FixAllScope.Solution);

        Assert.Equal(Before + meant + After, host.Texts[0]);
    }
}
