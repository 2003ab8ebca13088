using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>Training by <c>Fit</c>, an epoch a step (all rows are one batch): every loss and the final weights.</summary>
internal static class TrainingRunner
{
    public static List<TensorError> Run(TrainingPlan plan, IModel<float> model)
    {
        TrainingGolden golden = plan.Golden;
        model.SetWeights(golden.Weights.Select(w => w.Values).ToArray());
        var data = new DataSet<float>(golden.X.Values, golden.YTrue.Values, golden.SampleWeight?.Values);
        History history = model.Fit(data, new FitOptions
        {
            Optimizer = plan.Optimizer,
            Loss = plan.Loss,
            Epochs = golden.Losses.Length,
            Shuffle = false,
            Verbose = Verbosity.Silent,
        });

        var errors = new List<TensorError>();
        IReadOnlyList<double> losses = history["loss"];
        if (losses.Count != golden.Losses.Length)
            throw new InvalidOperationException($"{losses.Count} losses; the reference has {golden.Losses.Length}.");
        for (int step = 0; step < losses.Count; step++)
        {
            errors.Add(TensorError.Of(
                TensorRole.Loss, $"loss of step {step + 1}", [(float)losses[step]], [(float)golden.Losses[step]], TensorError.TrainingGate));
        }

        float[][] weights = model.GetWeights();
        if (weights.Length != golden.FinalWeights.Length)
            throw new InvalidOperationException($"{weights.Length} weights; the reference has {golden.FinalWeights.Length}.");
        errors.AddRange(weights.Zip(golden.FinalWeights, (ours, reference) =>
            TensorError.Of(TensorRole.TrainedWeight, $"final {reference.Path}", ours, reference.Values, TensorError.TrainingGate)));
        return errors;
    }
}
