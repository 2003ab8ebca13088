using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.TestModels;

/// <summary>Every model that the test projects share: a name, a purpose, a declaration.</summary>
public static class ModelCatalogue
{
    private static readonly string[] ActivationNames =
    [
        "Linear", "Tanh", "Sigmoid", "Relu", "Relu6", "LeakyRelu", "Elu", "Selu", "Gelu", "Silu", "HardSilu", "HardSigmoid", "HardSigmoidKeras2",
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
        .. Reshaping(),
        .. Reshaped(),
        .. Bidirectional(),
        .. Masked(),
        .. Lengths(),
        .. Convolutions(),
        .. Pooled(),
        .. Separated(),
        .. Rectified(),
        .. Scaled(),
        .. Cells(),
        .. Embeddings(),
        .. BatchStatistics(),
        .. Dropped(),
        .. Merged(),
        .. Heads(),
        .. Shared(),
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

    private static IEnumerable<TestModel> Merged()
    {
        yield return Model("Residual", "a sequence is read by a layer and by the sum behind it", b => b
            .Sequence(6, 3, ("Name", "Series"), ("Batch", 32)).Lstm(3, ("ReturnSequences", true)).Merge("Add", "Series").Gru(4).Dense(1));
        yield return Model("GatedBranches", "the gated unit of a WaveNet: two branches multiplied, and a way around both", b => b
            .Sequence(7, 3, ("Name", "X"))
            .Conv1D(4, 2, ("Padding", "Causal"), ("Activation", "Tanh"), ("Name", "Filter"))
            .From("X").Conv1D(4, 2, ("Padding", "Causal"), ("Activation", "Sigmoid"))
            .Merge("Multiply", "Filter").Conv1D(3, 1).Merge("Add", "X").Dense(2));
        yield return Model("HistoryBesideZeros", "a sequence that one convolution continues from call to call and another sees by itself", b => b
            .Sequence(6, 3, ("Name", "X")).Dense(4, ("Name", "Wide"))
            .Conv1D(4, 3, ("Padding", "Causal"), ("Name", "Behind")).From("Wide").Conv1D(4, 3, ("Padding", "Same")).Merge("Add", "Behind").SimpleRnn(3));
        yield return Model("MergedInputs", "two vectors, one of them a single feature for all, in every elementwise merge", b => b
            .Vector(5, ("Name", "A")).Vector(1, ("Name", "B"))
            .From("A", "B").Item("Subtract", ("Name", "Difference"))
            .From("B", "A", "A").Item("Average", ("Name", "Mean"))
            .From("Difference", "Mean").Item("Maximum", ("Name", "Largest"))
            .From("B", "A").Merge("Minimum").Merge("Multiply", "Largest").Dense(2));
        yield return Model("SeriesWithStatic", "a vector beside what is left of a series", b => b
            .Sequence(6, 3, ("Name", "Series")).Gru(5, ("Name", "Memory")).Vector(4, ("Name", "Static")).From("Memory", "Static").Merge("Concatenate").Dense(2));
        yield return Model("ConcatenatedBranches", "features of two branches side by side, rows in lanes", b => b
            .Sequence(5, 3, ("Name", "Series"), ("Batch", 32)).Dense(4, ("Activation", "Tanh"), ("Name", "Wide")).From("Series").SimpleRnn(3, ("ReturnSequences", true))
            .Merge("Concatenate", "Wide").SimpleRnn(4));
        yield return Model("ConcatenatedOverTime", "two sequences one after the other", b => b
            .Sequence(4, 3, ("Name", "Past")).Sequence(3, 3, ("Name", "Future")).From("Past", "Future").Item("Concatenate", ("Axis", "Time")).SimpleRnn(4, ("ReturnSequences", true)).Dense(2));
        yield return Model("OneStepForAll", "one step of a sequence stands for all steps of another", b => b
            .Sequence(5, 3, ("Name", "Series")).Dense(4, ("Name", "Wide")).From("Series").Conv1D(4, 5).Merge("Add", "Wide").SimpleRnn(3));
        yield return Model("MergedMasks", "two masks in every merge that looks at them", b => b
            .Sequence(5, 3, ("Name", "Left"), ("Lengths", true)).Sequence(5, 3, ("Name", "Right"), ("Lengths", true))
            .From("Left", "Right").Item("Multiply", ("Name", "Product"))
            .From("Left", "Right").Item("Maximum", ("Name", "Largest"))
            .From("Product", "Largest", "Right").Merge("Concatenate").Lstm(4, ("ReturnSequences", true)).Dense(2));
        yield return Model("MaskOverTime", "a mask and steps that all count, one after the other", b => b
            .Sequence(4, 2, ("Name", "Past")).Masking().SimpleRnn(3, ("ReturnSequences", true), ("Name", "Encoder"))
            .From("Past").Dense(3, ("Name", "Plain")).From("Encoder", "Plain").Item("Concatenate", ("Axis", "Time")).SimpleRnn(2));
        yield return Model("SkipConnections", "a sequence that three layers read, and a sum of three", b => b
            .Sequence(6, 4, ("Name", "X"), ("Batch", 8)).Item("LayerNormalization").Gru(4, ("ReturnSequences", true), ("Name", "First"))
            .Merge("Add", "X").Item("LayerNormalization").Gru(4, ("ReturnSequences", true), ("Name", "Second")).From("X", "First", "Second").Merge("Add").Item("GlobalAveragePooling1D").Dense(1));
    }

    private static IEnumerable<TestModel> Heads()
    {
        yield return Model("ThreeHeads", "outputs of one body: two vectors and a value at every step", b => b
            .Sequence(6, 3, ("Batch", 8)).Lstm(5, ("ReturnSequences", true), ("Name", "Body")).Gru(4, ("Name", "Last"))
            .Output().Dense(2, ("Name", "Price")).From("Last").Output().Dense(3, ("Activation", "Softmax"), ("Name", "Regime")).From("Body").Dense(1, ("Name", "PerStep")));
        yield return Model("OutputThatIsRead", "an output that a layer reads, and a state besides", b => b
            .Sequence(5, 3).Output().SimpleRnn(4, ("ReturnSequences", true), ("Name", "Body")).From("Body").Gru(3, ("ReturnState", true), ("ReturnSequences", true), ("Name", "Head")));
    }

    private static IEnumerable<TestModel> Shared()
    {
        yield return Model("Siamese", "one encoder runs on two sequences, one of them shorter", b => b
            .Sequence(6, 3, ("Name", "Left"), ("Batch", 8)).Sequence(4, 3, ("Name", "Right"))
            .From("Left").Lstm(5, ("Name", "Encoder")).From("Right").Item("Shared", ("Source", "Encoder"), ("Name", "RightEncoder"))
            .From("Encoder", "RightEncoder").Merge("Subtract").Dense(1, ("Activation", "Sigmoid")));
        yield return Model("SharedTwice", "a layer runs three times in a row, and wrapped layers twice", b => b
            .Sequence(5, 4).Modifier("Bidirectional", ("MergeMode", "Sum")).Gru(4, ("ReturnSequences", true), ("Name", "Both")).Dense(4, ("Activation", "Tanh"), ("Name", "Mix"))
            .Item("Shared", ("Source", "Mix")).Item("Shared", ("Source", "Both"), ("Name", "Again")).Item("Shared", ("Source", "Mix")));
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
        yield return Model("LstmInTurns", "streams a panel that is read upwards and downwards in turns, with blocks that remain", b => b
            .Sequence(5, 3, ("Batch", 1)).Lstm(44, ("ReturnSequences", true)).Dense(2));
        yield return Model("LstmInRegisters", "streams one row through gates that are whole vectors", b => b
            .Sequence(5, 1, ("Batch", 1)).Lstm(8, ("ReturnSequences", true)).Dense(1));
        yield return Model("LstmTranslator", "a decoder starts from both states of an encoder", b => b
            .Sequence(5, 3, ("Name", "Source")).Lstm(4, ("Name", "Encoder"))
            .Sequence(3, 2, ("Name", "Target")).InitialState("Encoder").Lstm(4, ("ReturnSequences", true)).Dense(2));
        yield return Model("GruForecaster", "reset after the product", b => b
            .Sequence(6, 3, ("Batch", 32)).Gru(6, ("ReturnSequences", true)).Gru(5, ("UseBias", false)).Dense(2));
        yield return Model("GruResetBefore", "reset before the product: two products in a row", b => b
            .Sequence(6, 3).Gru(5, ("ResetAfter", false), ("ReturnSequences", true), ("ReturnState", true)));
    }

    private static IEnumerable<TestModel> Reshaping()
    {
        yield return Model("Flattened", "steps side by side, no multiple of a vector", b => b
            .Sequence(5, 3).SimpleRnn(7, ("ReturnSequences", true)).Item("Flatten").Dense(3));
        yield return Model("FlattenedInput", "rows in lanes, and a block for every step of the input", b => b.Sequence(5, 3, ("Batch", 32)).Item("Flatten").Dense(4, ("Activation", "Tanh")));
        yield return Model("Repeated", "a vector at every step, made of a vector", b => b.Vector(4).Item("RepeatVector", ("N", 6)).SimpleRnn(5));
        yield return Model("EncoderRepeatDecoder", "a sequence of another length", b => b
            .Sequence(6, 3, ("Batch", 32)).Lstm(5).Item("RepeatVector", ("N", 4)).Lstm(4, ("ReturnSequences", true)).Modifier("TimeDistributed").Dense(2));
        yield return Model("Averaged", "the mean over time", b => b.Sequence(6, 3).SimpleRnn(5, ("ReturnSequences", true)).Item("GlobalAveragePooling1D").Dense(2));
        yield return Model("AveragedRows", "the mean over time, rows in lanes", b => b.Sequence(6, 3, ("Batch", 32)).Item("GlobalAveragePooling1D"));
        yield return Model("LargestOverTime", "the largest value over time", b => b.Sequence(6, 3).SimpleRnn(5, ("ReturnSequences", true)).Item("GlobalMaxPooling1D").Dense(2));
        yield return Model("LargestRows", "the largest value over time, rows in lanes", b => b.Sequence(6, 3, ("Batch", 32)).Item("GlobalMaxPooling1D"));
        yield return Model("Normalized", "at every step and of a vector, with and without gain and offset", b => b
            .Sequence(5, 3).Item("LayerNormalization").SimpleRnn(19, ("ReturnSequences", true)).Item("LayerNormalization", ("Epsilon", 1e-5), ("Center", false))
            .SimpleRnn(4).Item("LayerNormalization", ("Scale", false)));
        yield return Model("NormalizedRows", "rows in lanes", b => b.Sequence(5, 3, ("Batch", 32)).SimpleRnn(18, ("ReturnSequences", true)).Item("LayerNormalization"));
    }

    private static IEnumerable<TestModel> Reshaped()
    {
        yield return Model("Reshaped", "a sequence as one of other steps, as a vector, and a vector as a sequence; a size that is left", b => b
            .Sequence(6, 4).Item("Reshape", ("TargetShape", new[] { 8, 3 })).SimpleRnn(5, ("ReturnSequences", true)).Item("Reshape", ("TargetShape", new[] { -1 }))
            .Dense(6).Item("Reshape", ("TargetShape", new[] { -1, 3 })).Gru(4));
        yield return Model("ReshapedRows", "rows in lanes", b => b.Sequence(6, 4, ("Batch", 32)).Item("Reshape", ("TargetShape", new[] { 3, 8 })).Gru(3));
        yield return Model("Permuted", "fewer features than steps, and fewer steps than features", b => b
            .Sequence(7, 3).Item("Permute", ("Dims", new[] { 2, 1 })).SimpleRnn(5, ("ReturnSequences", true)).Item("Permute", ("Dims", new[] { 2, 1 })).Dense(2));
        yield return Model("PermutedRows", "rows in lanes", b => b.Sequence(3, 7, ("Batch", 32)).Item("Permute", ("Dims", new[] { 2, 1 })).Gru(4));
        yield return Model("PaddedAndCropped", "steps of zeros at both ends, and steps that nobody sees", b => b
            .Sequence(5, 3).Item("ZeroPadding1D", ("Front", 2), ("Back", 1)).SimpleRnn(4, ("ReturnSequences", true)).Item("Cropping1D", ("Front", 1), ("Back", 3)).Gru(3));
        yield return Model("Upsampled", "each step three times, behind a layer and in front of one; rows in lanes", b => b
            .Sequence(4, 3, ("Batch", 32)).SimpleRnn(5, ("ReturnSequences", true)).Item("UpSampling1D", ("Size", 3)).Gru(4, ("ReturnSequences", true)).Item("UpSampling1D"));
    }

    private static IEnumerable<TestModel> Bidirectional()
    {
        yield return Model("BidirectionalSequence", "two directions, merged step by step, as input of two more", b => b
            .Sequence(5, 3).Modifier("Bidirectional").Lstm(4, ("ReturnSequences", true)).Modifier("Bidirectional", ("MergeMode", "Mul")).SimpleRnn(3, ("ReturnSequences", true)));
        yield return Model("BidirectionalLast", "last steps of both directions, rows in lanes", b => b
            .Sequence(6, 3, ("Batch", 32)).Modifier("Bidirectional").Gru(5).Dense(2));
        yield return Model("BidirectionalStates", "four states that are outputs", b => b
            .Sequence(4, 3).Modifier("Bidirectional", ("MergeMode", "Ave")).Lstm(3, ("ReturnState", true), ("ReturnSequences", true)));
        yield return Model("BidirectionalUnlike", "another cell, of another width, runs backwards; states of both; then two of the same width that are multiplied", b => b
            .Sequence(4, 3).Modifier("Bidirectional").Lstm(3, ("ReturnSequences", true), ("ReturnState", true)).Modifier("Backward").Gru(5, ("ReturnSequences", true), ("ReturnState", true), ("GoBackwards", true))
            .Modifier("Bidirectional", ("MergeMode", "Mul")).SimpleRnn(4).Modifier("Backward").Modifier("Initialize", ("Weight", "Bias"), ("Initializer", "Ones")).Gru(4, ("UseBias", true), ("ResetAfter", false)).Dense(2));
        yield return Model("BidirectionalGivenState", "each direction starts from a vector", b => b
            .Sequence(4, 3, ("Name", "Series")).Vector(5, ("Name", "Forward")).Vector(5, ("Name", "Backward"))
            .InitialState("Forward", "Backward").Modifier("Bidirectional", ("MergeMode", "Sum")).Gru(5));
    }

    /// <summary>Behind a rectifier random numbers are zero in half of the places, so that steps are masked.</summary>
    private static IEnumerable<TestModel> Masked()
    {
        yield return Model("MaskedStack", "masked steps keep states and outputs; the loss asks for the mask", b => b
            .Sequence(6, 2, ("Batch", 32)).Activation("Relu").Masking().Gru(5, ("ReturnSequences", true)).Lstm(4, ("ReturnSequences", true)).Dense(2));
        yield return Model("MaskedGivenState", "outputs before the first step that counts are zero although the state is not", b => b
            .Sequence(5, 2, ("Name", "Series")).Vector(4, ("Name", "H0")).Activation("Relu").Masking().InitialState("H0").SimpleRnn(4, ("ReturnState", true)));
        yield return Model("MaskedBidirectional", "zeros where either direction is masked; the mean over the steps that count", b => b
            .Sequence(5, 2).Activation("Relu").Masking().Modifier("Bidirectional").SimpleRnn(3, ("ReturnSequences", true)).Item("GlobalAveragePooling1D"));
        yield return Model("MaskedZeroOutput", "a last output that is no state", b => b.Sequence(5, 2).Activation("Relu").Masking().Gru(4, ("ZeroOutputForMask", true)).Dense(2));
    }

    private static IEnumerable<TestModel> Convolutions()
    {
        yield return Model("CausalStack", "dilated causal convolutions, rows in lanes: they stream", b => b
            .Sequence(9, 2, ("Batch", 32)).Conv1D(5, 2, ("Padding", "Causal"), ("Activation", "Tanh")).Conv1D(4, 3, ("Padding", "Causal"), ("DilationRate", 2), ("Activation", "Tanh")).Conv1D(3, 1));
        yield return Model("StridedConvolutions", "windows over every second and third step, between recurrent layers", b => b
            .Sequence(11, 3).SimpleRnn(5, ("ReturnSequences", true)).Conv1D(6, 4, ("Strides", 2)).Gru(4, ("ReturnSequences", true)).Conv1D(3, 2, ("Strides", 3), ("Padding", "Causal"), ("UseBias", false)));
        yield return Model("PaddedConvolutions", "windows beyond both ends, wider than the sequence, and steps that no window sees", b => b
            .Sequence(5, 3).Conv1D(4, 4, ("Padding", "Same"), ("DilationRate", 3), ("Activation", "Tanh")).Conv1D(6, 1, ("Strides", 2)));
        yield return Model("GroupedConvolutions", "groups whose parts end within a vector, and a group for each feature", b => b
            .Sequence(5, 4).Conv1D(6, 2, ("Groups", 2), ("Padding", "Causal"), ("Activation", "Tanh")).Conv1D(6, 3, ("Groups", 6), ("Padding", "Causal"), ("DilationRate", 2)));
    }

    private static IEnumerable<TestModel> Pooled()
    {
        yield return Model("PooledWindows", "largest values and means of windows beyond both ends, between recurrent layers", b => b
            .Sequence(11, 3).SimpleRnn(5, ("ReturnSequences", true)).Item("MaxPooling1D", ("PoolSize", 3), ("Strides", 2), ("Padding", "Same"))
            .Gru(4, ("ReturnSequences", true)).Item("AveragePooling1D", ("PoolSize", 4), ("Strides", 1), ("Padding", "Same")));
        yield return Model("PooledRows", "whole windows, rows in lanes", b => b
            .Sequence(9, 2, ("Batch", 32)).Item("AveragePooling1D").Conv1D(5, 2, ("Padding", "Causal"), ("Activation", "Tanh")).Item("MaxPooling1D", ("Strides", 1)).Gru(3));
        yield return Model("PooledCausally", "a moving maximum and a moving average: they stream, and count no step that never was", b => b
            .Sequence(7, 3).SimpleRnn(5, ("ReturnSequences", true)).Item("MaxPooling1D", ("PoolSize", 3), ("Strides", 1), ("Padding", "Causal"))
            .Item("AveragePooling1D", ("PoolSize", 4), ("Strides", 1), ("Padding", "Causal")).Dense(2));
    }

    private static IEnumerable<TestModel> Separated()
    {
        yield return Model("SeparatedConvolutions", "filters of each feature by itself, one and several, with and without a product behind: they stream", b => b
            .Sequence(7, 3).Item("DepthwiseConv1D", ("KernelSize", 3), ("Padding", "Causal"), ("DilationRate", 2), ("Activation", "Tanh"))
            .Item("SeparableConv1D", ("Filters", 5), ("KernelSize", 2), ("DepthMultiplier", 2), ("Padding", "Causal")).Item("DepthwiseConv1D", ("KernelSize", 2), ("DepthMultiplier", 2), ("Padding", "Causal"), ("UseBias", false)));
        yield return Model("SeparatedRows", "windows over every second step, rows in lanes", b => b
            .Sequence(9, 4, ("Batch", 32)).Item("SeparableConv1D", ("Filters", 3), ("KernelSize", 3), ("Strides", 2), ("Padding", "Same"), ("Activation", "Tanh")).Gru(3));
        yield return Model("TransposedConvolutions", "steps that several steps add to, and steps that none does; a cut at both ends", b => b
            .Sequence(5, 3).Item("Conv1DTranspose", ("Filters", 4), ("KernelSize", 3), ("Strides", 2), ("Activation", "Tanh")).SimpleRnn(4, ("ReturnSequences", true))
            .Item("Conv1DTranspose", ("Filters", 3), ("KernelSize", 4), ("Padding", "Same"), ("UseBias", false)).Item("Conv1DTranspose", ("Filters", 2), ("KernelSize", 1), ("Strides", 3)));
        yield return Model("TransposedRows", "rows in lanes", b => b.Sequence(4, 3, ("Batch", 32)).Item("Conv1DTranspose", ("Filters", 5), ("KernelSize", 3), ("Strides", 2), ("Padding", "Same")).Gru(3));
    }

    private static IEnumerable<TestModel> Rectified()
    {
        yield return Model("RectifiedLayers", "activations that are layers, on steps and on a vector", b => b
            .Sequence(5, 3).SimpleRnn(6, ("ReturnSequences", true)).Item("Relu", ("MaxValue", 0.5), ("NegativeSlope", 0.25), ("Threshold", 0.125)).Dense(5).Item("LeakyRelu")
            .Dense(4).Item("Elu", ("Alpha", 0.75)).SimpleRnn(4).Item("Softmax"));
        yield return Model("TrainedSlopes", "slopes of each step and feature, of each feature, of each step, and a single one", b => b
            .Sequence(4, 3).Item("PRelu", ("AlphaInitializer", "RandomUniform")).SimpleRnn(5, ("ReturnSequences", true)).Item("PRelu", ("SharedOverTime", true))
            .Dense(4).Item("PRelu", ("SharedOverFeatures", true)).SimpleRnn(4).Item("PRelu", ("SharedOverFeatures", true)));
        yield return Model("WeighedSteps", "softmax over time, of which masked steps are no part; rows in lanes", b => b
            .Sequence(5, 2, ("Batch", 32)).Item("Softmax", ("OverTime", true)).Activation("Relu").Masking().SimpleRnn(4, ("ReturnSequences", true)).Item("Softmax", ("OverTime", true)));
    }

    private static IEnumerable<TestModel> Scaled()
    {
        yield return Model("ScaledSteps", "normalisations of each step by itself: they stream", b => b
            .Sequence(5, 3).Item("Rescaling", ("Scale", 0.5), ("Offset", -0.25)).Item("Normalization").SimpleRnn(6, ("ReturnSequences", true)).Item("UnitNormalization")
            .Dense(5).Item("RmsNormalization").Dense(2).Item("Normalization", ("Invert", true)));
        yield return Model("NormalizedGroups", "groups of features over all steps, each feature by itself, and a vector", b => b
            .Sequence(5, 4).Item("GroupNormalization", ("Groups", 2)).SimpleRnn(6, ("ReturnSequences", true)).Item("GroupNormalization", ("Groups", -1), ("Center", false))
            .Gru(6).Item("GroupNormalization", ("Groups", 3), ("Scale", false)));
        yield return Model("NormalizedGroupRows", "rows in lanes", b => b.Sequence(4, 6, ("Batch", 32)).Item("GroupNormalization", ("Groups", 1)).Item("RmsNormalization").Gru(3));
    }

    private static IEnumerable<TestModel> Cells()
    {
        yield return Model("LstmOptions", "peepholes, clips that bite, a projection: an output narrower than the cell", b => b
            .Sequence(5, 3).Lstm(6, ("ForgetBias", 1.0), ("UsePeepholes", true), ("CellClip", 0.25), ("Projection", 4), ("ProjectionClip", 0.125), ("ReturnSequences", true)).Lstm(4, ("Projection", 2)));
        (string, Func<ModelBuilder, ModelBuilder>) normalized = ("LNSimpleRnnCell", c => c
            .Item("SimpleRnnCell", ("Units", 5), ("Activation", "Linear")).Item("LayerNormalization").Activation("Tanh"));
        (string, Func<ModelBuilder, ModelBuilder>) projected = ("ProjectedCell", c => c.Item("LstmCell", ("Units", 6)).Dense(4, ("UseBias", false)));
        (string, Func<ModelBuilder, ModelBuilder>) pair = ("PairCell", c => c.Item("GruCell", ("Units", 4)).Item("LstmCell", ("Units", 3)));
        yield return Model("ComposedCell", "a cell whose output is normalised before it is carried, run twice", b => b
            .Sequence(5, 3).Rnn([normalized], ("ReturnSequences", true)).Rnn([normalized]).Dense(2));
        yield return Model("WrittenCell", "a cell in C# with a fast state and a slow one, of different widths, and an output of its own; rows in lanes", b => b
            .Sequence(5, 3, ("Batch", 32)).Rnn(new CellWriter("TwoSpeeds", ("fast", 5), ("slow", 3)), FastAndSlow, ("ReturnSequences", true)).Dense(2));
        yield return Model("WrittenCellStates", "its states are given and returned; units in lanes", b => b
            .Sequence(4, 2, ("Name", "Series"), ("Batch", 4)).Vector(5, ("Name", "Fast")).Vector(3, ("Name", "Slow"))
            .InitialState("Fast", "Slow").Rnn(new CellWriter("TwoSpeeds", ("fast", 5), ("slow", 3)), FastAndSlow, ("ReturnState", true)));
        yield return Model("StackedCells", "cells in one loop, one of them twice, and the last output is a state in the middle", b => b
            .Sequence(4, 3).Rnn([pair, projected, projected]));
        yield return Model("StackedCellStates", "states of all cells are given and returned", b => b
            .Sequence(4, 3, ("Name", "Series")).Vector(4, ("Name", "H0")).Vector(6, ("Name", "C0"))
            .InitialState("H0", "C0").Rnn([projected], ("ReturnState", true), ("ReturnSequences", true)));
    }

    /// <summary>fast' = tanh(mix(x, fast, slow)); slow' = g slow + (1 - g) drift(fast'); y = the first three of fast', times slow'.</summary>
    private static (int Output, int[] Next) FastAndSlow(CellWriter c)
    {
        int fast = c.Function("Tanh", c.Linear("mix", 5, c.Input, c.State(0), c.State(1)));
        int gate = c.Function("Sigmoid", c.Linear("gate", 3, c.Input, c.State(1)));
        int slow = c.Sum(c.Product(gate, c.State(1)), c.Product(c.Rest(gate), c.Linear("drift", 3, fast)));
        return (c.Product(c.Slice(fast, 0, 3), slow), [fast, slow]);
    }

    private static IEnumerable<TestModel> Embeddings()
    {
        yield return Model("Embedded", "a table by id, rows in lanes", b => b.Ids(7, ("Batch", 32)).Embedding(11, 5).Gru(4).Dense(3, ("Activation", "Softmax")));
        yield return Model("EmbeddedTimeMajor", "id 0 is no step; the table is wider than a vector", b => b
            .Ids(5, ("Layout", "TimeMajor")).Embedding(6, 19, ("MaskZero", true), ("EmbeddingsInitializer", "RandomNormal")).Lstm(3, ("ReturnSequences", true)));
        yield return Model("EmbeddedRow", "one id for the whole row, beside a sequence", b => b
            .Item("Input", ("Name", "Id")).Embedding(4, 5).Item("RepeatVector", ("N", 3)).SimpleRnn(5, ("Name", "Encoder"))
            .Ids(4, ("Name", "Words")).Embedding(9, 2).InitialState("Encoder").SimpleRnn(5, ("ReturnSequences", true)));
    }

    private static IEnumerable<TestModel> Lengths()
    {
        yield return Model("PackedSequences", "rows of different lengths: both directions meet at each row's own steps", b => b
            .Sequence(6, 3, ("Lengths", true)).Modifier("Bidirectional").Lstm(4, ("ReturnSequences", true), ("ReturnState", true)).Dense(2));
        yield return Model("LengthsForecaster", "the last step of each row, rows in lanes; streams without lengths", b => b
            .Sequence(5, 2, ("Batch", 32), ("Lengths", true)).Gru(5).Dense(1));
        yield return Model("LengthsTranslator", "a decoder takes over from both directions; two inputs, each with its lengths", b => b
            .Sequence(5, 3, ("Name", "Source"), ("Lengths", true)).Modifier("Bidirectional").Lstm(3, ("Name", "Encoder"))
            .Sequence(4, 2, ("Name", "Target"), ("Lengths", true)).InitialState("Encoder").Lstm(6, ("ReturnSequences", true)).Dense(2));
    }

    private static IEnumerable<TestModel> BatchStatistics()
    {
        yield return Model("BatchNormalized", "statistics over rows and steps, of the input and of a vector behind it", b => b
            .Sequence(5, 3).Item("BatchNormalization").SimpleRnn(6).Item("BatchNormalization", ("Scale", false), ("Momentum", 0.9)).Dense(2));
        yield return Model("BatchNormalizedLengths", "over the steps that count alone; rows in lanes with padding", b => b
            .Sequence(4, 2, ("Batch", 30), ("Lengths", true)).SimpleRnn(3, ("ReturnSequences", true)).Item("BatchNormalization", ("Center", false), ("Epsilon", 0.01)));
    }

    private static IEnumerable<TestModel> Dropped()
    {
        yield return Model("Dropout", "masks of every shape, rows in lanes", b => b
            .Sequence(6, 3, ("Batch", 32)).Item("Dropout", ("Rate", 0.25))
            .Lstm(6, ("Dropout", 0.2), ("RecurrentDropout", 0.3), ("ReturnSequences", true)).Item("Dropout", ("Rate", 0.5), ("SharedOverTime", true))
            .Gru(5, ("Dropout", 0.4), ("RecurrentDropout", 0.3)).Item("Dropout", ("Rate", 0.1)).Dense(2));
        yield return Model("DropoutOfGates", "one input mask for all gates, state masks alone, masks of both directions; noise", b => b
            .Sequence(4, 3).Item("GaussianNoise", ("StandardDeviation", 0.2)).Lstm(4, ("Dropout", 0.4), ("ReturnSequences", true))
            .Gru(5, ("ResetAfter", false), ("RecurrentDropout", 0.3), ("ReturnSequences", true)).Item("SpatialDropout1D", ("Rate", 0.5))
            .Modifier("Bidirectional").SimpleRnn(3, ("Dropout", 0.5), ("RecurrentDropout", 0.4), ("ReturnSequences", true)).Item("GaussianNoise", ("StandardDeviation", 1.0)));
        yield return Model("DropoutWrapped", "masks of input, output and states at every step, and variational ones, rows in lanes; outputs that are no states", b => b
            .Sequence(5, 3, ("Batch", 32)).Modifier("DropoutWrapper", ("InputKeep", 0.8), ("OutputKeep", 0.5), ("StateKeep", 0.75)).Lstm(5, ("ReturnSequences", true))
            .Modifier("DropoutWrapper", ("InputKeep", 0.6), ("OutputKeep", 0.7), ("StateKeep", 0.8), ("Variational", true)).Gru(4, ("ReturnState", true)));
        (string, Func<ModelBuilder, ModelBuilder>) dropped = ("DroppedCell", c => c
            .Modifier("DropoutWrapper", ("OutputKeep", 0.75), ("StateKeep", 0.5)).Item("LstmCell", ("Units", 4)).Item("LayerNormalization").Item("SimpleRnnCell", ("Units", 3)));
        yield return Model("DropoutWrappedCells", "a cell inside a stack, the stack itself, both directions of a masked sequence", b => b
            .Sequence(4, 2).Activation("Relu").Masking().Modifier("Bidirectional").Modifier("DropoutWrapper", ("OutputKeep", 0.5)).Gru(3, ("ReturnSequences", true))
            .Modifier("DropoutWrapper", ("InputKeep", 0.75), ("OutputKeep", 0.8), ("StateKeep", 0.6), ("Variational", true)).Rnn([dropped]).Dense(2));
    }

    private static TestModel Activation(string function) => Model("Activation" + function, "the activation in all three layers", b => b
        .Sequence(3, 2).SimpleRnn(4, ("Activation", function), ("ReturnSequences", true)).Dense(5, ("Activation", function)).Activation(function));

    private static TestModel Model(string name, string purpose, Func<ModelBuilder, ModelBuilder> declare) =>
        new(name, purpose, declare(new ModelBuilder(name)).Build());
}
