using System;
using System.Globalization;
using System.Linq;
using GenRnn.CompilerServices;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Rows that say how many of their steps there are.</summary>
public sealed class RowLengthTests
{
    private const int Steps = 5;

    private static readonly int[] Lengths = [3, 5, 1];

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile("RowLengths",
    [
        Source("Packed", Steps, "Lengths = true, Batch = 4", "[Bidirectional] [Gru(3, ReturnSequences = true)] [Dense(2)]"),
        Source("Plain1", 1, "Batch = 4", "[Bidirectional] [Gru(3, ReturnSequences = true)] [Dense(2)]"),
        Source("Plain3", 3, "Batch = 4", "[Bidirectional] [Gru(3, ReturnSequences = true)] [Dense(2)]"),
        Source("Plain5", 5, "Batch = 4", "[Bidirectional] [Gru(3, ReturnSequences = true)] [Dense(2)]"),
        Source("Last", Steps, "Lengths = true, Batch = 20", "[Lstm(4)] [Dense(1)]"),
        Source("Reversed", Steps, "Lengths = true, Batch = 4", "[Gru(3, ReturnSequences = true, GoBackwards = true)] [Lstm(2)]"),
        Source("Reversed3", 3, "Batch = 4", "[Gru(3, ReturnSequences = true, GoBackwards = true)] [Lstm(2)]"),
        Source("Words", Steps, "Lengths = true, Batch = 4", "[Embedding(7, 3)] [Gru(2)]", features: ""),
        Source("Masked", Steps, "Lengths = true, Batch = 4", "[Masking(-1)] [SimpleRnn(3, ReturnSequences = true)]"),
        Source("Masked3", 3, "Batch = 4", "[Masking(-1)] [SimpleRnn(3, ReturnSequences = true)]"),
        new("RowLengths", "Cell", "[Cell] [SimpleRnnCell(3)] [Dense(2)] public partial class Cell;"),
        Source("MaskedCell", Steps, "Lengths = true, Batch = 4", "[Masking(-1)] [Rnn(typeof(Cell), ReturnSequences = true)]"),
        Source("MaskedCell3", 3, "Batch = 4", "[Masking(-1)] [Rnn(typeof(Cell), ReturnSequences = true)]"),
    ]));

    [Fact]
    public void ARowIsWhatItsStepsAloneGive()
    {
        IModel<float> packed = Create("Packed");
        float[] x = new RandomValues(1).Next<float>(Lengths.Length * Steps * 2);
        float[] y = Predict(packed, x, Lengths);

        for (int row = 0; row < Lengths.Length; row++)
        {
            IModel<float> plain = Create("Plain" + Lengths[row].ToString(CultureInfo.InvariantCulture));
            plain.UpdateParameters(packed.Parameters.ToArray(), static (target, values) => values.CopyTo(target));
            var expected = new float[Lengths[row] * 2];
            plain.Predict(x.AsSpan(row * Steps * 2, Lengths[row] * 2), expected);
            Bits.AssertEqual<float>(expected, y.AsSpan(row * Steps * 2, expected.Length), $"row {row}");
        }
    }

    [Theory]
    [InlineData("Packed")]
    [InlineData("Last")]
    public void WhatStandsBehindALengthIsNotRead(string name)
    {
        IModel<float> model = Create(name);
        ModelInfo info = model.Info;
        float[] x = new RandomValues(2).Next<float>(Lengths.Length * Steps * 2);
        float[] spoilt = [.. x.Select((v, i) => i / 2 % Steps < Lengths[i / (2 * Steps)] ? v : float.NaN)];
        Bits.AssertEqual<float>(Predict(model, x, Lengths), Predict(model, spoilt, Lengths), "outputs");

        (float[] gradients, float[] inputGradients) = Differentiate(x);
        (float[] fromSpoilt, float[] inputGradientsOfSpoilt) = Differentiate(spoilt);
        Bits.AssertEqual<float>(gradients, fromSpoilt, "gradients");
        Bits.AssertEqual<float>(inputGradients, inputGradientsOfSpoilt, "input gradients");
        for (int i = 0; i < x.Length; i++)
            Assert.True(i / 2 % Steps < Lengths[i / (2 * Steps)] == (inputGradients[i] != 0), $"{i}");
        Assert.All(inputGradients.Skip(x.Length), lengthGradient => Assert.Equal(0, lengthGradient));

        (float[] Gradients, float[] InputGradients) Differentiate(float[] inputs)
        {
            float[] all = [.. inputs, .. Lengths.Select(n => (float)n)];
            ModelWorkspace<float> workspace = model.CreateWorkspace();
            var y = new float[Lengths.Length * info.OutputLength];
            var inputGradients = new float[all.Length];
            model.Forward(all, y, null, workspace, training: true);
            model.Backward(new RandomValues(3).Next<float>(y.Length), inputGradients, workspace);
            return (workspace.Gradients.ToArray(), inputGradients);
        }
    }

    [Fact]
    public void TheLastStepIsTheRowsLastAndStepsNeedNoLengths()
    {
        IModel<float> model = Create("Last");
        float[] x = new RandomValues(4).Next<float>(Steps * 2);
        for (int length = 1; length <= Steps; length++)
        {
            ModelState<float> predicted = model.CreateState(1), stepped = model.CreateState(1);
            float[] y = [0], step = [0];
            Method<Action<float[], int[], float[], ModelState<float>>>(model, "PredictFrom")(x, [length], y, predicted);
            for (int t = 0; t < length; t++)
                ((IStreamingModel<float>)model).Step(x.AsSpan(t * 2, 2), step, stepped);
            Bits.AssertEqual<float>(step, y, $"length {length}");

            ((IStreamingModel<float>)model).Step([0.5f, -0.5f], y, predicted);
            ((IStreamingModel<float>)model).Step([0.5f, -0.5f], step, stepped);
            Bits.AssertEqual<float>(step, y, $"the step after length {length}");
        }
    }

    /// <summary>Inside a row a masked step gives the output of the step before, behind its end there are zeros; steps one by one, with what they carry written and read, give the same.</summary>
    [Theory]
    [InlineData("Masked", 1)]
    [InlineData("Masked", 0)]
    [InlineData("MaskedCell", 1)]
    [InlineData("MaskedCell", 0)]
    public void AMaskInsideARowIsThatOfItsStepsAlone(string name, int masked)
    {
        IModel<float> model = Create(name), plain = Create(name + "3");
        plain.UpdateParameters(model.Parameters.ToArray(), static (target, values) => values.CopyTo(target));
        float[] x = new RandomValues(6).Next<float>(Steps * 2);
        x.AsSpan(masked * 2, 2).Fill(-1);
        int width = model.Info.Outputs[0].Features;
        float[] y = Predict(model, x, [3]), expected = new float[3 * width];
        plain.Predict(x.AsSpan(0, 6), expected);
        Bits.AssertEqual<float>([.. expected, .. new float[2 * width]], y, "outputs");
        if (masked > 0)
            Assert.NotEqual(0, y[width]);

        ModelState<float> state = model.CreateState(1);
        for (int t = 0; t < 3; t++)
        {
            var step = new float[width];
            ((IStreamingModel<float>)model).Step(x.AsSpan(t * 2, 2), step, state);
            Bits.AssertEqual<float>(expected.AsSpan(t * width, width), step, $"step {t}");
            var bytes = new byte[state.ByteCount];
            state.Write(bytes);
            state = model.CreateState(1);
            state.Read(bytes);
        }
    }

    [Fact]
    public void AnyNumberOfRowsHasTheSameBits()
    {
        IModel<float> model = Create("Last");
        const int rows = 43;
        int[] lengths = [.. Enumerable.Range(0, rows).Select(row => 1 + row * 7 % Steps)];
        float[] x = new RandomValues(5).Next<float>(rows * Steps * 2);
        float[] all = Predict(model, x, lengths);
        for (int row = 0; row < rows; row++)
            Bits.AssertEqual<float>(Predict(model, x[(row * Steps * 2)..((row + 1) * Steps * 2)], [lengths[row]]), all.AsSpan(row, 1), $"row {row}");
    }

    [Theory]
    [InlineData(new[] { 3, 5 }, "Found 2 lengths; expected 3, one for each row.")]
    [InlineData(new[] { 3, 0, 1 }, "Found a length of 0 for row 1; expected 1 to 5, the time steps of the input.")]
    [InlineData(new[] { 3, 5, 6 }, "Found a length of 6 for row 2; expected 1 to 5, the time steps of the input.")]
    public void OtherLengthsAreRefusedBeforeAnythingChanges(int[] lengths, string message)
    {
        IModel<float> model = Create("Last");
        ModelState<float> state = model.CreateState(20);
        float[] x = new RandomValues(6).Next<float>(3 * Steps * 2);

        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => Predict(model, x, lengths)).Message);
        if (lengths.Length < 3)
            return;
        float[] packed = [.. x, .. lengths.Select(n => (float)n)], y = [7, 7, 7];
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => model.Predict(packed, y)).Message);
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => model.Forward(packed, y, null, workspace, training: true)).Message);
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => ((IParallelPasses<float>)model).BeginForward(packed, null, workspace, training: true)).Message);
        Assert.False(workspace.HasForward);
        Assert.Equal([7, 7, 7], y);
    }

    [Theory]
    [InlineData(2.5f)]
    [InlineData(float.NaN)]
    public void PackedLengthsAreWholeNumbers(float length)
    {
        IModel<float> model = Create("Last");
        float[] packed = new float[Steps * 2 + 1];
        packed[^1] = length;
        Assert.Contains("for row 0; expected 1 to 5", Assert.ThrowsAny<ArgumentException>(() => model.Predict(packed, new float[1])).Message);
    }

    [Fact]
    public void LengthsStayWithOutputsInReversedTime()
    {
        IModel<float> model = Create("Reversed"), plain = Create("Reversed3");
        float[] x = new RandomValues(9).Next<float>(Steps * 2), y = new float[2];
        plain.Predict(x.AsSpan(0, 3 * 2), y);
        Bits.AssertEqual<float>(y, Predict(model, x, [3]), "last output");
    }

    [Fact]
    public void IdsBehindALengthMayBeAnything()
    {
        IModel<float> model = Create("Words");
        float[] ids = [6, 0, 3, 1, 1, 2, 5, 5, 4, 0], padded = [6, 0, -1, float.NaN, 100, 2, 5, 5, 4, 0];
        float[] y = new float[4], other = new float[4];
        Action<float[], int[], float[]> predict = Method<Action<float[], int[], float[]>>(model, "PredictRows");
        predict(ids, [2, 5], y);
        predict(padded, [2, 5], other);
        Bits.AssertEqual<float>(y, other, "outputs");
        Assert.Contains("row 0", Assert.ThrowsAny<ArgumentException>(() => predict(padded, [3, 5], other)).Message);
    }

    [Fact]
    public void TrainingLeavesOutWhatStandsBehindALength()
    {
        const int rows = 10;
        int[] lengths = [.. Enumerable.Range(0, rows).Select(row => 1 + row * 3 % Steps)];
        float[] x = new RandomValues(7).Next<float>(rows * Steps * 2), targets = new RandomValues(8).Next<float>(rows * Steps * 2);
        IModel<float> model = Create("Packed");
        var data = new DataSet<float>(x, targets).WithLengths(lengths);

        // The mean over the steps that there are, batch by batch.
        float[] y = Predict(model, x, lengths);
        double expected = Enumerable.Range(0, 3).Sum(batch =>
        {
            int first = batch * 4, end = Math.Min(rows, first + 4);
            int[] values = [.. Enumerable.Range(first * Steps * 2, (end - first) * Steps * 2).Where(i => i / 2 % Steps < lengths[i / (2 * Steps)])];
            return (end - first) * values.Average(i => Math.Pow(y[i] - targets[i], 2));
        }) / rows;
        Assert.Equal(expected, model.Evaluate(data, Loss.MeanSquaredError)["loss"], 1e-6);

        float[] Train(float[] inputs, int threads)
        {
            IModel<float> trained = Create("Packed");
            trained.Fit(new DataSet<float>(inputs, targets).WithLengths(lengths), new FitOptions
            {
                Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 3, Threads = threads, Verbose = Verbosity.Silent,
            });
            return trained.Parameters.ToArray();
        }

        float[] parameters = Train(x, 1);
        Bits.AssertEqual<float>(parameters, Train([.. x.Select((v, i) => i / 2 % Steps < lengths[i / (2 * Steps)] ? v : 1e30f)], 1), "padding");
        Bits.AssertEqual<float>(parameters, Train(x, 2), "threads");
        Assert.NotEqual(parameters, Create("Packed").Parameters.ToArray());
    }

    [Fact]
    public void DataWithoutOrWithWrongLengthsIsRefused()
    {
        float[] x = new float[2 * Steps * 2], y = new float[2];
        IModel<float> model = Create("Last"), plain = Create("Plain5");
        Refuses(model, new DataSet<float>(x, y), "Last: the rows of input 'input' have lengths; add them to the data set by WithLengths.");
        Refuses(model, new DataSet<float>(x, y).WithLengths(new[] { 1, 6 }), "Last: row 1 of input 'input' has the length 6; expected 1 to 5.");
        Refuses(model, new DataSet<float>(x, y).WithLengths(new[] { 1 }), "Last: the lengths of input 'input' holds 1 rows (1 values, 1 a row); input 'input' holds 2.");
        Refuses(plain, new DataSet<float>(x, new float[x.Length]).WithLengths(new[] { 1, 2 }), "Plain5: the rows of input 'input' have no lengths, but the data set holds some; declare it with Lengths = true.");
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataSet<float>(x, y).WithLengths(new[] { 1, 2 }, input: 1));
        Assert.Throws<ArgumentException>(() => new DataSet<float>(x, y).WithLengths(default));

        static void Refuses(IModel<float> model, DataSet<float> data, string message) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => model.Evaluate(data, Loss.MeanSquaredError)).Message);
    }

    // Predict takes them packed as well, so a call without them binds.
    [Fact]
    public void ACallWithoutLengthsIsTold()
    {
        IModel<float> model = Create("Last");
        float[] x = new float[2 * Steps * 2], y = new float[2];
        const string Message = "Found 20 values, 2 rows without lengths; expected 11 for each row, its 10 values and its length, because the model is declared with Lengths = true.";
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>("inputs", () => model.Predict(x, y)).Message, StringComparison.Ordinal);
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>("inputs", () => model.Forward(x, y, null, workspace, training: true)).Message, StringComparison.Ordinal);
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>("inputs", () => ((IParallelPasses<float>)model).BeginForward(x, null, workspace, training: true)).Message, StringComparison.Ordinal);
    }

    private static ModelSource Source(string name, int steps, string flags, string layers, string features = "Features = 2, ")
    {
        string call = flags.StartsWith("Lengths", StringComparison.Ordinal)
            ? """

                public void PredictRows(float[] x, int[] lengths, float[] y) => Predict(x, lengths, y);

                public void PredictFrom(float[] x, int[] lengths, float[] y, ModelState<float> state) => Predict(x, lengths, y, (State)state);
            """
            : "";
        return new ModelSource("RowLengths", name, string.Create(CultureInfo.InvariantCulture,
            $$"""
            [Input(TimeSteps = {{steps}}, {{features}}{{flags}})]
            {{layers}}
            public partial class {{name}}
            {{{call}}
            }
            """));
    }

    private static IModel<float> Create(string name) => (IModel<float>)Activator.CreateInstance(Compilation.Value.Find("RowLengths." + name), 9)!;

    private static float[] Predict(IModel<float> model, float[] x, int[] lengths)
    {
        var y = new float[x.Length / (Steps * 2) * model.Info.OutputLength];
        Method<Action<float[], int[], float[]>>(model, "PredictRows")(x, lengths, y);
        return y;
    }

    private static T Method<T>(IModel<float> model, string name)
        where T : Delegate => model.GetType().GetMethod(name)!.CreateDelegate<T>(model);
}
