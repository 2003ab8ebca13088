using System;
using System.Collections.Generic;
using System.Text.Json;
using GenRnn.EndToEnd.Tests.Reading;
using GenRnn.Training.Tests;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>Keras' optimiser and loss configurations as objects of the runtime. A new loss is a row of a table.</summary>
internal static class TrainingRecipe
{
    private static readonly Dictionary<string, Loss> Losses = new()
    {
        ["mse"] = Loss.MeanSquaredError,
        ["mean_squared_error"] = Loss.MeanSquaredError,
        ["mae"] = Loss.MeanAbsoluteError,
        ["mean_absolute_error"] = Loss.MeanAbsoluteError,
        ["mean_absolute_percentage_error"] = Loss.MeanAbsolutePercentageError,
        ["mean_squared_logarithmic_error"] = Loss.MeanSquaredLogarithmicError,
        ["huber"] = Loss.Huber,
        ["log_cosh"] = Loss.LogCosh,
        ["poisson"] = Loss.Poisson,
        ["kl_divergence"] = Loss.KLDivergence,
        ["cosine_similarity"] = Loss.CosineSimilarity,
        ["binary_crossentropy"] = Loss.BinaryCrossentropy,
        ["categorical_crossentropy"] = Loss.CategoricalCrossentropy,
        ["sparse_categorical_crossentropy"] = Loss.SparseCategoricalCrossentropy,
    };

    public static Optimizer CreateOptimizer(TrainingGolden golden)
    {
        try
        {
            return KerasSettings.CreateOptimizer(golden.OptimizerClass, golden.Optimizer);
        }
        catch (NotSupportedException problem)
        {
            throw new NotSupportedCaseException(problem.Message);
        }
    }

    public static Loss CreateLoss(TrainingGolden golden)
    {
        string name = golden.Loss.ValueKind == JsonValueKind.String ? golden.Loss.GetString()! : golden.Loss.GetRawText();
        return Losses.TryGetValue(name, out Loss? loss) ? loss : throw new NotSupportedCaseException($"the loss {name}");
    }
}
