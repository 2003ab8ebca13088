using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>A whole <c>Fit</c>: every series of the history, the rate and the count of updates after each epoch, the epoch that stopped it, the final weights.</summary>
internal static class FitRunner
{
    public static List<TensorError> Run<T>(FitPlan plan, IModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FitGolden golden = plan.Golden;
        model.SetWeights(golden.Weights.Select(w => w.ValuesAs<T>()).ToArray());
        var probe = new Probe();
        FitOptions options = FitRecipe.Create(golden, probe);
        using var trainer = new Trainer<T>(model, options);
        probe.Iterations = () => trainer.OptimizerState.Iterations;
        History history = trainer.Fit(new DataSet<T>(golden.X.ValuesAs<T>(), golden.YTrue.ValuesAs<T>(), golden.SampleWeight?.ValuesAs<T>()));

        RequireEqual<int>("epochs", golden.Epochs, [.. history.Epochs.Select(e => e.Epoch - 1)]);
        RequireEqual<long>("iterations", golden.Iterations, [.. probe.Counts]);
        EarlyStopping? stopping = options.Callbacks.OfType<EarlyStopping>().FirstOrDefault();
        RequireEqual<int>("stopped_epoch", golden.StoppedEpoch is { } stopped ? [stopped] : [], stopping is null ? [] : [stopping.StoppedEpoch ?? 0]);
        RequireEqual<string>("series", [.. golden.History.Keys.Order(StringComparer.Ordinal)], [.. history.Epochs[0].Logs.Select(l => l.Key)]);

        var errors = new List<TensorError>
        {
            TensorError.Of(TensorRole.Loss, "learning rates", Single(probe.Rates), Single(golden.LearningRates), TensorError.TrainingGate),
        };
        foreach ((string name, double[] series) in golden.History)
            errors.Add(TensorError.Of(TensorRole.Loss, name, Single(history[name]), Single(series), TensorError.TrainingGate));
        T[][] weights = model.GetWeights();
        if (weights.Length != golden.FinalWeights.Length)
            throw new InvalidOperationException($"{weights.Length} weights; the reference has {golden.FinalWeights.Length}.");
        errors.AddRange(weights.Zip(golden.FinalWeights, (ours, reference) =>
            TensorError.Of(TensorRole.TrainedWeight, $"final {reference.Path}", Tensor.Rounded<T>(ours), reference.Values, TensorError.TrainingGate)));
        return errors;
    }

    private static float[] Single(IEnumerable<double> values) => [.. values.Select(v => (float)v)];

    private static void RequireEqual<TItem>(string what, IReadOnlyList<TItem> expected, IReadOnlyList<TItem> found)
    {
        if (!expected.SequenceEqual(found))
            throw new InvalidOperationException($"{what}: expected {string.Join(", ", expected)}; found {string.Join(", ", found)}.");
    }

    /// <summary>Reads the optimiser at the end of each epoch, before a callback behind it acts.</summary>
    private sealed class Probe : Callback
    {
        public List<double> Rates { get; } = [];

        public List<long> Counts { get; } = [];

        public Func<long> Iterations { get; set; } = () => 0;

        public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
        {
            Rates.Add(training.LearningRate);
            Counts.Add(Iterations());
        }
    }
}
