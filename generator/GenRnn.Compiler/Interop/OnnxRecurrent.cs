using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>ONNX' RNN, GRU and LSTM nodes as layers.</summary>
/// <param name="Item">The layer.</param>
/// <param name="Directions">1 or 2.</param>
/// <param name="IsReverse">Whether the only direction runs backwards.</param>
/// <param name="IsBatchMajor">Whether rows stand in front of the steps (layout 1).</param>
public sealed record OnnxRecurrent(ItemSpec Item, int Directions, bool IsReverse, bool IsBatchMajor)
{
    /// <summary>Reads a node.</summary>
    /// <param name="type">RNN, GRU or LSTM.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="units">Width of the state, as the weights say it.</param>
    /// <param name="hasBias">Whether it has a bias.</param>
    /// <param name="hasPeepholes">Whether it has peepholes.</param>
    /// <exception cref="ForeignModelException">It computes what Gen's layer does not; the message names the attribute.</exception>
    public static OnnxRecurrent Read(string type, OnnxAttributes attributes, long units, bool hasBias, bool hasPeepholes)
    {
        string direction = attributes.Text("direction", "forward");
        int directions = direction == "bidirectional" ? 2 : direction is "forward" or "reverse" ? 1 : throw attributes.Refused("direction", KerasValue.Of(direction));
        attributes.Must("hidden_size", units);
        bool isBatchMajor = attributes.Number("layout", 0) == 1;
        if (attributes.Take("clip") is { } clip)
            throw attributes.Refused("clip", clip);
        attributes.Must("input_forget", 0);
        bool isAfter = attributes.Number("linear_before_reset", 0) != 0;
        // Written by older exporters, and without a meaning.
        attributes.Take("output_sequence");
        string[] functions = Functions(type, attributes, directions, out double?[] alphas);
        attributes.RequireNothingLeft();

        List<FlagSpec> flags = new() { new FlagSpec("Units", FlagValue.Of((double)units)) };
        if (type == "LSTM" && (functions[2] != functions[1] || alphas[2] != alphas[1]))
            throw new ForeignModelException(attributes.Title + ": " + functions[1] + " of the candidate and " + functions[2] + " of the state; Gen has one function for both");
        if (type == "RNN")
        {
            SetFunction("Activation", functions[0], "Tanh");
            if (alphas[0] is { } alpha)
                flags.Add(new FlagSpec("ActivationAlpha", FlagValue.Of(alpha)));
        }
        else
        {
            if (alphas[0] is not null || alphas[1] is not null)
                throw new ForeignModelException(attributes.Title + ": functions with an alpha of their own");
            SetFunction("Activation", functions[1], "Tanh");
            SetFunction("RecurrentActivation", functions[0], "Sigmoid");
        }

        if (!hasBias)
            flags.Add(new FlagSpec("UseBias", FlagValue.Of(false)));
        if (hasPeepholes)
            flags.Add(new FlagSpec("UsePeepholes", FlagValue.Of(true)));
        if (type == "GRU" && !isAfter)
            flags.Add(new FlagSpec("ResetAfter", FlagValue.Of(false)));
        ItemDefinition definition = Catalogue.Find(type == "RNN" ? "SimpleRnn" : type == "GRU" ? "Gru" : "Lstm")!;
        ItemSpec item = new(definition.Kind, definition.Flags.SelectMany(d => flags.Where(f => f.Name == d.Name)).ToEquatableArray(),
            directions == 2 ? new[] { new ModifierSpec("Bidirectional", default) }.ToEquatableArray() : default);
        return new OnnxRecurrent(item, directions, direction == "reverse", isBatchMajor);

        void SetFunction(string flag, string function, string absent)
        {
            if (function != absent)
                flags.Add(new FlagSpec(flag, FlagValue.Of(function)));
        }
    }

    /// <summary>The function clip(alpha x + beta, 0, 1), whose numbers ONNX has in single precision; null if it is neither of Keras' two.</summary>
    public static string? HardSigmoid(double alpha, double beta)
    {
        const double Single = 1e-6;
        if (System.Math.Abs(beta - 0.5) >= Single)
            return null;
        return System.Math.Abs(alpha - 0.2) < Single ? "HardSigmoidKeras2" : System.Math.Abs(alpha - 1.0 / 6) < Single ? "HardSigmoid" : null;
    }

    /// <summary>The functions of one direction; two directions must have the same.</summary>
    private static string[] Functions(string type, OnnxAttributes attributes, int directions, out double?[] alphas)
    {
        string[] absent = type == "LSTM" ? new[] { "Sigmoid", "Tanh", "Tanh" } : type == "GRU" ? new[] { "Sigmoid", "Tanh" } : new[] { "Tanh" };
        KerasValue? named = attributes.Take("activations");
        double[] alpha = attributes.Take("activation_alpha")?.Items.Select(i => i.Number).ToArray() ?? new double[0];
        double[] beta = attributes.Take("activation_beta")?.Items.Select(i => i.Number).ToArray() ?? new double[0];
        string[] names = named?.Items.Select(i => i.Text).ToArray() ?? Enumerable.Repeat(absent, directions).SelectMany(a => a).ToArray();
        if (names.Length != absent.Length * directions)
            throw attributes.Refused("activations", named!);
        string[] functions = new string[names.Length];
        alphas = new double?[names.Length];
        int alphaPlace = 0, betaPlace = 0;
        for (int i = 0; i < names.Length; i++)
        {
            // Numbers are given in the order of the functions that have them.
            double Alpha(double otherwise) => alphaPlace < alpha.Length ? alpha[alphaPlace++] : otherwise;
            double Beta(double otherwise) => betaPlace < beta.Length ? beta[betaPlace++] : otherwise;
            switch (names[i].ToLowerInvariant())
            {
                case "tanh": functions[i] = "Tanh"; break;
                case "sigmoid": functions[i] = "Sigmoid"; break;
                case "relu": functions[i] = "Relu"; break;
                case "softsign": functions[i] = "Softsign"; break;
                case "softplus": functions[i] = "Softplus"; break;
                case "leakyrelu": (functions[i], alphas[i]) = ("LeakyRelu", Alpha(0.01)); break;
                case "elu": (functions[i], alphas[i]) = ("Elu", Alpha(1)); break;
                case "affine" when (Alpha(1), Beta(0)) == (1.0, 0.0): functions[i] = "Linear"; break;
                case "hardsigmoid":
                    double slope = Alpha(0.2);
                    functions[i] = HardSigmoid(slope, Beta(0.5)) ?? throw attributes.Refused("activation_alpha", KerasValue.Of(slope));
                    break;
                default: throw attributes.Refused("activations", KerasValue.Of(names[i]));
            }
        }

        int each = absent.Length;
        if (directions == 2 && (!functions.Take(each).SequenceEqual(functions.Skip(each)) || !alphas.Take(each).SequenceEqual(alphas.Skip(each))))
            throw new ForeignModelException(attributes.Title + ": two directions of different functions");
        return functions;
    }
}
