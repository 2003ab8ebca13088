using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.EndToEnd.Tests.Declaring;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>A model of the property tests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Declaration">Its declaration.</param>
/// <param name="Streams">Whether it has a <c>Step</c>: causal, with one output a step, no further input.</param>
internal sealed record PropertyModel(string Name, Declaration Declaration, bool Streams)
{
    /// <summary>Whether a pass in training mode draws masks.</summary>
    public bool IsRandom { get; init; }
}

/// <summary>A small catalogue that reaches every way through the compiler, each model in several batches, layouts and precisions.</summary>
internal static class PropertyModels
{
    private static readonly Lazy<ModelCompilation> LazyCompilation = new(Compile);

    /// <summary>All models. Widths and steps are odd where that leaves remainders.</summary>
    public static IReadOnlyList<PropertyModel> All { get; } =
    [
        Streaming("SingleNeuron", Sequence(50, 1), "SimpleRnn(1)"),
        Streaming("Forecaster", Sequence(50, 1), "SimpleRnn(20, ReturnSequences = true)", "SimpleRnn(20)", "Dense(1)"),
        Streaming("Wide", Sequence(7, 10), "SimpleRnn(64, ReturnSequences = true)", "SimpleRnn(33)"),
        Streaming("SequenceHead", Sequence(6, 5), "SimpleRnn(17, ReturnSequences = true)", "Dense(3, Activation = Activation.Softmax)"),
        Streaming("NoBias", Sequence(5, 3), "SimpleRnn(9, Activation = Activation.Softsign, UseBias = false)", "Dense(4, UseBias = false)"),
        Streaming("ActivationLayers", Sequence(4, 3), "SimpleRnn(6, ReturnSequences = true)", "Activation(Activation.Gelu)", "Dense(5)", "Activation(Activation.LogSoftmax)"),
        Streaming("States", Sequence(6, 4), "SimpleRnn(5, ReturnSequences = true, ReturnState = true)", "SimpleRnn(7, ReturnSequences = true, ReturnState = true)"),
        Streaming("Unrolled", Sequence(5, 2), "SimpleRnn(6, ReturnSequences = true, Unroll = Unroll.Full)", "SimpleRnn(3, Unroll = 2)"),
        Streaming("LongSequence", Sequence(100, 2), "SimpleRnn(8)", "Dense(2)"),
        Streaming("OneStep", Sequence(1, 3), "SimpleRnn(4, ReturnSequences = true)"),
        Streaming("Stateful", Sequence(5, 2), "SimpleRnn(4, ReturnSequences = true, Stateful = true)", "SimpleRnn(3, Stateful = true)"),
        Streaming("Causal", Sequence(9, 3), "Conv1D(7, 3, Padding = Padding.Causal, DilationRate = 2)", "SimpleRnn(5, ReturnSequences = true)", "Conv1D(4, 2, Padding = Padding.Causal)"),
        Streaming("Grouped", Sequence(7, 6), "Conv1D(10, 3, Padding = Padding.Causal, Groups = 2, Activation = Activation.Tanh)", "Conv1D(10, 2, Padding = Padding.Causal, Groups = 10, DilationRate = 2)"),
        Streaming("PooledCausally", Sequence(7, 3), "SimpleRnn(5, ReturnSequences = true)", "MaxPooling1D(3, Strides = 1, Padding = Padding.Causal)",
            "AveragePooling1D(4, Strides = 1, Padding = Padding.Causal)", "Dense(2)"),
        Streaming("Separated", Sequence(7, 3), "DepthwiseConv1D(3, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.Tanh)", "SeparableConv1D(5, 2, DepthMultiplier = 2, Padding = Padding.Causal)",
            "RmsNormalization", "UnitNormalization", "PRelu(SharedOverTime = true)"),
        Streaming("Scaled", Sequence(5, 3), "Rescaling(0.5, Offset = -0.25)", "Normalization", "SimpleRnn(6, ReturnSequences = true)", "Relu(MaxValue = 0.5, NegativeSlope = 0.25, Threshold = 0.125)", "LeakyRelu", "Elu(0.75)", "Softmax"),
        // Gates that are whole vectors: a single row's products stay in registers, at 256 bits.
        Streaming("WholeGates", Sequence(6, 2), "Lstm(16, ReturnSequences = true)", "Gru(8, ReturnSequences = true)", "Lstm(8, ReturnSequences = true)", "Dense(1)"),
        // Of two numbers behind a rectifier both are zero, and so masked, at every fourth step.
        Streaming("Masked", Sequence(7, 2), "Activation(Activation.Relu)", "Masking(0)", "Gru(5, ReturnSequences = true)", "Lstm(4, ReturnSequences = true, ZeroOutputForMask = true)", "SimpleRnn(3)"),
        Streaming("Dropped", Sequence(5, 3), "Dropout(0.25)", "Lstm(6, ReturnSequences = true, Dropout = 0.2, RecurrentDropout = 0.3)", "GaussianNoise(0.1)",
            "Gru(5, ReturnSequences = true, Dropout = 0.2)", "SpatialDropout1D(0.5)", "SimpleRnn(4, Dropout = 0.4, RecurrentDropout = 0.4)", "Dropout(0.5)", "Dense(2)") with { IsRandom = true },
        Streaming("DropoutWrapped", Sequence(5, 3), "DropoutWrapper(InputKeep = 0.75, OutputKeep = 0.5, StateKeep = 0.8)", "Lstm(6, ReturnSequences = true)",
            "DropoutWrapper(OutputKeep = 0.6, StateKeep = 0.7, Variational = true)", "SimpleRnn(4)", "Dense(2)") with { IsRandom = true },
        // Two convolutions of one sequence, of which one looks farther back; merges, and outputs that are read.
        Streaming("Gated", Sequence(9, 3), "Conv1D(8, 1, Name = \"X\")", "Conv1D(8, 3, Padding = Padding.Causal, Activation = Activation.Tanh, Name = \"Filter\")", "From(\"X\")",
            "Conv1D(8, 2, Padding = Padding.Causal, DilationRate = 3, Activation = Activation.Sigmoid)", "Multiply(\"Filter\")", "Conv1D(8, 1)", "Add(\"X\")", "Dense(2)"),
        Streaming("Heads", Sequence(6, 3), "Gru(5, ReturnSequences = true, Name = \"Body\")", "Output()", "Dense(2, Name = \"PerStep\")", "From(\"Body\", \"PerStep\")", "Concatenate()",
            "Lstm(4, ReturnSequences = true, Name = \"Memory\")", "Dense(4, Activation = Activation.Tanh, Name = \"Mix\")", "Shared(\"Mix\", Name = \"Last\")"),
        Batched("Backwards", Sequence(6, 3), "SimpleRnn(5, ReturnSequences = true, GoBackwards = true)", "SimpleRnn(4)"),
        Batched("Pooled", Sequence(11, 3), "MaxPooling1D(3, Strides = 2, Padding = Padding.Same)", "Conv1D(6, 2, Padding = Padding.Causal)", "AveragePooling1D(2)", "UpSampling1D(3)"),
        Batched("Transposed", Sequence(5, 4), "Conv1DTranspose(5, 3, Strides = 2, Activation = Activation.Tanh)", "PRelu", "GroupNormalization(5)", "Softmax(OverTime = true)", "Conv1DTranspose(2, 1, Strides = 3)"),
        Batched("Reshaped", Sequence(6, 4), "Reshape(8, 3)", "Permute(2, 1)", "ZeroPadding1D(1, 2)", "SimpleRnn(5, ReturnSequences = true)", "Cropping1D(2, 1)", "Reshape(-1)", "Dense(3)"),
        Batched("Vector", new InputText("", 0, 40), "Dense(7, Activation = Activation.Silu)", "Dense(2)"),
        new("FromState", new Declaration([new Branch(
            Sequence(4, 3), [new InputText("H0", 0, 5)],
            [new AttributeText("InitialState", ["\"H0\""]), new AttributeText("SimpleRnn", ["5", "ReturnSequences = true"])])]), Streams: false),
    ];

