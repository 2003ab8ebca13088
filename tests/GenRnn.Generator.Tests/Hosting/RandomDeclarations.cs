using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GenRnn.Generator.Tests.Hosting;

/// <summary>Models that nobody would think of, from a seed.</summary>
internal sealed class RandomDeclarations(int seed)
{
    private static readonly string[] s_names =
        ["Model", "model", "@class", "@event", "@record", "Ünï", "名", "_x", "Vector", "System", "Span", "Math", "Kernels", "T0", "Float", "Single", "Layer", "Out", "Data"];

    private static readonly string[] s_activations =
        ["Linear", "Tanh", "Sigmoid", "Relu", "Relu6", "LeakyRelu", "Elu", "Selu", "Gelu", "Silu", "HardSilu", "HardSigmoid", "Exponential", "Softplus", "Softsign", "Mish", "Softmax", "LogSoftmax"];

    private static readonly string[] s_initializers =
        ["Zeros", "Ones", "Constant", "RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling", "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal", "Orthogonal"];

    private readonly Random _random = new(seed);

    /// <summary>A declaration in a namespace of its own; a valid one has no mistake, a broken one a few.</summary>
    public string Next(string @namespace, bool isValid)
    {
        List<string> attributes = Layers();
        for (int mistakes = isValid ? 0 : 1 + _random.Next(3); mistakes > 0; mistakes--)
            Spoil(attributes);

        var source = new StringBuilder();
        source.Append("namespace ").Append(@namespace).Append(" {\n");
        int depth = _random.Next(4) == 0 ? _random.Next(4) : 0;
        for (int level = 0; level < depth; level++)
            source.Append(Pick("partial class ", "static partial class ", "partial struct ", "partial interface ", "partial record ")).Append("Outer").Append(level).Append(Pick("", "<TOuter" + level + ">")).Append(" {\n");

        bool isJoined = _random.Next(2) == 0;
        source.Append('[').Append(string.Join(isJoined ? ",\n " : "]\n[", attributes)).Append("]\n");
        source.Append(Pick("", "public ", "internal ", "sealed ", "public sealed ")).Append("partial ").Append(Pick("class ", "class ", "record ", "record class "))
            .Append(Pick(s_names)).Append(Pick("", "", "", "<TFirst>", "<TFirst, @in>")).Append(Pick(";", "\n{\n}", " { public int Rows { get; set; } }")).Append('\n');
        return source.Append('}', depth + 1).Append('\n').ToString();
    }

    private List<string> Layers()
    {
        bool isSequence = _random.Next(8) != 0;
        var attributes = new List<string>();
        int batch = 1 + _random.Next(9);
        bool isIds = _random.Next(8) == 0;
        attributes.Add(Attribute("Input", "",
            isSequence ? Flag("TimeSteps", 1 + _random.Next(7)) : "",
            isIds ? "" : Flag("Features", 1 + _random.Next(6)),
            Flag("Batch", batch),
            isSequence ? Maybe("Lengths = true") : "",
            isSequence && _random.Next(4) == 0 ? "Layout = DataLayout.TimeMajor" : "",
            _random.Next(4) == 0 ? "Precision = Precision.Double" : "",
            _random.Next(4) == 0 ? "Name = \"Source\"" : ""));

        if (isIds)
            attributes.Add(Attribute("Embedding", (1 + _random.Next(20)) + ", " + Units(), Maybe("EmbeddingsInitializer = Initializer." + Pick(s_initializers)), isSequence ? Maybe("MaskZero = true") : "", Name(99)));
        int layers = 1 + _random.Next(4);
        for (int layer = 0; layer < layers; layer++)
        {
            // A rectifier makes the zeros that are masked.
            if (isSequence && _random.Next(5) == 0)
                attributes.AddRange(["Activation(Activation.Relu)", Pick("Masking", "Masking(0)", "Masking(maskValue: 0.0)")]);
            if (_random.Next(12) == 0)
                attributes.Add(Attribute("BatchNormalization", "", Shuffle([Maybe("Momentum = 0.5"), Maybe("Center = false"), Maybe("Scale = false"), Maybe("Epsilon = 0.1")])));
            switch (_random.Next(isSequence ? 6 : 2))
            {
                case 0:
                    AddInitializers(attributes, "Kernel", "Bias");
                    attributes.Add(Attribute("Dense", Units(), Shuffle(CommonFlags(layer))));
                    break;
                case 1:
                    attributes.Add(Attribute("Activation", "Activation." + Pick(s_activations), Name(layer)));
                    break;
                case 2:
                    AddInitializers(attributes, "Kernel", "Bias");
                    attributes.Add(Attribute("Conv1D", Units() + ", " + (1 + _random.Next(4)), Shuffle(CommonFlags(layer).Append(Pick("Padding = Padding.Same", "Padding = Padding.Causal"))
                        .Append(Maybe(Pick("Strides = 2", "Strides = 3", "DilationRate = 2", "DilationRate = 5"))))));
                    break;
                default:
                    isSequence = AddRecurrent(attributes, layer);
                    break;
            }
        }

        return attributes;
    }

