using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>What a layer's flags add to the declaration: modifiers before its attribute, named arguments in it.</summary>
internal sealed class LayerText
{
    public List<AttributeText> Modifiers { get; } = [];

    public List<string> Arguments { get; } = [];
}

/// <summary>One key of a Keras configuration and what it becomes.</summary>
/// <param name="Key">Keras' key.</param>
/// <param name="IsAbsent">Whether a value counts as not set.</param>
/// <param name="Write">Writes any other value; null if the language does not have the flag.</param>
internal sealed record KerasFlag(string Key, Func<JsonElement, bool> IsAbsent, Action<JsonElement, LayerText>? Write = null)
{
    /// <summary>A key that says nothing about the numbers.</summary>
    public static KerasFlag Ignored(string key) => new(key, _ => true);

    /// <summary>A flag that must be at its default (JSON).</summary>
    public static KerasFlag Default(string key, string json) => new(key, Is(json));

    public static KerasFlag Boolean(string key, bool absent, string name) =>
        new(key, Is(absent ? "true" : "false"), (value, text) => text.Arguments.Add($"{name} = {(value.GetBoolean() ? "true" : "false")}"));

    public static KerasFlag Number(string key, double absent, string name) => new(
        key, value => value.GetDouble() == absent, (value, text) => text.Arguments.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {value.GetDouble():R}")));

    /// <summary>An integer, or a list of one.</summary>
    public static KerasFlag Integer(string key, int absent, string name) =>
        new(key, value => First(value) == absent, (value, text) => text.Arguments.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {First(value)}")));

    /// <summary>A further argument of the constructor, behind the first one.</summary>
    public static KerasFlag Argument(string key, Func<JsonElement, string> write) => new(key, _ => false, (value, text) => text.Arguments.Insert(0, write(value)));

    /// <summary>A member of an enum of the flag's name.</summary>
    public static KerasFlag Enum(string key, string absent, string name) =>
        new(key, Is($"\"{absent}\""), (value, text) => text.Arguments.Add($"{name} = {name}.{PascalCase(value.GetString()!)}"));

    public static KerasFlag Activation(string key, string absent, string name) =>
        new(key, Is($"\"{absent}\""), (value, text) => text.Arguments.Add($"{name} = {ActivationText(value)}"));

    /// <summary>Keras' <c>unroll=True</c> writes every step out.</summary>
    public static KerasFlag Unroll() =>
        new("unroll", Is("false"), (_, text) => text.Arguments.Add("Unroll = Unroll.Full"));

    /// <summary>An initialiser: a flag of the layer, or the modifier where it has arguments.</summary>
    public static KerasFlag Initializer(string key, string absent, string name, Weight weight) => new(
        key,
        value => value.GetProperty("class_name").ValueEquals(absent) && InitializerArguments(value).Count == 0,
        (value, text) =>
        {
            string kind = value.GetProperty("class_name").GetString()!;
            if (!System.Enum.TryParse(kind, out Initializer _))
                throw new NotSupportedCaseException($"the initializer {kind}");
            List<string> arguments = InitializerArguments(value);
            if (arguments.Count == 0)
                text.Arguments.Add($"{name} = Initializer.{kind}");
            else
                text.Modifiers.Add(new AttributeText("Initialize", [$"Weight.{weight}", $"Initializer.{kind}", .. arguments]));
        });

    /// <summary>The regulariser and the constraint of a weight: modifiers.</summary>
    public static KerasFlag[] WeightModifiers(string key, Weight weight) => [Regularizer(key + "_regularizer", weight), Constraint(key + "_constraint", weight)];

    public static KerasFlag Regularizer(string key, Weight weight) => new(key, Is("null"), (value, text) =>
    {
        JsonElement config = value.GetProperty("config");
        string kind = value.GetProperty("class_name").GetString()!;
        text.Modifiers.Add(new AttributeText("Regularize", kind switch
        {
            "L1" => [$"Weight.{weight}", $"L1 = {Number(config.GetProperty("l1"))}"],
            "L2" => [$"Weight.{weight}", $"L2 = {Number(config.GetProperty("l2"))}"],
            "L1L2" => [$"Weight.{weight}", $"L1 = {Number(config.GetProperty("l1"))}", $"L2 = {Number(config.GetProperty("l2"))}"],
            "OrthogonalRegularizer" => [$"Weight.{weight}", $"Orthogonal = {Number(config.GetProperty("factor"))}", $"Mode = OrthogonalMode.{PascalCase(config.GetProperty("mode").GetString()!)}"],
            _ => throw new NotSupportedCaseException($"the regularizer {kind}"),
        }));
    });

    public static KerasFlag Constraint(string key, Weight weight) => new(key, Is("null"), (value, text) =>
    {
        JsonElement config = value.GetProperty("config");
        string kind = value.GetProperty("class_name").GetString()!;
        List<string> arguments = [$"Weight.{weight}", $"ConstraintKind.{(kind == "NonNeg" ? "NonNegative" : kind)}"];
        if (kind is not ("MaxNorm" or "UnitNorm" or "NonNeg" or "MinMaxNorm"))
            throw new NotSupportedCaseException($"the constraint {kind}");
        foreach ((string of, string name) in new[] { ("min_value", "Min"), ("max_value", "Max"), ("rate", "Rate") })
        {
            if (config.TryGetProperty(of, out JsonElement number))
                arguments.Add($"{name} = {Number(number)}");
        }

        if (config.TryGetProperty("axis", out JsonElement axis))
            arguments.Add(axis.ValueKind == JsonValueKind.Array ? $"Axes = new[] {{ {string.Join(", ", axis.EnumerateArray())} }}" : $"Axis = {axis}");
        text.Modifiers.Add(new AttributeText("Constrain", arguments));
    });

    /// <summary><c>hard_sigmoid</c> -> <c>Activation.HardSigmoid</c>.</summary>
    public static string ActivationText(JsonElement value)
    {
        string keras = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        string name = keras == "swish" ? "Silu" : PascalCase(keras);
        return System.Enum.TryParse(name, out Activation _) ? $"Activation.{name}" : throw new NotSupportedCaseException($"the activation {keras}");
    }

    private static int First(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value[0].GetInt32() : value.GetInt32();

    private static Func<JsonElement, bool> Is(string json)
    {
        JsonElement expected = JsonDocument.Parse(json).RootElement;
        return value => JsonElement.DeepEquals(value, expected);
    }

    private static string PascalCase(string snake)
    {
        var text = new StringBuilder();
        foreach (string word in snake.Split('_', StringSplitOptions.RemoveEmptyEntries))
            text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        return text.ToString();
    }

    private static List<string> InitializerArguments(JsonElement initializer)
    {
        var arguments = new List<string>();
        foreach (JsonProperty argument in initializer.GetProperty("config").EnumerateObject())
        {
            if (argument.Value.ValueKind == JsonValueKind.Null)
                continue;
            (string Key, string Default, Func<JsonElement, string> Text) row = InitializerTable.FirstOrDefault(r => r.Key == argument.Name);
            if (row.Key is null)
                throw new NotSupportedCaseException($"the argument {argument.Name} of the initializer {initializer.GetProperty("class_name")}");
            if (!Is(row.Default)(argument.Value))
                arguments.Add(row.Text(argument.Value));
        }

        return arguments;
    }

    private static readonly (string Key, string Default, Func<JsonElement, string> Text)[] InitializerTable =
    [
        ("gain", "1.0", v => $"Gain = {Number(v)}"),
        ("value", "0.0", v => $"Value = {Number(v)}"),
        ("mean", "0.0", v => $"Mean = {Number(v)}"),
        ("stddev", "0.05", v => $"StandardDeviation = {Number(v)}"),
        ("minval", "-0.05", v => $"Minimum = {Number(v)}"),
        ("maxval", "0.05", v => $"Maximum = {Number(v)}"),
        ("scale", "1.0", v => $"Scale = {Number(v)}"),
        ("mode", "\"fan_in\"", v => $"Mode = FanMode.{(v.ValueEquals("fan_avg") ? "FanAverage" : PascalCase(v.GetString()!))}"),
        ("distribution", "\"truncated_normal\"", v => v.ValueEquals("uniform")
            ? "IsUniform = true"
            : throw new NotSupportedCaseException($"the distribution {v} of an initializer")),
    ];

    private static string Number(JsonElement value) => value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
}