    /// <summary>Models whose code is small enough to be run without any vector instruction.</summary>
    public static IReadOnlyList<string> Small { get; } = ["SingleNeuron", "SequenceHead", "States", "Grouped", "Dropped", "Backwards", "Vector", "FromState"];

    /// <summary>Every variant that is compiled.</summary>
    public static IReadOnlyList<Variant> Variants { get; } =
        [new(1), new(2), new(5), new(32), new(32, IsTimeMajor: true), new(5, IsDouble: true), new(32, IsDouble: true)];

    public static ModelCompilation Compilation => LazyCompilation.Value;

    /// <summary>Names for theories.</summary>
    public static IEnumerable<object[]> Names() => All.Select(m => new object[] { m.Name });

    public static IEnumerable<object[]> StreamingNames() => All.Where(m => m.Streams).Select(m => new object[] { m.Name });

    public static PropertyModel Find(string name) => All.Single(m => m.Name == name);

    public static string FullName(string name, Variant variant) => $"Properties.{name}.{variant.ClassName}";

    public static Type TypeOf(string name, Variant variant) => Compilation.Find(FullName(name, variant));

    public static IModel<float> Create(string name, Variant variant, int seed = 1) => Create<float>(name, variant, seed);

    public static IModel<T> Create<T>(string name, Variant variant, int seed = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => (IModel<T>)Activator.CreateInstance(TypeOf(name, variant), seed)!;

    private static ModelCompilation Compile() => ModelCompilation.Compile(
        "Properties",
        (from model in All
         from variant in Variants
         where !variant.IsTimeMajor || model.Declaration.HasSequences
         select new ModelSource($"Properties.{model.Name}", variant.ClassName, model.Declaration.Print(variant.ClassName, variant))).ToArray());

    private static PropertyModel Streaming(string name, InputText input, params string[] layers) => new(name, Chain(input, layers), true);

    private static PropertyModel Batched(string name, InputText input, params string[] layers) => new(name, Chain(input, layers), false);

    private static Declaration Chain(InputText input, string[] layers) => new([new Branch(input, [], layers.Select(Layer).ToArray())]);

    /// <summary><c>Dense(3, UseBias = false)</c> as an attribute.</summary>
    private static AttributeText Layer(string text)
    {
        int open = text.IndexOf('(');
        return open < 0 ? new AttributeText(text, []) : new AttributeText(text[..open], text[(open + 1)..^1].Split(", "));
    }

    private static InputText Sequence(int timeSteps, int features) => new("", timeSteps, features);
}
