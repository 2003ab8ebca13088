using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>Training by <c>Fit</c>, an epoch a step (all rows are one batch): every loss and the final weights.</summary>
internal static class TrainingRunner
{
    public static List<TensorError> Run<T>(TrainingPlan plan, IModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TrainingGolden golden = plan.Golden;
        model.SetWeights(golden.Weights.Select(w => w.ValuesAs<T>()).ToArray());
        var data = new DataSet<T>(golden.X.ValuesAs<T>(), golden.YTrue.ValuesAs<T>(), golden.SampleWeight?.ValuesAs<T>());
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
                TensorRole.Loss, $"loss of step {step + 1}", [(float)losses[step]], [(float)golden.Losses[step]], TensorError.GateOf<T>(TensorError.TrainingGate)));
        }

        T[][] weights = model.GetWeights();
        if (weights.Length != golden.FinalWeights.Length)
            throw new InvalidOperationException($"{weights.Length} weights; the reference has {golden.FinalWeights.Length}.");
        errors.AddRange(weights.Zip(golden.FinalWeights, (ours, reference) =>
            TensorError.Of(TensorRole.TrainedWeight, $"final {reference.Path}", Tensor.Rounded<T>(ours), reference.Values, TensorError.GateOf<T>(TensorError.TrainingGate))));
        return errors;
    }
}
