using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.TestModels;

/// <summary>Every model that the test projects share: a name, a purpose, a declaration.</summary>
public static class ModelCatalogue
{
    private static readonly string[] ActivationNames =
    [
        "Linear", "Tanh", "Sigmoid", "Relu", "Relu6", "LeakyRelu", "Elu", "Selu", "Gelu", "Silu", "HardSilu", "HardSigmoid",
        "Exponential", "Softplus", "Softsign", "Mish", "Softmax", "LogSoftmax",
    ];

    /// <summary>All of them. Names are unique.</summary>
    public static IReadOnlyList<TestModel> All { get; } =
    [
        .. Chapter15(),
        .. Flags(),
        .. Shapes(),
        .. Branches(),
        .. Gated(),
        .. ActivationNames.Select(Activation),
    ];

    /// <summary>Names of the runtime's activation functions.</summary>
    public static IReadOnlyList<string> Activations => ActivationNames;

    public static TestModel Find(string name) =>
        All.FirstOrDefault(m => m.Name == name) ?? throw new ArgumentException($"The catalogue has no model {name}.", nameof(name));

    private static IEnumerable<TestModel> Chapter15()
    {
        yield return Model("LinearForecaster", "no recurrence: one product over the features", b => b.Vector(50).Dense(1));
        yield return Model("SingleNeuron", "the smallest recurrent model", b => b.Sequence(50, 1).SimpleRnn(1));
        yield return Model("DeepForecaster", "the last layer is recurrent and narrow", b => b
            .Sequence(50, 1, ("Batch", 32)).SimpleRnn(20, ("ReturnSequences", true)).SimpleRnn(20, ("ReturnSequences", true)).SimpleRnn(1));
        yield return Model("Forecaster", "the README's model", b => b
            .Sequence(50, 1, ("Batch", 32)).SimpleRnn(20, ("ReturnSequences", true)).SimpleRnn(20).Dense(1));
    }

    private static IEnumerable<TestModel> Flags()
    {
        yield return Model("Defaults", "every flag absent", b => b.Sequence(6, 3).SimpleRnn(5));
        yield return Model("NoBias", "chains that start from zero", b => b
            .Sequence(6, 3).SimpleRnn(5, ("UseBias", false), ("ReturnSequences", true)).Dense(2, ("UseBias", false)));
        yield return Model("Backwards", "runs from the last step to the first", b => b.Sequence(6, 3).SimpleRnn(5, ("GoBackwards", true)));
        yield return Model("BackwardsSequence", "outputs in the order of processing", b => b
            .Sequence(6, 3).SimpleRnn(5, ("GoBackwards", true), ("ReturnSequences", true)).SimpleRnn(4));
        yield return Model("ReturnsState", "output and state are the same vector", b => b.Sequence(6, 3).SimpleRnn(5, ("ReturnState", true)));
        yield return Model("ReturnsStateAndSequence", "two outputs of one region", b => b
            .Sequence(6, 3).SimpleRnn(5, ("ReturnState", true), ("ReturnSequences", true)));
        yield return Model("ReturnsEncoderState", "a state that is an output and feeds on", b => b
            .Sequence(6, 3).SimpleRnn(5, ("ReturnState", true)).Dense(2, ("Activation", "Tanh")));
        yield return Model("Stateful", "carries its states from call to call", b => b
            .Sequence(5, 2, ("Batch", 4)).SimpleRnn(4, ("Stateful", true), ("ReturnSequences", true)).SimpleRnn(3, ("Stateful", true)));
        yield return Model("Unrolled", "every step written out", b => b.Sequence(6, 3).SimpleRnn(5, ("Unroll", -1)));
        yield return Model("UnrolledByFour", "a factor that does not divide the steps", b => b.Sequence(6, 3).SimpleRnn(5, ("Unroll", 4)));
        yield return Model("TimeMajor", "time before batch", b => b
            .Sequence(6, 3, ("Layout", "TimeMajor")).SimpleRnn(5, ("ReturnSequences", true)).Dense(2));
        yield return Model("Initialized", "initialisers as flags and as modifiers", b => b
            .Sequence(6, 3)
            .Initialize("Kernel", "VarianceScaling", ("Scale", 2.0), ("Mode", "FanOut"), ("IsUniform", true))
            .Initialize("Recurrent", "Orthogonal", ("Gain", 0.5))
            .SimpleRnn(5, ("BiasInitializer", "Ones"))
            .Dense(2, ("KernelInitializer", "HeNormal")));
        yield return Model("Named", "names of its own in files and views", b => b
            .Sequence(6, 3, ("Name", "Series")).SimpleRnn(5, ("Name", "Memory")).Dense(2, ("Name", "Head")));
    }

