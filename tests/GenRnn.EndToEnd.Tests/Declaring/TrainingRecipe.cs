using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>Keras' optimiser and loss configurations as objects of the runtime. A new optimiser or loss is a row of a table.</summary>
internal static class TrainingRecipe
{
    private static readonly string[] Clipping = ["clipnorm", "global_clipnorm", "clipvalue"];

    /// <summary>Keys of every optimiser that must be at their default.</summary>
    private static readonly KerasFlag[] Common =
    [
        KerasFlag.Ignored("name"),
        KerasFlag.Default("weight_decay", "null"),
        KerasFlag.Default("use_ema", "false"),
        KerasFlag.Ignored("ema_momentum"),
        KerasFlag.Default("ema_overwrite_frequency", "null"),
        KerasFlag.Default("loss_scale_factor", "null"),
        KerasFlag.Default("gradient_accumulation_steps", "null"),
    ];

    private static readonly Dictionary<string, (string[] Keys, Func<Settings, Optimizer> Create)> Optimizers = new()
    {
        ["SGD"] = (["learning_rate", "momentum", "nesterov", .. Clipping], s => new Sgd
        {
            LearningRate = s.Number("learning_rate"),
            Momentum = s.Number("momentum"),
            Nesterov = s.Boolean("nesterov"),
            ClipNorm = s.Optional("clipnorm"),
            GlobalClipNorm = s.Optional("global_clipnorm"),
            ClipValue = s.Optional("clipvalue"),
        }),
        ["Adam"] = (["learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad", .. Clipping], s => new Adam
        {
            LearningRate = s.Number("learning_rate"),
            Beta1 = s.Number("beta_1"),
            Beta2 = s.Number("beta_2"),
            Epsilon = s.Number("epsilon"),
            AmsGrad = s.Boolean("amsgrad"),
            ClipNorm = s.Optional("clipnorm"),
            GlobalClipNorm = s.Optional("global_clipnorm"),
            ClipValue = s.Optional("clipvalue"),
        }),
    };

    // Not the percentage error: the reference's run explodes (the loss grows from 147 to 7,000), so no float follows one of doubles. A test of the
    // training loop follows it in double.
    private static readonly Dictionary<string, Loss> Losses = new()
    {
        ["mse"] = Loss.MeanSquaredError,
        ["mean_squared_error"] = Loss.MeanSquaredError,
        ["mae"] = Loss.MeanAbsoluteError,
        ["mean_absolute_error"] = Loss.MeanAbsoluteError,
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
        if (!Optimizers.TryGetValue(golden.OptimizerClass, out (string[] Keys, Func<Settings, Optimizer> Create) row))
            throw new NotSupportedCaseException($"the optimizer {golden.OptimizerClass}");
        foreach (JsonProperty property in golden.Optimizer.EnumerateObject().Where(p => !row.Keys.Contains(p.Name)))
        {
            if (Common.FirstOrDefault(f => f.Key == property.Name) is not { } flag || !flag.IsAbsent(property.Value))
                throw new NotSupportedCaseException($"the flag {golden.OptimizerClass}.{property.Name} = {property.Value}");
        }

        return row.Create(new Settings(golden.OptimizerClass, golden.Optimizer));
    }

    public static Loss CreateLoss(TrainingGolden golden)
    {
        string name = golden.Loss.ValueKind == JsonValueKind.String ? golden.Loss.GetString()! : golden.Loss.GetRawText();
        return Losses.TryGetValue(name, out Loss? loss) ? loss : throw new NotSupportedCaseException($"the loss {name}");
    }

    /// <summary>An optimiser's configuration. A learning rate that is not a number is a schedule.</summary>
    private sealed class Settings(string optimizer, JsonElement json)
    {
        public double Number(string key)
        {
            JsonElement value = json.GetProperty(key);
            if (value.ValueKind == JsonValueKind.Object)
                throw new NotSupportedCaseException($"the schedule {value.GetProperty("class_name").GetString()} of {optimizer}.{key}");
            return value.GetDouble();
        }

        public double? Optional(string key) => json.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.GetDouble() : null;

        public bool Boolean(string key) => json.GetProperty(key).GetBoolean();
    }
}