    private bool AddRecurrent(List<string> attributes, int layer)
    {
        bool returnsSequences = _random.Next(3) != 0;
        string units = Units();
        string kind = Pick("SimpleRnn", "SimpleRnn", "Lstm", "Gru");
        if (kind != "Lstm" && _random.Next(6) == 0)
        {
            string name = "H" + layer;
            attributes.Add(Attribute("Input", "", "Features = " + units, "Name = \"" + name + "\""));
            attributes.Add(Attribute("InitialState", "\"" + name + "\""));
        }

        AddInitializers(attributes, "Kernel", "Recurrent", "Bias");
        IEnumerable<string> common = CommonFlags(layer);
        attributes.Add(Attribute(kind, units, Shuffle((kind == "SimpleRnn" ? common : common.Where(f => !f.StartsWith("ActivationAlpha", StringComparison.Ordinal))).Concat(
        [
            returnsSequences ? "ReturnSequences = true" : Maybe("ReturnSequences = false"),
            Maybe("ReturnState = true"),
            Maybe("GoBackwards = true"),
            Maybe("Stateful = true"),
            Maybe("ZeroOutputForMask = true"),
            Maybe("Unroll = " + Pick("Unroll.Auto", "Unroll.Full", "2", "3", "100")),
            Maybe("RecurrentInitializer = Initializer." + Pick(s_initializers)),
            kind == "Gru" ? Maybe("ResetAfter = false") : "",
            kind == "Lstm" ? Maybe("UnitForgetBias = false") : "",
            kind == "SimpleRnn" ? "" : Maybe("RecurrentActivation = Activation." + Pick("HardSigmoid", "Tanh", "Softmax")),
        ]))));
        return returnsSequences;
    }

    private IEnumerable<string> CommonFlags(int layer) =>
    [
        Maybe("Activation = Activation." + Pick(s_activations)),
        Maybe("ActivationAlpha = " + Pick("0.5", "1", "-0.25", "1e-3f")),
        Maybe("UseBias = " + Pick("true", "false")),
        Maybe("KernelInitializer = Initializer." + Pick(s_initializers)),
        Maybe("BiasInitializer = Initializer.Ones"),
        Name(layer),
    ];

    private void AddInitializers(List<string> attributes, params string[] weights)
    {
        foreach (string weight in weights)
        {
            if (_random.Next(8) == 0)
                attributes.Add(Attribute("Initialize", "Weight." + weight + ", Initializer." + Pick("Constant, Value = 0.5", "Ones", "Zeros", "VarianceScaling, Scale = 2, Mode = FanMode.FanOut", "RandomUniform, Minimum = -1, Maximum = 1")));
        }
    }

    /// <summary>One mistake, anywhere.</summary>
    private void Spoil(List<string> attributes)
    {
        int index = _random.Next(attributes.Count);
        string attribute = attributes[index];
        switch (_random.Next(12))
        {
            case 0: attributes.RemoveAt(index); attributes.Add("Dense(1)"); break;
            case 1: attributes.Insert(index, Pick("InitialState(\"Nobody\")", "Initialize(Weight.Bias, Initializer.VarianceScaling, Scale = double.NaN)", "Input", "Dense(-1)", "SimpleRnn(0)", "Attention(5)", "SimpleRNN(3, return_sequences = True)")); break;
            case 2: attributes[index] = attribute.Replace("Units", "units", StringComparison.Ordinal).Replace("ReturnSequences", "return_sequences", StringComparison.Ordinal); break;
            case 3: attributes[index] = attribute.Replace("(1", "(-1", StringComparison.Ordinal).Replace("= 2", "= 0", StringComparison.Ordinal); break;
            case 4: attributes[index] = attribute.Replace("Activation.", "Activation.x", StringComparison.Ordinal); break;
            case 5: attributes[index] = attribute.Replace("true", Pick("True", "1", "null", "\"yes\""), StringComparison.Ordinal); break;
            case 6: attributes[index] = attribute.Replace(")", Pick(", Foo = 1)", ", 7)", ", Name = \"a b\")", ", Name = null)"), StringComparison.Ordinal); break;
            case 7: attributes[index] = attribute.Split('(')[0]; break;
            case 8: attributes[index] = attribute.Split('(')[0] + "(" + Pick("2147483647", "\"\"", "1e99", "typeof(int)", "null", "'x'", "-0", "new int[0]") + ")"; break;
            case 9: attributes.Add(attribute); break;
            case 10: attributes.Reverse(); break;
            default: attributes[index] = attribute.Replace("Features = ", Pick("Features = -", "Feature = ", "features: ", "Features = 100000"), StringComparison.Ordinal); break;
        }
    }

    private string Units() => (1 + _random.Next(9)).ToString(CultureInfo.InvariantCulture);

    private static string Flag(string name, int value) => name + " = " + value.ToString(CultureInfo.InvariantCulture);

    private string Name(int layer) => Maybe("Name = \"" + Pick("L", "layer_", "Ünï", "_") + layer + "\"");

    private string Maybe(string flag) => _random.Next(4) == 0 ? flag : "";

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private string[] Shuffle(IEnumerable<string> flags)
    {
        string[] shuffled = flags.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    private static string Attribute(string kind, string positional, params string[] flags)
    {
        string arguments = string.Join(", ", flags.Prepend(positional).Where(f => f.Length > 0));
        return arguments.Length == 0 ? kind : kind + "(" + arguments + ")";
    }
}