    private static IEnumerable<TestModel> Shapes()
    {
        yield return Model("OneStep", "a scan of one step", b => b.Sequence(1, 3).SimpleRnn(4, ("ReturnSequences", true)).Dense(2));
        yield return Model("OneRow", "compiled for one row only", b => b.Sequence(6, 3, ("Batch", 1)).SimpleRnn(5));
        yield return Model("NarrowHead", "a Dense that is reduced over lanes", b => b.Sequence(4, 2).SimpleRnn(17).Dense(3));
        yield return Model("NarrowHeadOnSequence", "the same at every step", b => b
            .Sequence(4, 2).SimpleRnn(20, ("ReturnSequences", true)).Dense(1, ("Activation", "Tanh")));
        yield return Model("Vectors", "no time at all", b => b.Vector(7).Dense(9, ("Activation", "Relu")).Dense(4, ("Activation", "Softmax")));
        yield return Model("WideStack", "unit lanes: wide layers over many features", b => b
            .Sequence(8, 100, ("Batch", 8)).SimpleRnn(64, ("ReturnSequences", true)).SimpleRnn(64));
        yield return Model("OddWidths", "no width is a multiple of a vector", b => b
            .Sequence(7, 5, ("Batch", 3)).SimpleRnn(33, ("ReturnSequences", true)).SimpleRnn(13).Dense(11));
        yield return Model("LongSeries", "more steps than a chunk of a gradient sum, and than are unrolled", b => b
            .Sequence(300, 1, ("Batch", 2)).SimpleRnn(3));
        yield return Model("LeadingActivation", "a gradient of the input through a layer without weights", b => b
            .Sequence(4, 3).Activation("Tanh").SimpleRnn(5).Activation("Sigmoid"));
    }

    private static IEnumerable<TestModel> Branches()
    {
        yield return Model("GivenState", "starts from a named vector", b => b
            .Sequence(6, 3, ("Name", "Series")).Vector(5, ("Name", "H0")).InitialState("H0").SimpleRnn(5, ("ReturnSequences", true), ("ReturnState", true)));
        yield return Model("EncoderDecoder", "a layer starts from the state of another", b => b
            .Sequence(6, 3, ("Name", "Source")).SimpleRnn(5, ("Name", "Encoder"))
            .Sequence(4, 2, ("Name", "Target")).InitialState("Encoder").SimpleRnn(5, ("ReturnSequences", true)).Dense(2));
        yield return Model("SharedState", "one vector starts two layers", b => b
            .Sequence(6, 3, ("Name", "Series")).Vector(5, ("Name", "H0"))
            .InitialState("H0").SimpleRnn(5, ("ReturnSequences", true)).InitialState("H0").SimpleRnn(5));
    }

    private static IEnumerable<TestModel> Gated()
    {
        yield return Model("LstmForecaster", "two gated layers and a head, rows in lanes", b => b
            .Sequence(6, 3, ("Batch", 32)).Lstm(6, ("ReturnSequences", true)).Lstm(5).Dense(2));
        yield return Model("LstmFlags", "every flag of an LSTM that changes its numbers", b => b
            .Sequence(5, 3)
            .Lstm(4, ("Activation", "Softsign"), ("RecurrentActivation", "Softmax"), ("UseBias", false), ("GoBackwards", true), ("ReturnSequences", true), ("ReturnState", true)));
        yield return Model("LstmGivenState", "both states start from vectors", b => b
            .Sequence(4, 3, ("Name", "Series")).Vector(5, ("Name", "H0")).Vector(5, ("Name", "C0")).InitialState("H0", "C0").Lstm(5, ("ReturnState", true)));
        yield return Model("LstmStateful", "carries two states from call to call", b => b
            .Sequence(4, 2, ("Batch", 4)).Lstm(3, ("Stateful", true), ("ReturnSequences", true)));
        yield return Model("LstmTranslator", "a decoder starts from both states of an encoder", b => b
            .Sequence(5, 3, ("Name", "Source")).Lstm(4, ("Name", "Encoder"))
            .Sequence(3, 2, ("Name", "Target")).InitialState("Encoder").Lstm(4, ("ReturnSequences", true)).Dense(2));
        yield return Model("GruForecaster", "reset after the product", b => b
            .Sequence(6, 3, ("Batch", 32)).Gru(6, ("ReturnSequences", true)).Gru(5, ("UseBias", false)).Dense(2));
        yield return Model("GruResetBefore", "reset before the product: two products in a row", b => b
            .Sequence(6, 3).Gru(5, ("ResetAfter", false), ("ReturnSequences", true), ("ReturnState", true)));
    }

    private static TestModel Activation(string function) => Model("Activation" + function, "the activation in all three layers", b => b
        .Sequence(3, 2).SimpleRnn(4, ("Activation", function), ("ReturnSequences", true)).Dense(5, ("Activation", function)).Activation(function));

    private static TestModel Model(string name, string purpose, Func<ModelBuilder, ModelBuilder> declare) =>
        new(name, purpose, declare(new ModelBuilder(name)).Build());
}
