using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Two different layers run from both ends: each gives what it gives by itself, with its own weights and states.</summary>
public sealed class BidirectionalTests
{
    private const int Steps = 4, Features = 3, Rows = 5;

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile("Halves",
    [
        Source("Sequences", "[Bidirectional] [Lstm(3, ReturnSequences = true, ReturnState = true)] [Backward] [Gru(5, ReturnSequences = true, ReturnState = true)]"),
        Source("Onward", "[Lstm(3, ReturnSequences = true, ReturnState = true)]"),
        Source("Reversed", "[Gru(5, ReturnSequences = true, ReturnState = true, GoBackwards = true)]"),
        Source("Sum", "[Bidirectional(MergeMode.Sum)] [SimpleRnn(4)] [Backward] [Rnn(typeof(Own), GoBackwards = true)]", Own),
        Source("Cells", "[Bidirectional] [Rnn(typeof(Small), typeof(Normal), typeof(Small))]", Cells),
        Source("CellsAndHalf", "[Bidirectional] [Rnn(typeof(Normal))] [Backward] [Rnn(typeof(Small), typeof(Own), typeof(Own))]", Cells + Own),
        Source("OnwardLast", "[SimpleRnn(4)]"),
        Source("ReversedLast", "[Rnn(typeof(Own), GoBackwards = true)]", Own),
    ]));

    private static string Cells => """
        [Cell] [GruCell(4)] public static class Small;
        [Cell] [SimpleRnnCell(4)] [LayerNormalization] [GruCell(3)] public static class Normal;
        """;

    private static string Own => "[Cell(4)] public static class Own { public static Vec Step(CellWeights w, Vec x, Vec h) => Vec.Tanh(w.Linear(\"next\", 4, x, h)); }";

    [Fact]
    public void Sequences_stand_side_by_side_and_states_one_after_the_other()
    {
        IModel<float> both = Create("Sequences"), forward = Create("Onward"), reversed = Create("Reversed");
        Share(both, forward, reversed);
        float[] x = new RandomValues(1).Next<float>(Rows * Steps * Features);
        float[] y = Predict(both, x), f = Predict(forward, x), r = Predict(reversed, x);

        for (int row = 0; row < Rows; row++)
        {
            for (int step = 0; step < Steps; step++)
            {
                Span<float> found = y.AsSpan((row * Steps + step) * 8, 8);
                Bits.AssertEqual<float>(f.AsSpan((row * Steps + step) * 3, 3), found[..3], $"forwards, row {row}, step {step}");
                Bits.AssertEqual<float>(r.AsSpan((row * Steps + Steps - 1 - step) * 5, 5), found[3..], $"backwards, row {row}, step {step}");
            }
        }

        // h and c of the first, then h of the second.
        Bits.AssertEqual<float>([.. f[(Rows * Steps * 3)..], .. r[(Rows * Steps * 5)..]], y.AsSpan(Rows * Steps * 8), "states");
    }

    [Fact]
    public void Last_outputs_are_merged()
    {
        IModel<float> both = Create("Sum"), forward = Create("OnwardLast"), reversed = Create("ReversedLast");
        Share(both, forward, reversed);
        float[] x = new RandomValues(2).Next<float>(Rows * Steps * Features);
        float[] f = Predict(forward, x), r = Predict(reversed, x);
        Bits.AssertEqual<float>(f.Zip(r, (a, b) => a + b).ToArray(), Predict(both, x), "sums");
    }

    [Fact]
    public void Variables_have_the_paths_that_Keras_gives_them() => Assert.Equal(
        [
            "bidirectional/forward_lstm/lstm_cell/kernel", "bidirectional/forward_lstm/lstm_cell/recurrent_kernel", "bidirectional/forward_lstm/lstm_cell/bias",
            "bidirectional/gru/gru_cell/kernel", "bidirectional/gru/gru_cell/recurrent_kernel", "bidirectional/gru/gru_cell/bias",
        ],
        Create("Sequences").Info.Variables.Select(v => v.Path));

    /// <summary>Keras writes the cells into the layer's configuration, names included, and makes both directions of that; what a class of one's own makes is made for each.</summary>
    [Fact]
    public void Copies_have_the_names_of_the_cells_that_they_were_given()
    {
        Assert.Equal(
            [
                "bidirectional/forward_rnn/stacked_rnn_cells/gru_cell", "bidirectional/forward_rnn/stacked_rnn_cells/normal/simple_rnn_cell_1",
                "bidirectional/forward_rnn/stacked_rnn_cells/normal/layer_normalization_1", "bidirectional/forward_rnn/stacked_rnn_cells/normal/gru_cell_3",
                "bidirectional/forward_rnn/stacked_rnn_cells/gru_cell_2",
                "bidirectional/backward_rnn/stacked_rnn_cells/gru_cell", "bidirectional/backward_rnn/stacked_rnn_cells/normal/simple_rnn_cell_2",
                "bidirectional/backward_rnn/stacked_rnn_cells/normal/layer_normalization_2", "bidirectional/backward_rnn/stacked_rnn_cells/normal/gru_cell_4",
                "bidirectional/backward_rnn/stacked_rnn_cells/gru_cell_2",
            ],
            Objects("Cells"));
        Assert.Equal(
            [
                "bidirectional/forward_rnn/normal/simple_rnn_cell_1", "bidirectional/forward_rnn/normal/layer_normalization_1", "bidirectional/forward_rnn/normal/gru_cell_2",
                "bidirectional/rnn_1/stacked_rnn_cells/gru_cell_1", "bidirectional/rnn_1/stacked_rnn_cells/own", "bidirectional/rnn_1/stacked_rnn_cells/own_1",
            ],
            Objects("CellsAndHalf"));
    }

    /// <summary>The objects that own variables.</summary>
    private static IEnumerable<string> Objects(string name) => Create(name).Info.Variables.Select(v => v.Path[..v.Path.LastIndexOf('/')]).Distinct();

    private static void Share(IModel<float> both, IModel<float> forward, IModel<float> reversed)
    {
        both.UpdateParameters(0, static (parameters, _) => new RandomValues(3).Next<float>(parameters.Length).CopyTo(parameters));
        float[] all = both.Parameters.ToArray();
        forward.UpdateParameters(all, static (parameters, values) => values.AsSpan(0, parameters.Length).CopyTo(parameters));
        reversed.UpdateParameters(all, static (parameters, values) => values.AsSpan(values.Length - parameters.Length).CopyTo(parameters));
        Assert.Equal(all.Length, forward.Parameters.Length + reversed.Parameters.Length);
    }

    private static float[] Predict(IModel<float> model, float[] x)
    {
        var y = new float[Rows * model.Info.OutputLength];
        model.Predict(x, y);
        return y;
    }

    private static ModelSource Source(string name, string layers, string cell = "") => new("Halves", name,
        $"[Input(TimeSteps = {Steps}, Features = {Features}, Batch = {Rows})]\n{layers}\npublic partial class {name}\n{{\n    {cell}\n}}\n");

    private static IModel<float> Create(string name) => (IModel<float>)Activator.CreateInstance(Compilation.Value.Find("Halves." + name), 1)!;
}
