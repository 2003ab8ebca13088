using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>How a layer stands in its model: what a configuration alone does not say.</summary>
/// <param name="Name">Its name in the declaration, where another layer refers to it; else empty.</param>
/// <param name="InitialState">Names of what its states start from.</param>
/// <param name="ReturnsState">Whether its states are outputs of the model.</param>
internal sealed record LayerUse(string Name, IReadOnlyList<string> InitialState, bool ReturnsState)
{
    public static LayerUse Plain { get; } = new("", [], false);
}

/// <summary>One layer class of Keras and the attribute that it becomes. A new layer is a row of <see cref="Table"/>.</summary>
/// <param name="Class">Keras' class name.</param>
/// <param name="Attribute">The attribute's name.</param>
/// <param name="Positional">The key of the constructor's argument, and its text; null if there is none.</param>
/// <param name="Flags">Every other key that the layer may have.</param>
/// <param name="States">Number of states, 0 unless recurrent.</param>
internal sealed record KerasLayer(
    string Class,
    string Attribute,
    (string Key, Func<JsonElement, string> Text)? Positional,
    IReadOnlyList<KerasFlag> Flags,
    int States = 0)
{
    /// <summary>Keys of every layer that say nothing about its numbers in inference or training.</summary>
    private static readonly KerasFlag[] Common =
    [
        KerasFlag.Ignored("name"),
        KerasFlag.Ignored("dtype"),
        KerasFlag.Boolean("trainable", true, "Trainable"),
    ];

    /// <summary>Keys of every layer that runs over time.</summary>
    private static readonly KerasFlag[] OverTime =
    [
        KerasFlag.Boolean("return_sequences", false, "ReturnSequences"),
        // Whether states are outputs is a matter of the graph: LayerUse says it.
        KerasFlag.Ignored("return_state"),
        KerasFlag.Boolean("go_backwards", false, "GoBackwards"),
        KerasFlag.Boolean("stateful", false, "Stateful"),
        KerasFlag.Unroll(),
        KerasFlag.Boolean("zero_output_for_mask", false, "ZeroOutputForMask"),
    ];

    private static KerasFlag[] Recurrent => [.. OverTime, .. RecurrentCell];

    private static KerasFlag[] RecurrentCell =>
    [
        KerasFlag.Activation("activation", "tanh", "Activation"),
        KerasFlag.Boolean("use_bias", true, "UseBias"),
        KerasFlag.Initializer("kernel_initializer", "GlorotUniform", "KernelInitializer", Weight.Kernel),
        KerasFlag.Initializer("recurrent_initializer", "Orthogonal", "RecurrentInitializer", Weight.Recurrent),
        KerasFlag.Initializer("bias_initializer", "Zeros", "BiasInitializer", Weight.Bias),
        .. KerasFlag.WeightModifiers("kernel", Weight.Kernel),
        .. KerasFlag.WeightModifiers("recurrent", Weight.Recurrent),
        .. KerasFlag.WeightModifiers("bias", Weight.Bias),
        KerasFlag.Regularizer("activity_regularizer", Weight.Activity),
        .. Absent("seed"),
        KerasFlag.Default("dropout", "0.0"),
        KerasFlag.Default("recurrent_dropout", "0.0"),
    ];

    private static KerasFlag[] Pooling => [KerasFlag.Default("data_format", "\"channels_last\""), KerasFlag.Default("keepdims", "false")];

    private static KerasFlag[] WindowPooling =>
    [
        KerasFlag.Integer("strides", 0, "Strides"),
        KerasFlag.Enum("padding", "valid", "Padding"),
        KerasFlag.Default("data_format", "\"channels_last\""),
    ];

    private static KerasFlag[] LstmGates =>
    [
        KerasFlag.Activation("recurrent_activation", "sigmoid", "RecurrentActivation"),
        KerasFlag.Boolean("unit_forget_bias", true, "UnitForgetBias"),
    ];

    private static KerasFlag[] GruGates =>
    [
        KerasFlag.Activation("recurrent_activation", "sigmoid", "RecurrentActivation"),
        KerasFlag.Boolean("reset_after", true, "ResetAfter"),
    ];

    public static IReadOnlyList<KerasLayer> Table { get; } =
    [
        new("SimpleRNN", "SimpleRnn", ("units", Integer), Recurrent, States: 1),
        // One step of a cell is a layer with one time step that starts from given states.
        new("SimpleRNNCell", "SimpleRnn", ("units", Integer), RecurrentCell, States: 1),
        new("LSTM", "Lstm", ("units", Integer), [.. Recurrent, .. LstmGates], States: 2),
        new("LSTMCell", "Lstm", ("units", Integer), [.. RecurrentCell, .. LstmGates], States: 2),
        new("GRU", "Gru", ("units", Integer), [.. Recurrent, .. GruGates], States: 1),
        new("GRUCell", "Gru", ("units", Integer), [.. RecurrentCell, .. GruGates], States: 1),
        // WrappedLayer says which cells it runs.
        new("RNN", "Rnn", ("cells", value => value.GetString()!), OverTime),
        new("Dense", "Dense", ("units", Integer),
        [
            KerasFlag.Activation("activation", "linear", "Activation"),
            KerasFlag.Boolean("use_bias", true, "UseBias"),
            KerasFlag.Initializer("kernel_initializer", "GlorotUniform", "KernelInitializer", Weight.Kernel),
            KerasFlag.Initializer("bias_initializer", "Zeros", "BiasInitializer", Weight.Bias),
            .. KerasFlag.WeightModifiers("kernel", Weight.Kernel),
            .. KerasFlag.WeightModifiers("bias", Weight.Bias),
            KerasFlag.Regularizer("activity_regularizer", Weight.Activity),
            .. Absent("lora_rank", "quantization_config"),
        ]),
        new("Embedding", "Embedding", ("input_dim", Integer),
        [
            KerasFlag.Argument("output_dim", Integer),
            KerasFlag.Boolean("mask_zero", false, "MaskZero"),
            KerasFlag.Initializer("embeddings_initializer", "RandomUniform", "EmbeddingsInitializer", Weight.Embeddings),
            .. KerasFlag.WeightModifiers("embeddings", Weight.Embeddings),
            KerasFlag.Regularizer("activity_regularizer", Weight.Activity),
            .. Absent("lora_rank", "quantization_config"),
        ]),
        new("Conv1D", "Conv1D", ("filters", Integer),
        [
            KerasFlag.Argument("kernel_size", value => Integer(value[0])),
            KerasFlag.Integer("strides", 1, "Strides"),
            KerasFlag.Enum("padding", "valid", "Padding"),
            KerasFlag.Integer("dilation_rate", 1, "DilationRate"),
            KerasFlag.Integer("groups", 1, "Groups"),
            KerasFlag.Activation("activation", "linear", "Activation"),
            KerasFlag.Boolean("use_bias", true, "UseBias"),
            KerasFlag.Initializer("kernel_initializer", "GlorotUniform", "KernelInitializer", Weight.Kernel),
            KerasFlag.Initializer("bias_initializer", "Zeros", "BiasInitializer", Weight.Bias),
            KerasFlag.Default("data_format", "\"channels_last\""),
            .. KerasFlag.WeightModifiers("kernel", Weight.Kernel),
            .. KerasFlag.WeightModifiers("bias", Weight.Bias),
            KerasFlag.Regularizer("activity_regularizer", Weight.Activity),
        ]),
        new("Activation", "Activation", ("activation", KerasFlag.ActivationText), [KerasFlag.Regularizer("activity_regularizer", Weight.Activity)]),
        new("LayerNormalization", "LayerNormalization", null,
        [
            KerasFlag.Number("epsilon", 1e-3, "Epsilon"),
            KerasFlag.Boolean("center", true, "Center"),
            KerasFlag.Boolean("scale", true, "Scale"),
            KerasFlag.Initializer("beta_initializer", "Zeros", "BetaInitializer", Weight.Beta),
            KerasFlag.Initializer("gamma_initializer", "Ones", "GammaInitializer", Weight.Gamma),
            KerasFlag.Default("axis", "[-1]"),
            KerasFlag.Default("rms_scaling", "false"),
            .. KerasFlag.WeightModifiers("beta", Weight.Beta),
            .. KerasFlag.WeightModifiers("gamma", Weight.Gamma),
        ]),
        new("Masking", "Masking", ("mask_value", Number), []),
        new("Add", "Add", null, []),
        new("Subtract", "Subtract", null, []),
        new("Multiply", "Multiply", null, []),
        new("Average", "Average", null, []),
        new("Maximum", "Maximum", null, []),
        new("Minimum", "Minimum", null, []),
        // Axes count the rows; sequences have three of them.
        new("Concatenate", "Concatenate", null, [new KerasFlag("axis", value => value.GetInt32() is -1 or 2, (value, text) => text.Arguments.Add(
            value.GetInt32() == 1 ? "Axis = Axis.Time" : throw new NotSupportedCaseException($"Concatenate over the axis {value}")))]),
        new("BatchNormalization", "BatchNormalization", null,
        [
            KerasFlag.Number("momentum", 0.99, "Momentum"),
            KerasFlag.Number("epsilon", 1e-3, "Epsilon"),
            KerasFlag.Boolean("center", true, "Center"),
            KerasFlag.Boolean("scale", true, "Scale"),
            KerasFlag.Initializer("beta_initializer", "Zeros", "BetaInitializer", Weight.Beta),
            KerasFlag.Initializer("gamma_initializer", "Ones", "GammaInitializer", Weight.Gamma),
            KerasFlag.Initializer("moving_mean_initializer", "Zeros", "MovingMeanInitializer", Weight.MovingMean),
            KerasFlag.Initializer("moving_variance_initializer", "Ones", "MovingVarianceInitializer", Weight.MovingVariance),
            KerasFlag.Default("axis", "-1"),
            KerasFlag.Default("synchronized", "false"),
            KerasFlag.Default("renorm", "false"),
            KerasFlag.Ignored("renorm_momentum"),
            .. KerasFlag.WeightModifiers("beta", Weight.Beta),
            .. KerasFlag.WeightModifiers("gamma", Weight.Gamma),
            .. Absent("renorm_clipping"),
        ]),
        // In inference, which is what these cases run, nothing is drawn.
        new("SpatialDropout1D", "SpatialDropout1D", ("rate", Number), [KerasFlag.Ignored("seed")]),
        new("RepeatVector", "RepeatVector", ("n", Integer), []),
        new("Flatten", "Flatten", null, [KerasFlag.Default("data_format", "\"channels_last\"")]),
        new("GlobalAveragePooling1D", "GlobalAveragePooling1D", null, Pooling),
        new("GlobalMaxPooling1D", "GlobalMaxPooling1D", null, Pooling),
        new("MaxPooling1D", "MaxPooling1D", ("pool_size", value => Integer(value[0])), WindowPooling),
        new("AveragePooling1D", "AveragePooling1D", ("pool_size", value => Integer(value[0])), WindowPooling),
        new("Reshape", "Reshape", ("target_shape", Integers), []),
        new("Permute", "Permute", ("dims", Integers), []),
        new("ZeroPadding1D", "ZeroPadding1D", ("padding", Integers), [KerasFlag.Default("data_format", "\"channels_last\"")]),
        new("Cropping1D", "Cropping1D", ("cropping", Integers), []),
        new("UpSampling1D", "UpSampling1D", ("size", Integer), []),
    ];

    /// <summary>The row of a class; throws <see cref="NotSupportedCaseException"/> if there is none.</summary>
    public static KerasLayer Find(string layerClass) =>
        Table.FirstOrDefault(row => row.Class == layerClass) ?? throw new NotSupportedCaseException($"the layer {layerClass}");

    /// <summary>A cell's attributes inside a class of one's own, and the number of its states.</summary>
    public static (int States, Func<JsonElement, IEnumerable<AttributeText>> Parts) FindCell(string cellClass)
    {
        if (cellClass == "LNSimpleRNNCell")
            return (1, LayerNormalizedCell);
        KerasLayer layer = Find(cellClass);
        return (layer.States, config => (layer with { Attribute = layer.Attribute + "Cell" }).Declare(config, LayerUse.Plain));
    }

    private bool HasWeights => typeof(InputAttribute).Assembly.GetType($"GenRnn.{Attribute}Attribute")!.GetProperty("Trainable") is not null;

    /// <summary>The layer's attribute with its modifiers before it.</summary>
    public IEnumerable<AttributeText> Declare(JsonElement config, LayerUse use)
    {
        var text = new LayerText();
        foreach (JsonProperty property in config.EnumerateObject())
        {
            if (property.Name == Positional?.Key)
                continue;
            KerasFlag? flag = Common.Concat(Flags).FirstOrDefault(f => f.Key == property.Name);
            // A layer without weights has nothing that could be trained.
            if (flag is { } known && (known.IsAbsent(property.Value) || (known.Key == "trainable" && !HasWeights)))
                continue;
            if (flag?.Write is not { } write)
                throw new NotSupportedCaseException($"the flag {Class}.{property.Name} = {Abridged(property.Value)}");
            write(property.Value, text);
        }

        if (use.ReturnsState)
            text.Arguments.Add("ReturnState = true");
        if (use.Name.Length > 0)
            text.Arguments.Add($"Name = \"{use.Name}\"");
        if (use.InitialState.Count > 0)
            yield return new AttributeText("InitialState", use.InitialState.Select(name => $"\"{name}\"").ToArray());
        foreach (AttributeText modifier in text.Modifiers)
            yield return modifier;
        string[] positional = Positional is { } first ? [first.Text(config.GetProperty(first.Key))] : [];
        yield return new AttributeText(Attribute, [.. positional, .. text.Arguments]);
    }

    // A custom cell of the goldens; their README says what it is made of.
    private static IEnumerable<AttributeText> LayerNormalizedCell(JsonElement config) =>
    [
        new AttributeText("SimpleRnnCell", [Integer(config.GetProperty("units")), "Activation = Activation.Linear"]),
        new AttributeText("LayerNormalization", []),
        new AttributeText("Activation", ["Activation.Tanh"]),
    ];

    private static KerasFlag[] Absent(params string[] keys) => keys.Select(key => KerasFlag.Default(key, "null")).ToArray();

    private static string Number(JsonElement value) => value.GetDouble().ToString("R", CultureInfo.InvariantCulture);

    private static string Integer(JsonElement value) => value.GetInt32().ToString(CultureInfo.InvariantCulture);

    private static string Integers(JsonElement value) => string.Join(", ", value.EnumerateArray().Select(Integer));

    private static string Abridged(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("class_name", out JsonElement name))
            return name.GetString()!;
        string text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "...";
    }
}
