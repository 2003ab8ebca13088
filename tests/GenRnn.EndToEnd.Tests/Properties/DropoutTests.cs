using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>
/// Masks seen from outside, through layers whose weights let them pass: which share is dropped, how the rest is scaled, what is shared by
/// steps and rows and what is not, and what a state, a length or a statistic makes of it.
/// </summary>
public sealed class DropoutTests
{
    private const int Steps = 6, Width = 16, Batch = 32, Calls = 4;

    /// <summary>Standard deviations: with fixed seeds a test passes always or never; this says how far from chance a failure is.</summary>
    private const double Sigmas = 5;

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile("Dropping",
    [
        Source("Layer", "[Dropout(0.3)]"),
        Source("SharedLayer", "[Dropout(0.3, SharedOverTime = true)]"),
        Source("Spatial", "[SpatialDropout1D(0.3)]"),
        Source("Noise", "[GaussianNoise(0.3)]"),
        Source("Flag", $"[SimpleRnn({Width}, Activation = Activation.Linear, Dropout = 0.3, ReturnSequences = true)]"),
        Source("InputKeep", $"[DropoutWrapper(InputKeep = 0.7)] {Linear}"),
        Source("OutputKeep", $"[DropoutWrapper(OutputKeep = 0.7)] {Linear}"),
        Source("VariationalInput", $"[DropoutWrapper(InputKeep = 0.7, Variational = true)] {Linear}"),
        Source("VariationalOutput", $"[DropoutWrapper(OutputKeep = 0.7, Variational = true)] {Linear}"),
        Source("CellKeep", "[Rnn(typeof(Wrapped), ReturnSequences = true)]", $"[Cell] [DropoutWrapper(OutputKeep = 0.7)] [SimpleRnnCell({Width}, Activation = Activation.Linear)] public class Wrapped;"),
        Source("WrittenKeep", "[Rnn(typeof(Wrapped), ReturnSequences = true)]",
            $"[DropoutWrapper(OutputKeep = 0.7)] [Cell({Width})] public static class Wrapped {{ public static Vec Step(CellWeights w, Vec x, Vec h) => w.Linear(\"hand\", {Width}, x, h); }}"),
        Source("RecurrentFlag", $"[SimpleRnn({Width}, Activation = Activation.Linear, RecurrentDropout = 0.3, ReturnSequences = true)]"),
        Source("StateKeep", $"[DropoutWrapper(StateKeep = 0.7)] {Linear}"),
        Source("VariationalState", $"[DropoutWrapper(StateKeep = 0.7, Variational = true)] {Linear}"),
        Source("Memory", $"[DropoutWrapper(StateKeep = 0.7)] [Lstm({Width}, ReturnState = true)]"),
        Source("Plain", "[Lstm(7, ReturnSequences = true)] [Gru(5)] [Dense(2)]"),
        Source("Everything", "[Dropout(0.2)] [DropoutWrapper(InputKeep = 0.8, OutputKeep = 0.6, StateKeep = 0.7)] [Lstm(7, ReturnSequences = true, Dropout = 0.1, RecurrentDropout = 0.2)] [DropoutWrapper(OutputKeep = 0.5, Variational = true)] [Gru(5)] [Dense(2)]"),
        Source("WithLengths", "[Dropout(0.2)] [DropoutWrapper(OutputKeep = 0.6, StateKeep = 0.7)] [Gru(5, ReturnSequences = true, RecurrentDropout = 0.2)]", input: "Lengths = true"),
        Source("WithoutLengths", "[Dropout(0.2)] [DropoutWrapper(OutputKeep = 0.6, StateKeep = 0.7)] [Gru(5, ReturnSequences = true, RecurrentDropout = 0.2)]"),
        Source("Normalized", "[Dropout(0.3)] [BatchNormalization] [SimpleRnn(4, Dropout = 0.2)] [Dense(1)]", input: "Precision = Precision.Double"),
        Source("Carried", $"[DropoutWrapper(StateKeep = 0.7)] [SimpleRnn({Width}, Activation = Activation.Linear, ReturnSequences = true, Stateful = true)]"),
        Source("Trained", "[Dropout(0.2)] [DropoutWrapper(InputKeep = 0.8, OutputKeep = 0.6, StateKeep = 0.7)] [Lstm(5, RecurrentDropout = 0.1)] [Dense(1)]"),
    ]));

    private static string Linear => $"[SimpleRnn({Width}, Activation = Activation.Linear, ReturnSequences = true)]";

    /// <summary>Where the masks of all steps can be seen side by side: the models, and whether steps and rows share theirs.</summary>
    public static TheoryData<string, bool, bool> Masks => new()
    {
        { "Layer", false, false },
        { "SharedLayer", true, false },
        { "Spatial", true, false },
        { "Flag", true, false },
        { "InputKeep", false, false },
        { "OutputKeep", false, false },
        { "CellKeep", false, false },
        { "WrittenKeep", false, false },
        { "VariationalInput", true, true },
        { "VariationalOutput", true, true },
    };

    [Theory]
    [MemberData(nameof(Masks))]
    public void A_mask_has_its_rate_its_scale_and_its_shape(string name, bool isSharedOverTime, bool isSharedByRows)
    {
        IModel<float> model = Create(name);
        PassThrough(model, recurrent: 0);
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        workspace.Seed = 11;
        List<float[]> calls = [];
        for (int call = 0; call < Calls; call++)
            calls.Add(Forward(model, Ones(), workspace));

        float scale = (float)(1 / 0.7);
        Assert.All(calls, mask => Assert.All(mask, m => Assert.True(m == 0 || m == scale, $"{name}: a factor of {m}.")));
        // Distinct draws: what is shared counts once.
        int[] steps = isSharedOverTime ? [0] : [.. Enumerable.Range(0, Steps)], rows = isSharedByRows ? [0] : [.. Enumerable.Range(0, Batch)];
        float[] draws = [.. from mask in calls from row in rows from step in steps from f in Enumerable.Range(0, Width) select mask[At(row, step, f)]];
        AssertShare(draws.Count(m => m == 0), draws.Length, 0.3, name + ", dropped");
        foreach (float[] mask in calls)
        {
            AssertShared(isSharedOverTime, mask, (row, step, f) => (row, 0, f), name + ", over time");
            AssertShared(isSharedByRows, mask, (row, step, f) => (0, step, f), name + ", by rows");
            AssertShared(false, mask, (row, step, f) => (row, step, 0), name + ", by elements");
        }

        // Two masks that have nothing to do with each other agree in 0.7 0.7 + 0.3 0.3 of their places.
        int agreeing = calls.Skip(1).Zip(calls, (a, b) => (from row in rows from step in steps from f in Enumerable.Range(0, Width) select a[At(row, step, f)] == b[At(row, step, f)]).Count(same => same)).Sum();
        AssertShare(agreeing, (Calls - 1) * rows.Length * steps.Length * Width, 0.58, name + ", from call to call");
        Bits.AssertEqual<float>(Ones(), Forward(model, Ones(), workspace, training: false), name + ", in inference");
    }

    /// <summary>One at the first step and nothing after it: what comes out at step t is the product of the masks that the state has met.</summary>
    [Theory]
    [InlineData("RecurrentFlag", true, false)]
    [InlineData("StateKeep", false, false)]
    [InlineData("VariationalState", true, true)]
    public void Masks_of_a_state_act_between_steps(string name, bool isSharedOverTime, bool isSharedByRows)
    {
        IModel<float> model = Create(name);
        PassThrough(model, recurrent: 1);
        float[] x = [.. Ones().Select((v, i) => i / Width % Steps == 0 ? v : 0)];
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        workspace.Seed = 5;
        float[] y = Forward(model, x, workspace);

        float scale = (float)(1 / 0.7);
        var kept = new int[Steps];
        for (int row = 0; row < Batch; row++)
        {
            for (int f = 0; f < Width; f++)
            {
                // The output of a step is taken before its state is dropped.
                Assert.Equal(1, y[At(row, 0, f)]);
                float expected = 1;
                for (int step = 1; step < Steps; step++)
                {
                    expected *= scale;
                    float found = y[At(row, step, f)];
                    Assert.True(found == 0 || found == expected, $"{name}: {found} at step {step}.");
                    Assert.True(!isSharedOverTime || (found == 0) == (y[At(row, 1, f)] == 0), $"{name}: a mask of its own at step {step}.");
                    Assert.True(!isSharedByRows || (found == 0) == (y[At(0, step, f)] == 0), $"{name}: a mask of its own in row {row}.");
                    kept[step] += found == 0 ? 0 : 1;
                }
            }
        }

        if (!isSharedByRows)
        {
            for (int step = 1; step < Steps; step++)
                AssertShare(kept[step], Batch * Width, isSharedOverTime ? 0.7 : Math.Pow(0.7, step), $"{name}, kept at step {step}");
        }
    }

    [Fact]
    public void Noise_has_its_deviation_and_no_mean_and_is_drawn_anew_for_every_value_and_call()
    {
        IModel<float> model = Create("Noise");
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        workspace.Seed = 11;
        float[] x = Ones();
        double[] noise = [.. Enumerable.Range(0, Calls).SelectMany(_ => Forward(model, x, workspace)).Select(y => (y - 1) / 0.3)];
        int n = noise.Length;

        // Of n normal numbers: deviations of the mean, of the mean square, of the share beyond 2, of the mean product with the next one.
        Assert.InRange(noise.Average(), -Sigmas / Math.Sqrt(n), Sigmas / Math.Sqrt(n));
        Assert.InRange(noise.Select(z => z * z).Average() - 1, -Sigmas * Math.Sqrt(2.0 / n), Sigmas * Math.Sqrt(2.0 / n));
        AssertShare(noise.Count(z => Math.Abs(z) > 2), n, 0.0455, "beyond two deviations");
        Assert.InRange(noise.Zip(noise.Skip(1), (a, b) => a * b).Average(), -Sigmas / Math.Sqrt(n), Sigmas / Math.Sqrt(n));
        Assert.True(noise.Distinct().Count() > n * 0.99, "values are drawn again");
        Assert.Equal(x, Forward(model, x, workspace, training: false));
    }

    [Fact]
    public void Of_an_LSTM_h_is_dropped_and_c_is_not()
    {
        IModel<float> model = Create("Memory");
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        float[] x = new RandomValues(3).Next<float>(Batch * Steps * Width);
        var outputs = new float[Batch * model.Info.OutputLength];
        model.Forward(x, outputs, null, workspace, training: true);

        // Output, h and c, each for all rows.
        float[] y = outputs[..(Batch * Width)], h = outputs[(Batch * Width)..(2 * Batch * Width)], c = outputs[(2 * Batch * Width)..];
        AssertShare(h.Count(v => v == 0), h.Length, 0.3, "dropped of h");
        Assert.DoesNotContain(0, c);
        Assert.DoesNotContain(0, y);
        for (int i = 0; i < h.Length; i++)
            Assert.True(h[i] == 0 || h[i] == y[i] * (float)(1 / 0.7), $"h[{i}] is {h[i]}, y {y[i]}.");
    }

    [Fact]
    public void In_inference_nothing_is_left_of_it()
    {
        IModel<float> plain = Create("Plain"), dropped = Create("Everything");
        dropped.UpdateParameters(plain.Parameters.ToArray(), static (parameters, values) => values.CopyTo(parameters));
        float[] x = new RandomValues(4).Next<float>(Batch * Steps * Width);
        foreach (int rows in new[] { 1, Batch })
        {
            float[] expected = new float[rows * 2], predicted = new float[rows * 2];
            plain.Predict(x.AsSpan(0, rows * Steps * Width), expected);
            dropped.Predict(x.AsSpan(0, rows * Steps * Width), predicted);
            Bits.AssertEqual<float>(expected, predicted, "Predict");
        }

        var forward = new float[Batch * 2];
        dropped.Forward(x, forward, null, dropped.CreateWorkspace(), training: false);
        var all = new float[Batch * 2];
        plain.Predict(x, all);
        Bits.AssertEqual<float>(all, forward, "Forward");
        Assert.Equal(plain.CreateState(1).ByteCount, dropped.CreateState(1).ByteCount);
    }

    [Fact]
    public void Lengths_do_not_move_masks_and_padding_stays_out()
    {
        IModel<float> with = Create("WithLengths"), without = Create("WithoutLengths");
        without.UpdateParameters(with.Parameters.ToArray(), static (parameters, values) => values.CopyTo(parameters));
        float[] x = new RandomValues(6).Next<float>(Batch * Steps * Width);
        float[] expected = Forward(without, x, Seeded(without));
        int[] lengths = [.. Enumerable.Range(0, Batch).Select(row => 1 + row % Steps)];
        float[] spoilt = [.. x.Select((v, i) => i / Width % Steps < lengths[i / (Steps * Width)] ? v : float.NaN)];
        float[] found = Forward(with, [.. spoilt, .. lengths.Select(l => (float)l)], Seeded(with));

        for (int row = 0; row < Batch; row++)
        {
            int start = row * Steps * 5, end = lengths[row] * 5;
            Bits.AssertEqual<float>(expected.AsSpan(start, end), found.AsSpan(start, end), $"row {row}");
            Assert.All(found[(start + end)..(start + Steps * 5)], v => Assert.Equal(0, v));
        }

        static ModelWorkspace<float> Seeded(IModel<float> model)
        {
            ModelWorkspace<float> workspace = model.CreateWorkspace();
            workspace.Seed = 77;
            return workspace;
        }
    }

    [Fact]
    public void Statistics_of_a_batch_are_those_of_what_was_kept_and_gradients_know_it()
    {
        IModel<double> model = (IModel<double>)Activator.CreateInstance(Compilation.Value.Find("Dropping.Normalized"), 1)!;
        const int Rows = 5;
        double[] x = new RandomValues(7).Next<double>(Rows * Steps * Width), upstream = new RandomValues(8).Next<double>(Rows);
        ModelWorkspace<double> workspace = model.CreateWorkspace();
        workspace.Seed = 9;
        double Loss()
        {
            var y = new double[Rows];
            workspace.TrainingCalls = 0;
            model.Forward(x, y, null, workspace, training: true);
            return y.Zip(upstream, (a, b) => a * b).Sum();
        }

        Loss();
        var gradients = new double[x.Length];
        model.Backward(upstream, gradients, workspace);
        const double Step = 1e-5;
        foreach (int i in Enumerable.Range(0, 60).Select(i => i * 7))
        {
            double value = x[i];
            x[i] = value + Step;
            double above = Loss();
            x[i] = value - Step;
            double difference = (above - Loss()) / (2 * Step);
            x[i] = value;
            Assert.Equal(difference, gradients[i], 1e-7);
        }
    }

    [Fact]
    public void A_state_is_carried_as_it_was_dropped()
    {
        IModel<float> model = Create("Carried");
        PassThrough(model, recurrent: 1);
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        ModelState<float> state = model.CreateState(Batch);
        float[] y = new float[Ones().Length], zeros = new float[Ones().Length];
        float[] first = [.. Ones().Select((v, i) => i / Width % Steps == Steps - 1 ? v : 0)];
        model.Forward(first, y, state, workspace, training: true);
        Assert.Equal(1, y[At(0, Steps - 1, 0)]);
        model.Predict(zeros, y, state);

        // Inference draws nothing: what the first call's last step left goes through all steps of the second.
        float scale = (float)(1 / 0.7);
        float[] carried = [.. from row in Enumerable.Range(0, Batch) from f in Enumerable.Range(0, Width) select y[At(row, 0, f)]];
        Assert.All(carried, v => Assert.True(v == 0 || v == scale, $"{v} was carried."));
        AssertShare(carried.Count(v => v == 0), carried.Length, 0.3, "dropped between the calls");
        Assert.Equal(carried, from row in Enumerable.Range(0, Batch) from f in Enumerable.Range(0, Width) select y[At(row, Steps - 1, f)]);
    }

    [Fact]
    public void A_seed_trains_to_the_same_weights_on_any_number_of_threads_and_another_to_others()
    {
        float[] x = new RandomValues(12).Next<float>(80 * Steps * Width), y = new RandomValues(13).Next<float>(80);
        float[] Train(int seed, int threads)
        {
            IModel<float> model = Create("Trained");
            model.Fit(new DataSet<float>(x, y), new FitOptions
            {
                Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Epochs = 2, BatchSize = Batch, Shuffle = false, Seed = seed, Threads = threads, Verbose = Verbosity.Silent,
            });
            return model.Parameters.ToArray();
        }

        float[] one = Train(seed: 4, threads: 1);
        Bits.AssertEqual<float>(one, Train(seed: 4, threads: 2), "two threads");
        Bits.AssertEqual<float>(one, Train(seed: 4, threads: 3), "three threads");
        Assert.NotEqual(one, Train(seed: 5, threads: 1));
    }

    private static ModelSource Source(string name, string layers, string cell = "", string input = "") => new("Dropping", name,
        $"[Input(TimeSteps = {Steps}, Features = {Width}, Batch = {Batch}{(input.Length == 0 ? "" : ", " + input)})]\n{layers}\npublic partial class {name}\n{{\n    {cell}\n}}\n");

    private static IModel<float> Create(string name) => (IModel<float>)Activator.CreateInstance(Compilation.Value.Find("Dropping." + name), 1)!;

    private static float[] Ones() => [.. Enumerable.Repeat(1f, Batch * Steps * Width)];

    private static int At(int row, int step, int feature) => (row * Steps + step) * Width + feature;

    private static float[] Forward(IModel<float> model, float[] x, ModelWorkspace<float> workspace, bool training = true)
    {
        var y = new float[Batch * model.Info.OutputLength];
        model.Forward(x, y, null, workspace, training);
        return y;
    }

    /// <summary>Weights of a linear cell that hand on what it reads: its input, and of its state a multiple.</summary>
    private static void PassThrough(IModel<float> model, float recurrent) => model.UpdateParameters(recurrent, static (parameters, recurrent) =>
    {
        parameters.Clear();
        for (int i = 0; i < Width && parameters.Length > 0; i++)
        {
            parameters[i * Width + i] = 1;
            parameters[Width * Width + i * Width + i] = recurrent;
        }
    });

    /// <summary>A mask that is shared along an axis is the same there; one that is not differs somewhere.</summary>
    private static void AssertShared(bool isShared, float[] mask, Func<int, int, int, (int Row, int Step, int Feature)> first, string what)
    {
        bool isSame = (from row in Enumerable.Range(0, Batch) from step in Enumerable.Range(0, Steps) from f in Enumerable.Range(0, Width) select (row, step, f))
            .All(p => first(p.row, p.step, p.f) is var (row, step, f) && mask[At(p.row, p.step, p.f)] == mask[At(row, step, f)]);
        Assert.True(isSame == isShared, $"{what}: {(isSame ? "one mask" : "masks of their own")}.");
    }

    private static void AssertShare(int count, int of, double share, string what)
    {
        double deviation = Math.Sqrt(share * (1 - share) / of);
        Assert.True(Math.Abs((double)count / of - share) <= Sigmas * deviation, $"{what}: {count} of {of}, expected {share:0.###} +- {deviation:0.###}.");
    }
}
