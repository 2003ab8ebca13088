using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Interop;

/// <summary>Keras' names of activations and initialisers, and Gen's.</summary>
internal static class KerasFunctions
{
    private static readonly Dictionary<string, string> s_activations = new()
    {
        ["linear"] = "Linear",
        ["tanh"] = "Tanh",
        ["sigmoid"] = "Sigmoid",
        ["relu"] = "Relu",
        ["relu6"] = "Relu6",
        ["leaky_relu"] = "LeakyRelu",
        ["elu"] = "Elu",
        ["selu"] = "Selu",
        ["gelu"] = "Gelu",
        ["silu"] = "Silu",
        ["swish"] = "Silu",
        ["hard_silu"] = "HardSilu",
        ["hard_swish"] = "HardSilu",
        ["hard_sigmoid"] = "HardSigmoid",
        ["exponential"] = "Exponential",
        ["softplus"] = "Softplus",
        ["softsign"] = "Softsign",
        ["mish"] = "Mish",
        ["softmax"] = "Softmax",
        ["log_softmax"] = "LogSoftmax",
    };

    private static readonly string[] s_initializers =
    {
        "Zeros", "Ones", "Identity", "RandomNormal", "RandomUniform", "TruncatedNormal", "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform",
        "LecunNormal", "Orthogonal",
    };

    /// <summary>Arguments that mean what their absence means; a seed is another random stream in any case.</summary>
    private static readonly Dictionary<string, double> s_defaults = new()
    {
        ["gain"] = 1, ["mean"] = 0, ["stddev"] = 0.05, ["minval"] = -0.05, ["maxval"] = 0.05,
    };

    /// <summary>The activation's name in Gen.</summary>
    /// <exception cref="ForeignModelException">Gen has none of that name.</exception>
    public static string Of(string key, KerasValue value, KerasReading layer)
    {
        if (value.IsNull)
            return "Linear";
        // Since 2.13 a function may be written as an object that names it.
        string text = value["class_name"]?.Text == "function" ? value["config"]?.Text ?? "" : value.Text;
        if (!s_activations.TryGetValue(text, out string? name))
            throw layer.Refused(key, value);
        // The only function that is another one since Keras 3.
        return name == "HardSigmoid" && layer.Version != KerasVersion.Keras3 ? "HardSigmoidKeras2" : name;
    }

    /// <summary>An initialiser of Gen's, whatever its arguments; null for any other.</summary>
    public static string? NameOfInitializer(KerasValue value)
    {
        string name = value.Kind == KerasValueKind.Text ? value.Text : value["class_name"]?.Text ?? "";
        if (name is "uniform" or "normal")
            name = "random_" + name;
        string plain = string.Concat(name.Split('_').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w.Substring(1)));
        if (plain is "Zero" or "One")
            plain += "s";
        return s_initializers.Contains(plain) || plain is "Constant" or "VarianceScaling" ? plain : null;
    }

    /// <summary>An initialiser without arguments; null for any other.</summary>
    public static string? Initializer(KerasValue value)
    {
        string? plain = NameOfInitializer(value);
        if (plain == "VarianceScaling")
            return Scaled(value["config"]);
        IReadOnlyList<KeyValuePair<string, KerasValue>> arguments = value["config"]?.Members ?? new KeyValuePair<string, KerasValue>[0];
        bool isPlain = arguments.All(a => a.Value.IsNull || a.Key is "seed" or "dtype" || (s_defaults.TryGetValue(a.Key, out double absent) && a.Value.Number == absent));
        return isPlain && plain != "Constant" ? plain : null;
    }

    /// <summary>What Keras 2.0 wrote for its plain initialisers: the variance scaling that they are.</summary>
    private static string? Scaled(KerasValue? arguments)
    {
        bool isUniform = arguments?["distribution"]?.Text == "uniform";
        string kind = isUniform ? "Uniform" : "Normal";
        return (arguments?["mode"]?.Text, arguments?["scale"]?.Number) switch
        {
            ("fan_avg", 1) => "Glorot" + kind,
            ("fan_in", 2) => "He" + kind,
            ("fan_in", 1) => "Lecun" + kind,
            _ => null,
        };
    }
}
