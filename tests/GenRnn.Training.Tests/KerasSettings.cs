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

    private static object Value(JsonElement value, Type type)
    {
        if (type == typeof(LearningRate))
        {
            return value.ValueKind == JsonValueKind.Object
                ? CreateSchedule(value.GetProperty("class_name").GetString()!, value.GetProperty("config"))
                : (LearningRate)value.GetDouble();
        }

        return type == typeof(bool) ? value.GetBoolean()
            : type == typeof(int) ? value.GetInt32()
            : value.GetDouble();
    }
}
