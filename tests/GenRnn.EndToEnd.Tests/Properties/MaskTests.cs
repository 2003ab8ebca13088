using System;
using System.Linq;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Masked steps: which they are, what a loss makes of them, what a call with a state does.</summary>
public sealed class MaskTests
{
    private const int Steps = 4;

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile("Masks",
    [
        new ModelSource("Masks", "Sequence", "[Input(TimeSteps = 4, Features = 2, Batch = 3)]\n[Masking(-1)]\n[SimpleRnn(3, ReturnSequences = true)]\n[Dense(2)]\npublic partial class Sequence;"),
        new ModelSource("Masks", "TimeMajor", "[Input(TimeSteps = 4, Features = 2, Batch = 3, Layout = DataLayout.TimeMajor)]\n[Masking(-1)]\n[SimpleRnn(3, ReturnSequences = true)]\n[Dense(2)]\npublic partial class TimeMajor;"),
        new ModelSource("Masks", "Last", "[Input(TimeSteps = 4, Features = 2, Batch = 3)]\n[Masking(-1)]\n[SimpleRnn(3)]\npublic partial class Last;"),
        new ModelSource("Masks", "Averaged", "[Input(TimeSteps = 4, Features = 2, Batch = 3)]\n[Masking(-1)]\n[SimpleRnn(3, ReturnSequences = true)]\n[GlobalAveragePooling1D]\n[Dense(1)]\npublic partial class Averaged;"),
    ]));

    /// <summary>Three rows: steps with the value in both places are masked, and no others.</summary>
    private static readonly float[] Inputs =
    [
        -1, -1, 0.5f, -1, float.PositiveInfinity, -1, 1, 1,
        -1, 0, -1, -1, -1, -1, 0.25f, 0,
        -1, -1, -1, -1, -1, -1, -1, -1,
    ];

    private static readonly float[] Mask = [0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0];

    [Fact]
    public void TheWorkspaceShowsWhichStepsCount()
    {
        IModel<float> model = Create("Sequence");
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        Assert.True(workspace.OutputMask.IsEmpty);
        model.Forward(Inputs, new float[Inputs.Length], null, workspace, training: true);
        Assert.Equal(Mask, workspace.OutputMask.ToArray());
        model.Forward(Inputs.AsSpan(8, 8), new float[8], null, workspace, training: true);
        Assert.Equal(Mask[4..8], workspace.OutputMask.ToArray());

        float[] nan = [float.NaN, -1, -1, float.NaN, -1, -1, float.NegativeInfinity, -1];
        model.Forward(nan, new float[8], null, workspace, training: false);
        Assert.Equal([1, 1, 0, 1], workspace.OutputMask.ToArray());

        IModel<float> timeMajor = Create("TimeMajor");
        ModelWorkspace<float> turned = timeMajor.CreateWorkspace();
        float[] x = new float[Inputs.Length];
        for (int i = 0; i < x.Length; i++)
            x[(i / 2 % Steps * 3 + i / 8) * 2 + i % 2] = Inputs[i];
        timeMajor.Forward(x, new float[x.Length], null, turned, training: true);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => Mask[i % 3 * Steps + i / 3]), turned.OutputMask.ToArray());
        Assert.False(Create("Last").Info.HasOutputMask);
    }

    [Fact]
    public void TheLossIsTheMeanOverStepsThatCount()
    {
        IModel<float> model = Create("Sequence");
        float[] x = [.. Inputs.Select(v => float.IsInfinity(v) ? 0.75f : v)], targets = new RandomValues(2).Next<float>(x.Length);
        var y = new float[x.Length];
        model.Predict(x, y);
        double[] errors = [.. y.Zip(targets, (a, b) => (double)((a - b) * (a - b)))];
        double[] steps = [.. Enumerable.Range(0, 12).Select(i => (errors[2 * i] + errors[2 * i + 1]) / 2)];
        double mean = steps.Where((_, i) => Mask[i] == 1).Average();

        Logs logs = model.Evaluate(new DataSet<float>(x, targets), Loss.MeanSquaredError, Metric.MeanSquaredError);
        Assert.Equal(mean, logs["loss"], 1e-6);
        Assert.Equal(mean, logs["mean_squared_error"], 1e-6);

        // A sample weight multiplies what counts; the divisor stays the number of steps that count.
        float[] weights = [2, 0.5f, 1];
        double weighted = steps.Select((e, i) => Mask[i] * weights[i / Steps] * e).Sum() / Mask.Sum();
        Assert.Equal(weighted, model.Evaluate(new DataSet<float>(x, targets, weights), Loss.MeanSquaredError)["loss"], 1e-6);
        Assert.Equal(0, model.Evaluate(new DataSet<float>(x, targets).Slice(2, 1), Loss.MeanSquaredError)["loss"]);
    }

    /// <summary>Keras: what the mask leaves out and what the target leaves out, and the mean over the rest.</summary>
    [Fact]
    public void AnIgnoredClassIsLeftOutBesidesTheMask()
    {
        IModel<float> model = Create("Sequence");
        float[] x = [.. Inputs.Select(v => float.IsInfinity(v) ? 0.75f : v)], weights = [2, 0.5f, 1];
        float[] targets = [1, 9, 0, 1, 9, 0, 0, 1, 0, 9, 1, 0];
        var y = new float[x.Length];
        model.Predict(x, y);
        bool[] counts = [.. targets.Select((t, i) => t != 9 && Mask[i] == 1)];
        double[] steps = [.. targets.Select((t, i) => counts[i] ? Math.Log(Math.Exp(y[2 * i]) + Math.Exp(y[2 * i + 1])) - y[2 * i + (int)t] : 0)];
        Assert.InRange(counts.Count(c => c), 1, (int)Mask.Sum() - 1);

        var loss = new SparseCategoricalCrossentropy { FromLogits = true, IgnoreClass = 9 };
        Assert.Equal(steps.Sum() / counts.Count(c => c), model.Evaluate(new DataSet<float>(x, targets), loss)["loss"], 1e-6);
        Assert.Equal(steps.Select((e, i) => weights[i / Steps] * e).Sum() / counts.Count(c => c), model.Evaluate(new DataSet<float>(x, targets, weights), loss)["loss"], 1e-6);
    }

    [Fact]
    public void AnUpdateFollowsTheGradientOfThatLoss()
    {
        float[] x = [.. Inputs.Select(v => float.IsInfinity(v) ? 0.75f : v)], targets = new RandomValues(3).Next<float>(x.Length);
        IModel<float> trained = Create("Sequence"), model = Create("Sequence");
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        float[] y = new float[x.Length];
        model.Forward(x, y, null, workspace, training: true);
        float[] slopes = [.. y.Select((p, i) => Mask[i / 2] * 2 * (p - targets[i]) / (2 * Mask.Sum()))];
        model.Backward(slopes, default, workspace);
        trained.Fit(new DataSet<float>(x, targets), new FitOptions { Optimizer = new Sgd { LearningRate = 1 }, Loss = Loss.MeanSquaredError, Shuffle = false, Verbose = Verbosity.Silent });

        float[] before = model.Parameters.ToArray(), gradients = workspace.Gradients.ToArray(), after = trained.Parameters.ToArray();
        Assert.All(Enumerable.Range(0, before.Length), i => Assert.Equal(before[i] - gradients[i], after[i], 1e-6f));
    }

    /// <summary>The mean over no step is 0 / 0. Where its row weighs nothing the loss is finite, and only the gradient shows it.</summary>
    [Fact]
    public void AWhollyMaskedRowInAMeanOverTimeStopsTrainingBeforeTheUpdate()
    {
        float[] x = [.. Inputs.Select(v => float.IsInfinity(v) ? 0.75f : v)];
        foreach (float[] weights in (float[][])[[], [1, 1, 0]])
        {
            IModel<float> model = Create("Averaged");
            float[] before = model.Parameters.ToArray();
            var options = new FitOptions { Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Verbose = Verbosity.Silent };
            NonFiniteException error = Assert.Throws<NonFiniteException>(() => model.Fit(new DataSet<float>(x, [1, 2, 3], weights), options));
            Assert.Equal((1, 1, 2), (error.Epoch, error.Batch, error.Row));
            Bits.AssertEqual<float>(before, model.Parameters, "weights after a step that was refused");

            var going = new FitOptions { Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Verbose = Verbosity.Silent, OnNonFinite = NonFinite.Continue };
            Assert.Single(model.Fit(new DataSet<float>(x, [1, 2, 3], weights), going).Epochs);
            Assert.Contains(model.Parameters.ToArray(), float.IsNaN);
        }
    }

    [Fact]
    public void ARowInPiecesIsTheRow()
    {
        IModel<float> model = Create("Last");
        float[] x = [0.5f, 0, -1, -1, 1, 0.25f, -1, -1], rest = [-1, -1, -1, -1, -1, -1, -1, -1];
        float[] whole = new float[3], again = new float[3];
        ModelState<float> state = model.CreateState(1);
        model.Predict(x, whole, state);
        model.Predict(rest, again, state);
        Bits.AssertEqual<float>(whole, again, "a call whose steps are all masked");
        model.Predict(rest, again);
        Assert.Equal([0, 0, 0], again);
    }

    private static IModel<float> Create(string name) => (IModel<float>)Activator.CreateInstance(Compilation.Value.Find("Masks." + name), 5)!;
}
