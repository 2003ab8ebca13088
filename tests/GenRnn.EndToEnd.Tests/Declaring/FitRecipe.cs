using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using GenRnn.EndToEnd.Tests.Reading;
using GenRnn.Training.Tests;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>The arguments of a <c>compile</c> and a <c>fit</c> of Keras as <see cref="FitOptions"/>. A key without a counterpart makes a case 'not supported', by name.</summary>
internal static class FitRecipe
{
    private const string HalvingRule = "the rate so far while epoch < 2, then half of it each epoch";

    /// <summary>Options for one run: callbacks belong to one training at a time.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="first">A callback in front of the case's own.</param>
    public static FitOptions Create(FitGolden golden, Callback? first = null)
    {
        Refuse("compile", golden.Compile, "loss", "metrics", "weighted_metrics");
        Refuse("fit", golden.Fit, "epochs", "initial_epoch", "batch_size", "validation_split", "class_weight");
        JsonElement loss = golden.Compile.GetProperty("loss");
        if (loss.ValueKind == JsonValueKind.Object && !loss.TryGetProperty("class", out _))
            throw new NotSupportedCaseException("a loss for each output of a graph");
        IEnumerable<Callback> callbacks = golden.Callbacks.EnumerateArray().Select(CreateCallback);
        return TrainingRecipe.Supported(() => new FitOptions
        {
            Optimizer = KerasSettings.CreateOptimizer(golden.OptimizerClass, golden.Optimizer, golden.WithoutDecay),
            Loss = KerasSettings.CreateLoss(loss),
            Metrics = Metrics(golden.Compile, "metrics"),
            WeightedMetrics = Metrics(golden.Compile, "weighted_metrics"),
            Epochs = Integer(golden.Fit, "epochs", 1),
            InitialEpoch = Integer(golden.Fit, "initial_epoch", 0),
            BatchSize = BatchSize(golden),
            ValidationSplit = Number(golden.Fit, "validation_split", 0),
            ClassWeights = ClassWeights(golden.Fit),
            Callbacks = first is null ? [.. callbacks] : [first, .. callbacks],
            Shuffle = false,
            Verbose = Verbosity.Silent,
        });
    }

    public static int BatchSize(FitGolden golden) => Integer(golden.Fit, "batch_size", 32);

    private static Callback CreateCallback(JsonElement callback)
    {
        string name = callback.GetProperty("class").GetString()!;
        string monitor = callback.TryGetProperty("monitor", out JsonElement monitored) ? monitored.GetString()! : "val_loss";
        MonitorMode mode = callback.TryGetProperty("mode", out JsonElement text) ? Enum.Parse<MonitorMode>(text.GetString()!, ignoreCase: true) : MonitorMode.Auto;
        switch (name)
        {
            case "EarlyStopping":
                Refuse(name, callback, "class", "monitor", "mode", "min_delta", "patience", "baseline", "restore_best_weights", "start_from_epoch");
                return new EarlyStopping
                {
                    Monitor = monitor,
                    Mode = mode,
                    MinDelta = Number(callback, "min_delta", 0),
                    Patience = Integer(callback, "patience", 0),
                    Baseline = callback.TryGetProperty("baseline", out JsonElement baseline) && baseline.ValueKind == JsonValueKind.Number ? baseline.GetDouble() : null,
                    RestoreBestWeights = callback.TryGetProperty("restore_best_weights", out JsonElement restores) && restores.GetBoolean(),
                    StartFromEpoch = Integer(callback, "start_from_epoch", 0),
                };
            case "ReduceLROnPlateau":
                Refuse(name, callback, "class", "monitor", "mode", "factor", "patience", "min_delta", "cooldown", "min_lr");
                return new ReduceLROnPlateau
                {
                    Monitor = monitor,
                    Mode = mode,
                    Factor = Number(callback, "factor", 0.1),
                    Patience = Integer(callback, "patience", 10),
                    MinDelta = Number(callback, "min_delta", 1e-4),
                    Cooldown = Integer(callback, "cooldown", 0),
                    MinLearningRate = Number(callback, "min_lr", 0),
                };
            case "LearningRateScheduler" when callback.GetProperty("rule").ValueEquals(HalvingRule):
                return new LearningRateScheduler(static (epoch, rate) => epoch < 2 ? rate : rate / 2);
            case "LearningRateScheduler":
                throw new NotSupportedCaseException($"the rule '{callback.GetProperty("rule")}' of LearningRateScheduler");
            default:
                throw new NotSupportedCaseException($"the callback {name}");
        }
    }

    private static Metric[] Metrics(JsonElement compile, string key) =>
        compile.TryGetProperty(key, out JsonElement metrics) ? [.. metrics.EnumerateArray().Select(KerasSettings.CreateMetric)] : [];

    private static Dictionary<int, double>? ClassWeights(JsonElement fit) => fit.TryGetProperty("class_weight", out JsonElement weights)
        ? weights.EnumerateObject().ToDictionary(w => int.Parse(w.Name, CultureInfo.InvariantCulture), w => w.Value.GetDouble())
        : null;

    private static int Integer(JsonElement json, string key, int absent) => json.TryGetProperty(key, out JsonElement value) ? value.GetInt32() : absent;

    private static double Number(JsonElement json, string key, double absent) => json.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : absent;

    private static void Refuse(string what, JsonElement json, params string[] known)
    {
        foreach (JsonProperty property in json.EnumerateObject().Where(p => !known.Contains(p.Name)))
            throw new NotSupportedCaseException($"the flag {what}.{property.Name} = {property.Value}");
    }
}
