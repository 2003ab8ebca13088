using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;

namespace GenRnn.Training.Tests;

/// <summary>Keras' configurations as objects of the runtime. A key that is set and has no counterpart makes a case 'not supported', by name.</summary>
internal static class KerasSettings
{
    private static readonly Dictionary<string, Type> s_optimizers = new()
    {
        ["SGD"] = typeof(Sgd),
        ["RMSprop"] = typeof(RmsProp),
        ["Adam"] = typeof(Adam),
        ["AdamW"] = typeof(AdamW),
        ["Nadam"] = typeof(Nadam),
        ["Adagrad"] = typeof(Adagrad),
        ["Adadelta"] = typeof(Adadelta),
        ["Adamax"] = typeof(Adamax),
        ["Lion"] = typeof(Lion),
        ["Ftrl"] = typeof(Ftrl),
    };

    // Keys that are no more than our name in snake case are not listed.
    private static readonly Dictionary<string, string> s_properties = new()
    {
        ["clipnorm"] = nameof(Optimizer.ClipNorm),
        ["global_clipnorm"] = nameof(Optimizer.GlobalClipNorm),
        ["clipvalue"] = nameof(Optimizer.ClipValue),
        ["amsgrad"] = nameof(Adam.AmsGrad),
        ["l1_regularization_strength"] = nameof(Ftrl.L1),
        ["l2_regularization_strength"] = nameof(Ftrl.L2),
        ["l2_shrinkage_regularization_strength"] = nameof(Ftrl.L2Shrinkage),
    };

