using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GenRnn.Generator.Tests.Hosting;

/// <summary>How large models become.</summary>
/// <param name="Steps">Time steps at most.</param>
/// <param name="Features">Features of an input at most.</param>
/// <param name="Units">Units of a layer at most.</param>
/// <param name="Batches">Rows of a batch.</param>
internal sealed record RandomSizes(int Steps, int Features, int Units, IReadOnlyList<int> Batches)
{
    public static RandomSizes Small { get; } = new(7, 6, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/// <summary>Models that nobody would think of, from a seed.</summary>
/// <param name="seed">Where all choices come from.</param>
/// <param name="sizes">Null, the default, for small ones.</param>
internal sealed class RandomDeclarations(int seed, RandomSizes? sizes = null)
{
    private static readonly string[] s_names =
        ["Model", "model", "@class", "@event", "@record", "Ünï", "名", "_x", "Vector", "System", "Span", "Math", "Kernels", "T0", "Float", "Single", "Layer", "Out", "Data"];

    private static readonly string[] s_activations =
        ["Linear", "Tanh", "Sigmoid", "Relu", "Relu6", "LeakyRelu", "Elu", "Selu", "Gelu", "Silu", "HardSilu", "HardSigmoid", "HardSigmoidKeras2", "Exponential", "Softplus", "Softsign", "Mish", "Softmax", "LogSoftmax"];

    private static readonly string[] s_initializers =
        ["Zeros", "Ones", "Constant", "RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling", "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal", "Orthogonal"];

    private readonly Random _random = new(seed);

    private readonly RandomSizes _sizes = sizes ?? RandomSizes.Small;

    /// <summary>Cells that the declaration at hand runs.</summary>
    private readonly List<string> _cells = [];

    /// <summary>A declaration in a namespace of its own; a valid one has no mistake, a broken one a few.</summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="isValid">Whether it has no mistake.</param>
    /// <param name="isCell">Whether it is a cell that is stepped by hand instead.</param>
    public string Next(string @namespace, bool isValid, bool isCell = false)
    {
        _cells.Clear();
        if (isCell)
        {
            string size = Flag("Features", Features()) + ", " + Flag("Batch", Batch());
            return "namespace " + @namespace + " {\n" + (_random.Next(2) == 0 ? Composed("Stepped", size) : Written("Stepped", size)) + "}\n";
        }

        List<string> attributes = Layers();
        for (int mistakes = isValid ? 0 : 1 + _random.Next(3); mistakes > 0; mistakes--)
            Spoil(attributes);

        var source = new StringBuilder();
        source.Append("namespace ").Append(@namespace).Append(" {\n").AppendJoin("", _cells);
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
        int batch = Batch();
        bool isIds = _random.Next(8) == 0;
        attributes.Add(Attribute("Input", "",
            isSequence ? Flag("TimeSteps", 1 + _random.Next(_sizes.Steps)) : "",
            isIds ? "" : Flag("Features", Features()),
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
            if (_random.Next(8) == 0)
                attributes.Add(Pick("Dropout(0.25)", "Dropout(0.5, SharedOverTime = true)", "Dropout(0)", "GaussianNoise(0.5)", isSequence ? "SpatialDropout1D(rate: 0.4)" : "Dropout(1)"));
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
                    string filters = Units();
                    attributes.Add(Attribute("Conv1D", filters + ", " + (1 + _random.Next(4)), Shuffle(CommonFlags(layer).Append(Pick("Padding = Padding.Same", "Padding = Padding.Causal"))
                        .Append(Maybe(Pick("Strides = 2", "Strides = 3", "DilationRate = 2", "DilationRate = 5"))))));
                    // Of as many features, so that they can be split.
                    if (_random.Next(3) == 0)
                        attributes.Add(Attribute("Conv1D", filters + ", 2", Shuffle(["Padding = Padding.Causal", "Groups = " + filters, Maybe("UseBias = false")])));
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
        string kind = RecurrentKind();
        string units = kind == "Rnn" ? Cells(layer.ToString(CultureInfo.InvariantCulture)) : Units();
        string[] shared = [returnsSequences ? "ReturnSequences = true" : Maybe("ReturnSequences = false"), Maybe("ReturnState = true"), Maybe("Stateful = true")];
        bool isBidirectional = _random.Next(5) == 0;
        if (isBidirectional)
        {
            attributes.Add(Pick("Bidirectional", "Bidirectional(MergeMode.Sum)", "Bidirectional(mergeMode: MergeMode.Ave)", "Bidirectional(MergeMode.Mul)"));
        }
        else if (kind is "SimpleRnn" or "Gru" && _random.Next(6) == 0)
        {
            string name = "H" + layer;
            attributes.Add(Attribute("Input", "", "Features = " + units, "Name = \"" + name + "\""));
            attributes.Add(Attribute("InitialState", "\"" + name + "\""));
        }

        AddLayer(attributes, kind, units, [.. shared, isBidirectional ? "" : Maybe("GoBackwards = true"), Name(layer)]);
        // Results of two widths can only stand side by side.
        if (isBidirectional && attributes.Last(a => a.StartsWith("Bidirectional", StringComparison.Ordinal)) == "Bidirectional" && _random.Next(2) == 0)
        {
            string other = RecurrentKind();
            attributes.Add("Backward");
            AddLayer(attributes, other, other == "Rnn" ? Cells(layer + "b") : Units(), [.. shared, Maybe("GoBackwards = true")]);
        }

        return returnsSequences;
    }

    private string RecurrentKind() => Pick("SimpleRnn", "SimpleRnn", "Lstm", "Gru", "Rnn");

    private void AddLayer(List<string> attributes, string kind, string positional, string[] flags)
    {
        if (kind != "Rnn")
            AddInitializers(attributes, "Kernel", "Recurrent", "Bias");
        if (_random.Next(5) == 0)
            attributes.Add(DropoutWrapper());
        attributes.Add(Attribute(kind, positional, Shuffle(
        [
            .. flags,
            .. kind == "Rnn" ? [] : CellFlags(kind),
            Maybe("ZeroOutputForMask = true"),
            Maybe("Unroll = " + Pick("Unroll.Auto", "Unroll.Full", "2", "3", "100")),
        ])));
    }

    private string DropoutWrapper() => Attribute("DropoutWrapper", "", Maybe("InputKeep = 0.75"), Maybe("OutputKeep = 0.5"), Maybe("StateKeep = 0.8f"), Maybe("Variational = true"));

    /// <summary>Flags of a recurrent layer or of its cell. Peepholes are vectors that start as the kernel does, which Orthogonal cannot.</summary>
    private IEnumerable<string> CellFlags(string kind)
    {
        string[] flags = [.. AnyCellFlags(kind)];
        return flags.Contains("KernelInitializer = Initializer.Orthogonal") ? flags.Where(f => f != "UsePeepholes = true") : flags;
    }

    private IEnumerable<string> AnyCellFlags(string kind) =>
    [
        .. CommonFlags().Where(f => kind == "SimpleRnn" || !f.StartsWith("ActivationAlpha", StringComparison.Ordinal)),
        Maybe("RecurrentInitializer = Initializer." + Pick(s_initializers)),
        _random.Next(8) == 0 ? "Dropout = " + Pick("0.2", "0.5", "1") : "",
        _random.Next(8) == 0 ? "RecurrentDropout = " + Pick("0.3", "0.5") : "",
        kind == "Gru" ? Maybe("ResetAfter = false") : "",
        kind == "SimpleRnn" ? "" : Maybe("RecurrentActivation = Activation." + Pick("HardSigmoid", "Tanh", "Softmax")),
        .. kind == "Lstm" ? LstmFlags() : [],
    ];

    private IEnumerable<string> LstmFlags() =>
    [
        Maybe("UnitForgetBias = false"),
        Maybe("ForgetBias = " + Pick("1", "-0.5")),
        Maybe("UsePeepholes = true"),
        Maybe("CellClip = " + Pick("0.25", "3")),
        .. _random.Next(4) == 0 ? new[] { "Projection = " + Units(), Maybe("ProjectionClip = 0.125") } : [],
    ];

    /// <summary>One or two cells of one's own, of parts or in C#, as arguments of <c>[Rnn]</c>.</summary>
    private string Cells(string suffix)
    {
        var types = new List<string>();
        for (int i = _random.Next(2); i >= 0; i--)
        {
            string name = "Cell" + suffix + Pick("A", "B");
            if (!_cells.Any(c => c.Contains(" " + name + "\n", StringComparison.Ordinal)))
                _cells.Add(_random.Next(2) == 0 ? Composed(name) : Written(name));
            types.Add("typeof(" + name + ")");
        }

        return string.Join(", ", types);
    }

    /// <param name="name">The class.</param>
    /// <param name="size">Features and rows of a cell that is stepped by hand.</param>
    private string Composed(string name, string? size = null)
    {
        var parts = new List<string> { size is null ? "Cell" : "Cell(" + size + ")" };
        for (int i = _random.Next(2); i >= 0; i--)
        {
            string kind = Pick("SimpleRnn", "Lstm", "Gru");
            if (_random.Next(3) == 0)
                parts.Add(DropoutWrapper());
            parts.Add(Attribute(kind + "Cell", Units(), Shuffle(CellFlags(kind))));
            if (_random.Next(2) == 0)
                parts.Add(Pick("LayerNormalization", "Activation(Activation.Tanh)", "Dropout(0.5)", kind == "Gru" ? "LayerNormalization(Scale = false)" : "Dense(" + Units() + ")"));
        }

        return "[" + string.Join("]\n[", parts) + "]\npublic " + (size is null ? "" : "partial ") + "class " + name + "\n;\n";
    }

    private string Written(string name, string? size = null)
    {
        string n = Units(), m = Units();
        (string widths, string body) = _random.Next(4) switch
        {
            0 => (n, $$"""
                public static Vec Step(CellWeights w, Vec x, Vec h)
                {
                    Vec f = Vec.Sigmoid(w.Linear("forget", {{n}}, x, h));
                    return (1f - f) * h + f * Vec.Tanh(w.Linear("candidate", {{n}}, x, f * h));
                }
                """),
            1 => (n, $$"""
                public static (Vec, Vec) Step(CellWeights w, Vec x, Vec c)
                {
                    Vec f = Vec.Sigmoid(w.Linear("forget", {{n}}, x) + w.Vector("gain", {{n}}) * c);
                    Vec next = f * c + (1f - f) * w.Linear("input", {{n}}, x);
                    return (f * Vec.Tanh(next), next);
                }
                """),
            2 => (n + ", " + m, $$"""
                public static (Vec, Vec) Step(CellWeights w, Vec x, Vec fast, Vec slow) =>
                    (Vec.Tanh(w.LayerNorm("norm", w.Linear("mix", {{n}}, x, fast, slow))), 0.75f * slow + 0.25f * Vec.Sigmoid(w.Linear("drift", {{m}}, fast)));
                """),
            // A state that stays, one that takes the other's place, and an output that is a state before the step.
            _ => (n + ", " + n + ", " + m, $$"""
                public static (Vec, Vec, Vec, Vec) Step(CellWeights w, Vec x, Vec a, Vec b, Vec kept) =>
                    (Vec.Concat(a, kept), Vec.Tanh(w.Linear("new", {{n}}, x, b)), a, kept);
                """),
        };
        return (_random.Next(4) == 0 ? "[" + DropoutWrapper() + "]\n" : "") + "[Cell(" + widths + (size is null ? ")]\npublic static" : ", " + size + ")]\npublic partial") + " class " + name + "\n{\n" + body + "\n}\n";
    }

    private IEnumerable<string> CommonFlags(int layer) => CommonFlags().Append(Name(layer));

    private IEnumerable<string> CommonFlags() =>
    [
        Maybe("Activation = Activation." + Pick(s_activations)),
        Maybe("ActivationAlpha = " + Pick("0.5", "1", "-0.25", "1e-3f")),
        Maybe("UseBias = " + Pick("true", "false")),
        Maybe("KernelInitializer = Initializer." + Pick(s_initializers)),
        Maybe("BiasInitializer = Initializer.Ones"),
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

    private string Units() => (1 + _random.Next(_sizes.Units > 9 && _random.Next(3) > 0 ? 9 : _sizes.Units)).ToString(CultureInfo.InvariantCulture);

    private int Features() => 1 + _random.Next(_sizes.Features);

    private int Batch() => _sizes.Batches[_random.Next(_sizes.Batches.Count)];

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
