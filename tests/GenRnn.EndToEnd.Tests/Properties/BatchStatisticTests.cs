using System;
using System.Linq;
using GenRnn.CompilerServices;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Statistics of a batch: its own rows alone, the same on any number of threads, and moved once a training step.</summary>
public sealed class BatchStatisticTests
{
    private const int Batch = 40, Steps = 3, Features = 2;

    private static readonly Lazy<ModelCompilation> LazyCompilation = new(() => ModelCompilation.Compile("Statistics",
    [
        new("Statistics", "Model",
            $"[Input(TimeSteps = {Steps}, Features = {Features}, Batch = {Batch})]\n[BatchNormalization(Momentum = 0.75)]\n[SimpleRnn(5)]\n[BatchNormalization]\n[Dense(1)]\npublic partial class Model;\n"),
    ]));

    [Fact]
    public void Statistics_are_those_of_the_rows_of_the_call()
    {
        IModel<float> model = Create();
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        const int Rows = 7;
        float[] x = new RandomValues(5).Next<float>(Rows * Steps * Features);
        // What an earlier call with more rows left behind must not count.
        model.Forward(new RandomValues(6).Next<float>(Batch * Steps * Features), new float[Batch], null, workspace, training: true);
        model.Forward(x, new float[Rows], null, workspace, training: true);
        float[][] before = model.GetWeights();
        model.UpdateParameters(workspace, (parameters, w) => model.UpdateStatistics(w, parameters));
        float[][] after = model.GetWeights();

        for (int f = 0; f < Features; f++)
        {
            double[] column = Enumerable.Range(0, Rows * Steps).Select(i => (double)x[i * Features + f]).ToArray();
            double mean = column.Average(), variance = column.Average(v => (v - mean) * (v - mean));
            // Variables: gamma, beta, moving mean, moving variance.
            Assert.Equal(0.75 * before[2][f] + 0.25 * mean, after[2][f], 1e-6);
            Assert.Equal(0.75 * before[3][f] + 0.25 * variance, after[3][f], 1e-6);
            Assert.Equal(before[0][f], after[0][f]);
        }

        Assert.Equal([true, true, false, false], model.Info.Variables.Take(4).Select(v => v.IsTrainable));
        // Whatever a caller wrote there, who adds or clips in place.
        workspace.Gradients.Fill(float.NaN);
        model.Backward(new float[Rows], default, workspace);
        Assert.All(model.Info.Variables.Where(v => !v.IsTrainable), v => Assert.All(workspace.Gradients.Slice(v.Offset, v.Length).ToArray(), g => Assert.Equal(0, g)));
    }

    [Fact]
    public void Inference_has_the_bits_of_Predict_at_every_entry()
    {
        IModel<float> model = Create();
        float[] x = new RandomValues(7).Next<float>(Batch * Steps * Features);
        var predicted = new float[Batch];
        var forward = new float[Batch];
        var one = new float[1];
        model.Predict(x, predicted);
        model.Forward(x, forward, null, model.CreateWorkspace(), training: false);
        Bits.AssertEqual<float>(predicted, forward, "Forward");
        for (int row = 0; row < Batch; row++)
        {
            model.Predict(x.AsSpan(row * Steps * Features, Steps * Features), one);
            Bits.AssertEqual<float>(predicted.AsSpan(row, 1), one, $"row {row}");
        }
    }

    [Fact]
    public void Threads_train_to_the_same_bits_and_evaluation_moves_nothing()
    {
        float[] x = new RandomValues(8).Next<float>(100 * Steps * Features), y = new RandomValues(9).Next<float>(100);
        float[][] Train(int threads)
        {
            IModel<float> model = Create();
            model.Fit(new DataSet<float>(x, y), new FitOptions
            {
                Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Epochs = 2, BatchSize = Batch, Threads = threads, Verbose = Verbosity.Silent,
                Validation = new DataSet<float>(x, y),
            });
            return model.GetWeights();
        }

        float[][] alone = Train(1), together = Train(3);
        for (int i = 0; i < alone.Length; i++)
            Bits.AssertEqual<float>(alone[i], together[i], $"variable {i}");
        Assert.NotEqual(Create().GetWeights()[2], alone[2]);
    }

    [Fact]
    public void What_is_no_training_pass_of_all_rows_is_refused()
    {
        IModel<float> model = Create();
        var pieces = (IParallelPasses<float>)model;
        Assert.True(model.Info.MixesRows);
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        var parameters = new float[model.Info.ParameterCount];
        float[] x = new RandomValues(10).Next<float>(Batch * Steps * Features);
        Assert.Throws<InvalidOperationException>(() => model.UpdateStatistics(workspace, parameters));
        model.Forward(x, new float[Batch], null, workspace, training: false);
        Assert.Throws<InvalidOperationException>(() => model.UpdateStatistics(workspace, parameters));
        Assert.Throws<ArgumentException>("parameters", () => model.UpdateStatistics(workspace, new float[3]));
        pieces.BeginForward(x, null, workspace, training: true);
        Assert.Throws<ArgumentException>("count", () => pieces.ForwardRows(workspace, 0, 16));
        Assert.Throws<ArgumentException>("count", () => pieces.BackwardRows(workspace, 16, 24));
    }

    private static IModel<float> Create() => (IModel<float>)Activator.CreateInstance(LazyCompilation.Value.Find("Statistics.Model"), 1)!;
}