    public static Optimizer CreateOptimizer(string className, JsonElement settings, IReadOnlyList<string>? withoutDecay = null)
    {
        if (!s_optimizers.TryGetValue(className, out Type? type))
            throw new NotSupportedException($"the optimizer {className}");
        var optimizer = (Optimizer)Activator.CreateInstance(type)!;
        if (withoutDecay is not null)
            type.GetProperty(nameof(optimizer.ExcludeFromWeightDecay))!.SetValue(optimizer, withoutDecay);
        foreach (JsonProperty setting in settings.EnumerateObject().Where(s => s.Name != "name" && s.Value.ValueKind != JsonValueKind.Null))
        {
            string name = s_properties.GetValueOrDefault(setting.Name) ?? string.Concat(setting.Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            PropertyInfo property = type.GetProperty(name) ?? throw new NotSupportedException($"the flag {className}.{setting.Name} = {setting.Value}");
            property.SetValue(optimizer, Value(setting.Value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
        }

        return optimizer;
    }

    public static LearningRate CreateSchedule(string className, JsonElement settings)
    {
        double Number(string key) => settings.GetProperty(key).GetDouble();
        long Count(string key) => settings.GetProperty(key).GetInt64();
        bool Is(string key) => settings.GetProperty(key).GetBoolean();
        return className switch
        {
            "ExponentialDecay" => new ExponentialDecay(Number("initial_learning_rate"), Count("decay_steps"), Number("decay_rate")) { Staircase = Is("staircase") },
            "InverseTimeDecay" => new InverseTimeDecay(Number("initial_learning_rate"), Count("decay_steps"), Number("decay_rate")) { Staircase = Is("staircase") },
            "PiecewiseConstantDecay" => new PiecewiseConstantDecay(
                settings.GetProperty("boundaries").EnumerateArray().Select(b => b.GetInt64()), settings.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())),
            "PolynomialDecay" => new PolynomialDecay(Number("initial_learning_rate"), Count("decay_steps"))
            {
                EndLearningRate = Number("end_learning_rate"), Exponent = Number("power"), Cycle = Is("cycle"),
            },
            "CosineDecay" => new CosineDecay(Number("initial_learning_rate"), Count("decay_steps"))
            {
                Alpha = Number("alpha"),
                WarmupTarget = settings.GetProperty("warmup_target").ValueKind == JsonValueKind.Null ? null : Number("warmup_target"),
                WarmupSteps = Count("warmup_steps"),
            },
            "CosineDecayRestarts" => new CosineDecayRestarts(Number("initial_learning_rate"), Count("first_decay_steps"))
            {
                CycleFactor = Number("t_mul"), RateFactor = Number("m_mul"), Alpha = Number("alpha"),
            },
            _ => throw new NotSupportedException($"the schedule {className}"),
        };
    }

    public static Metric CreateMetric(string className, JsonElement settings)
    {
        string name = settings.GetProperty("name").GetString()!;
        JsonElement Of(string key) => settings.TryGetProperty(key, out JsonElement value) ? value : default;
        double Number(string key) => Of(key).GetDouble();
        double Threshold() => Of("thresholds").ValueKind switch
        {
            JsonValueKind.Number => Number("thresholds"),
            JsonValueKind.Array => throw new NotSupportedException($"several thresholds of {className}"),
            _ => 0.5,
        };
        foreach (string key in (string[])["class_id", "label_weights", "num_labels", "top_k", "ignore_class"])
        {
            if (Of(key).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
                throw new NotSupportedException($"the flag {className}.{key}");
        }

        bool fromLogits = Of("from_logits").ValueKind == JsonValueKind.True;
        double smoothing = Of("label_smoothing").ValueKind == JsonValueKind.Number ? Number("label_smoothing") : 0;
        return className switch
        {
            "AUC" => new Auc(
                Of("curve").GetString() == "PR" ? AucCurve.PrecisionRecall : AucCurve.Roc, Enum.Parse<AucSummation>(Of("summation_method").GetString()!, ignoreCase: true), name)
            {
                NumThresholds = Of("num_thresholds").GetInt32(),
                Thresholds = Of("thresholds").ValueKind == JsonValueKind.Array ? [.. Of("thresholds").EnumerateArray().Select(t => t.GetDouble())] : null,
            },
            "BinaryAccuracy" when Number("threshold") == 0.5 => Metric.BinaryAccuracy,
            "CategoricalAccuracy" => Metric.CategoricalAccuracy,
            "SparseCategoricalAccuracy" => Metric.SparseCategoricalAccuracy,
            "TopKCategoricalAccuracy" => new TopKCategoricalAccuracy(Of("k").GetInt32(), name),
            "SparseTopKCategoricalAccuracy" => new SparseTopKCategoricalAccuracy(Of("k").GetInt32(), name),
            "BinaryCrossentropy" => Metric.Of(new BinaryCrossentropy { FromLogits = fromLogits, LabelSmoothing = smoothing }, name),
            "CategoricalCrossentropy" => Metric.Of(new CategoricalCrossentropy { FromLogits = fromLogits, LabelSmoothing = smoothing }, name),
            "SparseCategoricalCrossentropy" => Metric.Of(new SparseCategoricalCrossentropy { FromLogits = fromLogits }, name),
            "CosineSimilarity" => Metric.CosineSimilarity,
            "F1Score" => new F1Score(
                Of("average").ValueKind == JsonValueKind.Null ? F1Average.PerClass : Enum.Parse<F1Average>(Of("average").GetString()!, ignoreCase: true),
                Of("threshold").ValueKind == JsonValueKind.Null ? null : Number("threshold"),
                name),
            "TruePositives" => Metric.TruePositives(Threshold(), name),
            "TrueNegatives" => Metric.TrueNegatives(Threshold(), name),
            "FalsePositives" => Metric.FalsePositives(Threshold(), name),
            "FalseNegatives" => Metric.FalseNegatives(Threshold(), name),
            "Precision" => Metric.Precision(Threshold(), name),
            "Recall" => Metric.Recall(Threshold(), name),
            "PrecisionAtRecall" => Metric.PrecisionAtRecall(Number("recall"), Of("num_thresholds").GetInt32()),
            "SensitivityAtSpecificity" => Metric.SensitivityAtSpecificity(Number("specificity"), Of("num_thresholds").GetInt32()),
            "R2Score" => Metric.R2Score,
            "RootMeanSquaredError" => Metric.RootMeanSquaredError,
            "KLDivergence" => Metric.Of(Loss.KLDivergence, name),
            "LogCoshError" => Metric.Of(Loss.LogCosh, name),
            "MeanAbsoluteError" => Metric.Of(Loss.MeanAbsoluteError, name),
            "MeanAbsolutePercentageError" => Metric.Of(Loss.MeanAbsolutePercentageError, name),
            "MeanSquaredError" => Metric.Of(Loss.MeanSquaredError, name),
            "MeanSquaredLogarithmicError" => Metric.Of(Loss.MeanSquaredLogarithmicError, name),
            "Poisson" => Metric.Of(Loss.Poisson, name),
            _ => throw new NotSupportedException($"the metric {className}"),
        };
    }

    /// <summary>A metric of <c>compile</c>: a name, which then is that in logs, or a configuration with its class.</summary>
    public static Metric CreateMetric(JsonElement metric)
    {
        if (metric.ValueKind == JsonValueKind.Object)
            return CreateMetric(metric.GetProperty("class").GetString()!, metric);
        string name = metric.GetString()!;
        return name is "accuracy" or "acc" ? Metric.Accuracy : Metric.Of(CreateLoss(metric), name);
    }

    /// <summary>A loss of <c>compile</c>: a name, or a configuration with its class.</summary>
    public static Loss CreateLoss(JsonElement loss, bool fromLogits = false)
    {
        JsonElement Of(string key) => loss.ValueKind == JsonValueKind.Object && loss.TryGetProperty(key, out JsonElement value) ? value : default;
        string name = loss.ValueKind == JsonValueKind.String ? loss.GetString()! : loss.GetProperty("class").GetString()!;
        fromLogits |= Of("from_logits").ValueKind == JsonValueKind.True;
        double smoothing = Of("label_smoothing").ValueKind == JsonValueKind.Number ? Of("label_smoothing").GetDouble() : 0;
        Loss created = name switch
        {
            "mse" or "mean_squared_error" or "MeanSquaredError" => Loss.MeanSquaredError,
            "mae" or "mean_absolute_error" or "MeanAbsoluteError" => Loss.MeanAbsoluteError,
            "mape" or "mean_absolute_percentage_error" or "MeanAbsolutePercentageError" => Loss.MeanAbsolutePercentageError,
            "msle" or "mean_squared_logarithmic_error" or "MeanSquaredLogarithmicError" => Loss.MeanSquaredLogarithmicError,
            "huber" => Loss.Huber,
            "Huber" => new Huber { Delta = Of("delta").GetDouble() },
            "log_cosh" or "LogCosh" => Loss.LogCosh,
            "poisson" or "Poisson" => Loss.Poisson,
            "kl_divergence" or "KLDivergence" => Loss.KLDivergence,
            "cosine_similarity" or "CosineSimilarity" => Loss.CosineSimilarity,
            "hinge" or "Hinge" => Loss.Hinge,
            "squared_hinge" or "SquaredHinge" => Loss.SquaredHinge,
            "categorical_hinge" or "CategoricalHinge" => Loss.CategoricalHinge,
            "binary_crossentropy" or "BinaryCrossentropy" => new BinaryCrossentropy { FromLogits = fromLogits, LabelSmoothing = smoothing },
            "categorical_crossentropy" or "CategoricalCrossentropy" => new CategoricalCrossentropy { FromLogits = fromLogits, LabelSmoothing = smoothing },
            "sparse_categorical_crossentropy" or "SparseCategoricalCrossentropy" => new SparseCategoricalCrossentropy
            {
                FromLogits = fromLogits,
                IgnoreClass = Of("ignore_class").ValueKind == JsonValueKind.Number ? Of("ignore_class").GetInt32() : null,
            },
            _ => throw new NotSupportedException($"the loss {name}"),
        };
        return Of("reduction").ValueKind != JsonValueKind.String ? created : Of("reduction").GetString() switch
        {
            "sum_over_batch_size" => created,
            "sum" => created.WithReduction(Reduction.Sum),
            "mean_with_sample_weight" => created.WithReduction(Reduction.MeanWithSampleWeight),
            var other => throw new NotSupportedException($"the reduction {other}"),
        };
    }

    private static object Value(JsonElement value, Type type)
    {
        if (type == typeof(LearningRate))
        {
            return value.ValueKind == JsonValueKind.Object
                ? CreateSchedule(value.GetProperty("class_name").GetString()!, value.GetProperty("config"))
                : (LearningRate)value.GetDouble();
        }

        // Each as it is: a number that is whole would else be a double.
        return type == typeof(bool) ? value.GetBoolean()
            : type == typeof(int) ? (object)value.GetInt32()
            : value.GetDouble();
    }
}
