using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Arbitraries = FsCheck.Fluent.Arb;
using Generators = FsCheck.Fluent.Gen;

namespace GenRnn.Compiler.Tests.Properties;

/// <summary>One layer of a random stack.</summary>
internal sealed record RandomLayer(string Kind, int Units, string Activation, bool GoesBackwards, bool ReturnsState);

/// <summary>
/// A stack of recurrent layers, cells of parts, Conv1D, Dense, Activation, Masking and Dropout over a sequence, each of whose rows may have a length. Recurrent layers in front of one
/// that needs a sequence return theirs, may drop (by flags or in a wrapper) and may run in both directions, with another layer backwards.
/// </summary>
internal sealed record RandomStack(int TimeSteps, int Features, IReadOnlyList<RandomLayer> Layers, int Rows, int Seed)
{
    /// <summary>Without kinks, where finite differences would be wrong (a second derivative that jumps, as that of softsign, is enough), and bounded, so that errors do not grow without limit.</summary>
    private static readonly string[] SmoothActivations = ["Tanh", "Sigmoid", "Softmax", "Linear", "Softplus", "Gelu", "Silu", "Mish", "LogSoftmax"];

    private static readonly string[] RecurrentActivations = ["Tanh", "Sigmoid", "Softmax"];

    public static Arbitrary<RandomStack> Arbitrary { get; } = Arbitraries.From(Stacks(), Shrink);

    public ModelSpec Spec()
    {
        int lastOnSequence = Layers.ToList().FindLastIndex(l => IsRecurrent(l.Kind) || l.Kind is "Conv1D" or "Masking");
        ModelBuilder builder = new ModelBuilder("Random").Sequence(TimeSteps, Features, ("Lengths", Seed % 4 == 0));
        for (int i = 0; i < Layers.Count; i++)
        {
            RandomLayer layer = Layers[i];
            if (layer.Kind == "Activation")
                builder.Activation(layer.Activation);
            else if (layer.Kind == "Masking")
                builder.Activation("Relu").Masking();
            else if (layer.Kind == "Conv1D")
            {
                builder.Conv1D(layer.Units, 1 + layer.Units % 4, ("Activation", layer.Activation), ("Padding", layer.GoesBackwards ? "Same" : "Causal"), (layer.ReturnsState ? "Strides" : "DilationRate", 1 + layer.Units % 3));
                // Of its filters, so that they can be split: into groups of three, or each by itself.
                if (layer.Units % 3 == 0)
                    builder.Conv1D(layer.Units, 2, ("Groups", layer.Units % 2 == 0 ? layer.Units : layer.Units / 3), ("Padding", layer.GoesBackwards ? "Same" : "Causal"));
            }
            else if (layer.Kind == "Dense")
                builder.Dense(layer.Units, ("Activation", layer.Activation), ("UseBias", layer.Units % 2 == 0));
            else if (layer.Kind == "Dropout")
                builder.Item("Dropout", ("Rate", layer.Units / 20.0), ("SharedOverTime", layer.GoesBackwards));
            else
                AddRecurrent(builder, layer, ("ReturnSequences", i < lastOnSequence || layer.Units % 3 == 0));
        }

        return builder.Build();
    }

    private static void AddRecurrent(ModelBuilder builder, RandomLayer layer, (string, object) returnsSequences)
    {
        (string, object)[] common = [returnsSequences, ("ReturnState", layer.ReturnsState), ("ZeroOutputForMask", layer.Units % 2 == 0)];
        bool isBidirectional = layer.Units % 4 == 1;
        if (isBidirectional)
            builder.Modifier("Bidirectional");
        if (layer.Units % 3 == 2)
            builder.Modifier("DropoutWrapper", ("InputKeep", 0.75), ("OutputKeep", 0.5), ("StateKeep", 0.8), ("Variational", layer.GoesBackwards));
        (string, object)[] flags = isBidirectional ? common : [.. common, ("GoBackwards", layer.GoesBackwards)];
        if (layer.Kind == "Rnn")
        {
            builder.Rnn([("Parts", c => c.Item("LstmCell", ("Units", 3), ("Dropout", 0.25), ("ForgetBias", 1.0)).Item("LayerNormalization").Item("SimpleRnnCell", ("Units", layer.Units), ("Activation", layer.Activation)))], flags);
        }
        else
        {
            (string, object)[] own = layer.Kind == "Lstm" && layer.ReturnsState
                ? [("UsePeepholes", true), ("ForgetBias", 0.5), ("CellClip", 50.0), ("Projection", 1 + layer.Units / 2), ("ProjectionClip", 50.0)]
                : [];
            builder.Item(layer.Kind, [("Units", layer.Units), ("Activation", layer.Activation), ("Dropout", layer.Units % 5 == 0 ? 0.5 : 0.0), ("RecurrentDropout", layer.Units % 6 == 0 ? 0.25 : 0.0), .. own, .. flags]);
        }

        if (isBidirectional && layer.GoesBackwards)
            builder.Modifier("Backward").Gru(2, [.. common]);
    }

    public override string ToString() =>
        $"{Rows} rows, seed {Seed}:\n{DeclarationText.Write(Spec())}";

    private static Gen<RandomStack> Stacks() =>
        from steps in Generators.Choose(1, 6)
        from features in Generators.Choose(1, 5)
        from count in Generators.Choose(1, 3)
        from layers in Generators.ListOf(Layer(), count)
        from rows in Generators.Choose(1, 3)
        from seed in Generators.Choose(0, 1_000_000)
        select new RandomStack(steps, features, layers.ToArray(), rows, seed);

    private static Gen<RandomLayer> Layer() =>
        from kind in Generators.Elements("SimpleRnn", "Lstm", "Gru", "Rnn", "Dropout", "Conv1D", "Dense", "Activation", "Masking")
        from units in Generators.Frequency((4, Generators.Choose(1, 6)), (1, Generators.Choose(16, 18)))
        from activation in Generators.Elements(IsRecurrent(kind) ? RecurrentActivations : SmoothActivations)
        from backwards in Generators.Elements(true, false)
        from state in Generators.Elements(true, false)
        select new RandomLayer(kind, units, activation, backwards, state);

    private static bool IsRecurrent(string kind) => kind is "SimpleRnn" or "Lstm" or "Gru" or "Rnn";

    private static IEnumerable<RandomStack> Shrink(RandomStack stack)
    {
        for (int i = 0; i < stack.Layers.Count && stack.Layers.Count > 1; i++)
            yield return stack with { Layers = [.. stack.Layers.Where((_, index) => index != i)] };
        if (stack.TimeSteps > 1)
            yield return stack with { TimeSteps = 1 };
        if (stack.Features > 1)
            yield return stack with { Features = 1 };
        if (stack.Rows > 1)
            yield return stack with { Rows = 1 };
    }
}
