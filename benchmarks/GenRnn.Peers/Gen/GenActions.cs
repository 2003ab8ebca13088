using System;
using System.Linq;
using GenRnn.Peers.Models;

namespace GenRnn.Peers.Gen;

/// <summary>What our own code is timed on.</summary>
internal static class GenActions
{
    public const string Name = "Gen";

    /// <summary>A call of inference.</summary>
    public static Action Inference(Work work)
    {
        IModel<float> model = work.Create();
        ModelInfo info = model.Info;
        float[] inputs = work.Inputs(info), outputs = new float[work.Rows * info.OutputLength];
        return () => model.Predict(inputs, outputs);
    }

    /// <summary>Forward, loss, backward and an update by Adam.</summary>
    public static Action Training(Work work, int threads = 1)
    {
        IModel<float> model = work.Create();
        ModelInfo info = model.Info;
        var batch = new DataSet<float>(work.Inputs(info), work.Targets(info));
        var trainer = new Trainer<float>(model, new FitOptions
        {
            Optimizer = new Adam(), Loss = work.Classes > 0 ? Loss.SparseCategoricalCrossentropy : Loss.MeanSquaredError, Threads = threads, CheckLossGradient = false, Verbose = Verbosity.Silent,
        });
        return () => trainer.TrainOnBatch(batch);
    }

    /// <summary>An epoch of Géron's network over 7,000 series, shuffled.</summary>
    public static Action Epoch(float[] inputs, float[] targets)
    {
        var data = new DataSet<float>(inputs, targets);
        var trainer = new Trainer<float>(new Geron(seed: 1), new FitOptions { Optimizer = new Adam(), Loss = Loss.MeanSquaredError, CheckLossGradient = false, Verbose = Verbosity.Silent });
        return () => trainer.Fit(data);
    }

    /// <summary>So many small models of 1,000 windows each, an epoch each.</summary>
    public static Action Farm(int models, int threads)
    {
        var random = new Random(3);
        TimeSeries<float>[] series = [.. Enumerable.Range(0, models).Select(_ => new TimeSeries<float>(Wave(random)))];
        WindowDataSet<float> windows = WindowDataSet.Of(series, new WindowOptions { SequenceLength = 24 });
        var options = new FitOptions { Optimizer = new Adam(), Loss = Loss.MeanSquaredError, CheckLossGradient = false };
        return () => ModelFarm.Fit(() => new Small(seed: 1), windows, options, threads: threads);
    }

    private static float[] Wave(Random random) => [.. Enumerable.Range(0, 1_024).Select(i => MathF.Sin(i * 0.3f) + 0.1f * random.NextSingle())];
}
