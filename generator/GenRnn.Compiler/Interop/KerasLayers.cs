using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>A layer class of Keras and the item that it becomes. A new layer is a row of <see cref="Table"/>.</summary>
/// <param name="Class">Keras' class, of Keras 2 on.</param>
/// <param name="Kind">Gen's attribute.</param>
/// <param name="Flags">Every key that the layer may have, beside those of all layers.</param>
internal sealed record KerasLayer(string Class, string Kind, IReadOnlyList<KerasFlag> Flags);

/// <summary>The table of Keras' layers.</summary>
internal static class KerasLayers
{
    private static readonly KerasFlag[] s_none = new KerasFlag[0];
    private static readonly KerasValue ChannelsLast = KerasValue.Of("channels_last");
    private static readonly KerasValue False = KerasValue.Of(false);
    private static readonly KerasValue Zero = KerasValue.Of(0.0);

    /// <summary>Keys of every layer. Types are read by <see cref="KerasTypes"/>, shapes by <see cref="KerasChain"/>.</summary>
    private static readonly KerasFlag[] s_common =
    {
        KerasFlag.Silent("name"), KerasFlag.Silent("dtype"), KerasFlag.Silent("batch_input_shape"), KerasFlag.Silent("batch_shape"), KerasFlag.Silent("input_shape"),
        KerasFlag.Silent("batch_size"), KerasFlag.Silent("input_length"), KerasFlag.Silent("input_dtype"), KerasFlag.Silent("input_dim"), KerasFlag.Silent("seed"),
        new KerasFlag("trainable", (value, layer) =>
        {
            if (value.Kind == KerasValueKind.Boolean && value.Number == 0 && layer.Definition.Find("Trainable") is not null)
                layer.Set("Trainable", FlagValue.Of(false));
        }),
        KerasFlag.Must("quantization_config"), KerasFlag.Must("lora_rank"), KerasFlag.Must("lora_alpha"),
    };

    private static IEnumerable<KerasFlag> Recurrent => new[]
    {
        KerasFlag.Size("units", "Units"),
        KerasFlag.Boolean("use_bias", true, "UseBias"),
        KerasFlag.Initializer("kernel_initializer", "GlorotUniform", "Kernel"),
        KerasFlag.Initializer("recurrent_initializer", "Orthogonal", "Recurrent"),
        KerasFlag.Initializer("bias_initializer", "Zeros", "Bias"),
        KerasFlag.Number("dropout", 0, "Dropout"),
        KerasFlag.Number("recurrent_dropout", 0, "RecurrentDropout"),
        KerasFlag.Boolean("return_sequences", false, "ReturnSequences"),
        // States that are read stand in the graph, and are refused there.
        KerasFlag.Silent("return_state"),
        KerasFlag.Boolean("go_backwards", false, "GoBackwards"),
        KerasFlag.Boolean("stateful", false, "Stateful"),
        new KerasFlag("unroll", (value, layer) =>
        {
            if (value.Number != 0)
                layer.Set("Unroll", FlagValue.Of(-1));
        }),
        KerasFlag.Boolean("zero_output_for_mask", false, "ZeroOutputForMask"),
        KerasFlag.Must("time_major", False),
        // How, not what.
        KerasFlag.Silent("implementation"),
    }.Concat(OfWeights(("kernel", "Kernel"), ("recurrent", "Recurrent"), ("bias", "Bias")));

    private static IEnumerable<KerasFlag> Product => new[]
    {
        KerasFlag.Activation("activation", "Activation", "Linear"),
        KerasFlag.Boolean("use_bias", true, "UseBias"),
        KerasFlag.Initializer("kernel_initializer", "GlorotUniform", "Kernel"),
        KerasFlag.Initializer("bias_initializer", "Zeros", "Bias"),
    }.Concat(OfWeights(("kernel", "Kernel"), ("bias", "Bias")));

    private static IEnumerable<KerasFlag> Depthwise => new[]
    {
        KerasFlag.Size("kernel_size", "KernelSize"),
        KerasFlag.Number("depth_multiplier", 1, "DepthMultiplier"),
        KerasFlag.Number("strides", 1, "Strides"),
        KerasFlag.Word("padding", "Padding", "valid", "valid", "same", "causal"),
        KerasFlag.Number("dilation_rate", 1, "DilationRate"),
        KerasFlag.Must("groups", KerasValue.Of(1.0)),
        KerasFlag.Must("data_format", ChannelsLast),
        KerasFlag.Activation("activation", "Activation", "Linear"),
        KerasFlag.Boolean("use_bias", true, "UseBias"),
        KerasFlag.Initializer("bias_initializer", "Zeros", "Bias"),
    };

    private static IEnumerable<KerasFlag> Normalization => new[]
    {
        KerasFlag.Number("epsilon", 1e-3, "Epsilon"),
        KerasFlag.Boolean("center", true, "Center"),
        KerasFlag.Boolean("scale", true, "Scale"),
        KerasFlag.Initializer("beta_initializer", "Zeros", "Beta"),
        KerasFlag.Initializer("gamma_initializer", "Ones", "Gamma"),
        new KerasFlag("axis", ReadAxis),
    }.Concat(OfWeights(("beta", "Beta"), ("gamma", "Gamma")));

    private static IEnumerable<KerasFlag> Pooling => new[] { KerasFlag.Must("data_format", ChannelsLast), KerasFlag.Must("keepdims", False) };

    private static IEnumerable<KerasFlag> WindowPooling => new[]
    {
        KerasFlag.Size("pool_size", "PoolSize"),
        // A window stands behind the one before unless it is said.
        new KerasFlag("strides", (value, layer) =>
        {
            if (!value.IsNull && KerasFlag.Single("strides", value, layer) is var strides && strides != (layer.Config["pool_size"] is { } size ? KerasFlag.Single("pool_size", size, layer) : 2))
                layer.Set("Strides", FlagValue.Of(strides));
        }),
        KerasFlag.Word("padding", "Padding", "valid", "valid", "same"),
        KerasFlag.Must("data_format", ChannelsLast),
    };

    public static IReadOnlyList<KerasLayer> Table { get; } = new[]
    {
        Row("SimpleRNN", "SimpleRnn", Recurrent, KerasFlag.Activation("activation", "Activation", "Tanh")),
        Row("LSTM", "Lstm", Recurrent,
            KerasFlag.Activation("activation", "Activation", "Tanh"),
            KerasFlag.Activation("recurrent_activation", "RecurrentActivation", "Sigmoid"),
            KerasFlag.Boolean("unit_forget_bias", true, "UnitForgetBias"),
            KerasFlag.Silent("forget_bias_init")),
        Row("GRU", "Gru", Recurrent,
            KerasFlag.Activation("activation", "Activation", "Tanh"),
            KerasFlag.Activation("recurrent_activation", "RecurrentActivation", "Sigmoid"),
            KerasFlag.Boolean("reset_after", true, "ResetAfter")),
        Row("Dense", "Dense", Product, KerasFlag.Size("units", "Units")),
        Row("Embedding", "Embedding", OfWeights(("embeddings", "Embeddings")),
            KerasFlag.Size("input_dim", "InputDim"),
            KerasFlag.Size("output_dim", "OutputDim"),
            KerasFlag.Boolean("mask_zero", false, "MaskZero"),
            KerasFlag.Initializer("embeddings_initializer", "RandomUniform", "Embeddings"),
            KerasFlag.Must("sparse", False),
            KerasFlag.Aside("dropout")),
        Row("Conv1D", "Conv1D", Product,
            KerasFlag.Size("filters", "Filters"),
            KerasFlag.Size("kernel_size", "KernelSize"),
            KerasFlag.Number("strides", 1, "Strides"),
            KerasFlag.Word("padding", "Padding", "valid", "valid", "same", "causal"),
            KerasFlag.Number("dilation_rate", 1, "DilationRate"),
            KerasFlag.Number("groups", 1, "Groups"),
            KerasFlag.Must("data_format", ChannelsLast)),
        Row("DepthwiseConv1D", "DepthwiseConv1D", Depthwise.Concat(OfWeights(("depthwise", "Kernel"), ("bias", "Bias"))),
            KerasFlag.Initializer("depthwise_initializer", "GlorotUniform", "Kernel")),
        Row("SeparableConv1D", "SeparableConv1D", Depthwise.Concat(OfWeights(("depthwise", "Depthwise"), ("pointwise", "Pointwise"), ("bias", "Bias"))),
            KerasFlag.Size("filters", "Filters"),
            KerasFlag.Initializer("depthwise_initializer", "GlorotUniform", "Depthwise"),
            KerasFlag.Initializer("pointwise_initializer", "GlorotUniform", "Pointwise")),
        Row("Conv1DTranspose", "Conv1DTranspose", Product,
            KerasFlag.Size("filters", "Filters"),
            KerasFlag.Size("kernel_size", "KernelSize"),
            KerasFlag.Number("strides", 1, "Strides"),
            KerasFlag.Word("padding", "Padding", "valid", "valid", "same"),
            KerasFlag.Must("output_padding"),
            KerasFlag.Must("dilation_rate", KerasValue.Of(1.0), KerasValue.Of(new[] { KerasValue.Of(1.0) })),
            KerasFlag.Must("groups", KerasValue.Of(1.0)),
            KerasFlag.Must("data_format", ChannelsLast)),
        Row("Activation", "Activation", OfWeights(), KerasFlag.Activation("activation", "Function", "")),
        Row("ReLU", "Relu", s_none,
            new KerasFlag("max_value", (value, layer) =>
            {
                if (!value.IsNull)
                    layer.Set("MaxValue", FlagValue.Of(KerasFlag.Single("max_value", value, layer)));
            }),
            KerasFlag.Number("negative_slope", 0, "NegativeSlope"), KerasFlag.Number("threshold", 0, "Threshold")),
        Row("LeakyReLU", "LeakyRelu", s_none, KerasFlag.Number("alpha", 0.3, "NegativeSlope"), KerasFlag.Number("negative_slope", 0.3, "NegativeSlope")),
        Row("ELU", "Elu", s_none, KerasFlag.Number("alpha", 1, "Alpha")),
        Row("PReLU", "PRelu", OfWeights(("alpha", "Alpha")), KerasFlag.Initializer("alpha_initializer", "Zeros", "Alpha"), new KerasFlag("shared_axes", ReadSharedAxes)),
        Row("Softmax", "Softmax", s_none, new KerasFlag("axis", ReadAxis)),
        Row("UnitNormalization", "UnitNormalization", s_none, new KerasFlag("axis", ReadAxis)),
        Row("RMSNormalization", "RmsNormalization", s_none, KerasFlag.Number("epsilon", 1e-6, "Epsilon"), new KerasFlag("axis", ReadAxis)),
        Row("GroupNormalization", "GroupNormalization", Normalization, KerasFlag.Rate("groups", "Groups")),
        Row("Rescaling", "Rescaling", s_none, KerasFlag.Rate("scale", "Scale"), KerasFlag.Number("offset", 0, "Offset")),
        // A mean in the configuration is no weight.
        Row("Normalization", "Normalization", s_none, new KerasFlag("axis", ReadAxis), KerasFlag.Must("mean"), KerasFlag.Must("variance"), KerasFlag.Boolean("invert", false, "Invert")),
        Row("ActivityRegularization", "ActivityRegularization", s_none, KerasFlag.Number("l1", 0, "L1"), KerasFlag.Number("l2", 0, "L2")),
        Row("LayerNormalization", "LayerNormalization", Normalization, KerasFlag.Must("rms_scaling", False)),
        Row("BatchNormalization", "BatchNormalization", Normalization,
            KerasFlag.Number("momentum", 0.99, "Momentum"),
            KerasFlag.Initializer("moving_mean_initializer", "Zeros", "MovingMean"),
            KerasFlag.Initializer("moving_variance_initializer", "Ones", "MovingVariance"),
            KerasFlag.Must("mode", Zero),
            KerasFlag.Must("renorm", False),
            KerasFlag.Silent("renorm_clipping"),
            KerasFlag.Silent("renorm_momentum"),
            KerasFlag.Must("virtual_batch_size"),
            KerasFlag.Silent("fused"),
            // Over the batches of several machines: there is one.
            KerasFlag.Silent("synchronized")),
        Row("Masking", "Masking", s_none, KerasFlag.Number("mask_value", 0, "MaskValue")),
        Row("Dropout", "Dropout", s_none, KerasFlag.Rate("rate", "Rate"), new KerasFlag("noise_shape", ReadNoiseShape)),
        Row("SpatialDropout1D", "SpatialDropout1D", s_none, KerasFlag.Rate("rate", "Rate"), KerasFlag.Silent("noise_shape")),
        Row("GaussianNoise", "GaussianNoise", s_none, KerasFlag.Rate("stddev", "StandardDeviation")),
        Row("RepeatVector", "RepeatVector", s_none, KerasFlag.Size("n", "N")),
        Row("Flatten", "Flatten", s_none, KerasFlag.Must("data_format", ChannelsLast)),
        Row("GlobalAveragePooling1D", "GlobalAveragePooling1D", Pooling),
        Row("GlobalMaxPooling1D", "GlobalMaxPooling1D", Pooling),
        Row("MaxPooling1D", "MaxPooling1D", WindowPooling),
        Row("AveragePooling1D", "AveragePooling1D", WindowPooling),
        Row("Reshape", "Reshape", s_none, KerasFlag.Integers("target_shape", 1, 2, List("TargetShape"))),
        Row("Permute", "Permute", s_none, KerasFlag.Integers("dims", 2, 2, List("Dims"))),
        Row("ZeroPadding1D", "ZeroPadding1D", s_none, KerasFlag.Integers("padding", 1, 2, Pair("Front", "Back")), KerasFlag.Must("data_format", ChannelsLast)),
        Row("Cropping1D", "Cropping1D", s_none, KerasFlag.Integers("cropping", 1, 2, Pair("Front", "Back")), KerasFlag.Must("data_format", ChannelsLast)),
        Row("UpSampling1D", "UpSampling1D", s_none, KerasFlag.Size("size", "Size")),
        // What they merge stands in the graph.
        Row("Add", "Add", s_none),
        Row("Subtract", "Subtract", s_none),
        Row("Multiply", "Multiply", s_none),
        Row("Average", "Average", s_none),
        Row("Maximum", "Maximum", s_none),
        Row("Minimum", "Minimum", s_none),
        // Axes count the rows, and a sequence has three of them.
        Row("Concatenate", "Concatenate", s_none, new KerasFlag("axis", (value, layer) =>
        {
            double axis = KerasFlag.Single("axis", value, layer);
            if (axis == 1)
                layer.Set("Axis", FlagValue.Of("Time"));
            else if (axis is not (-1 or 2))
                throw layer.Refused("axis", value);
        })),
    };

    /// <summary>Reads a layer that is no wrapper.</summary>
    /// <exception cref="ForeignModelException">Gen does not have it, or one of its flags.</exception>
    public static (ItemSpec Item, KerasReading Reading) Read(KerasVersion version, string layerClass, KerasValue config)
    {
        string name = config["name"]?.Text ?? layerClass;
        if (version == KerasVersion.Keras1)
        {
            layerClass = Keras1Names.ClassOf(layerClass);
            config = Keras1Names.Renamed(layerClass, config);
        }

        KerasLayer row = Table.FirstOrDefault(l => l.Class == layerClass) ?? throw Unknown(layerClass, name);
        KerasReading reading = ReadingOf(version, row, name, config);
        foreach (KeyValuePair<string, KerasValue> member in config.Members)
        {
            KerasFlag flag = FlagOf(row, member.Key) ?? throw reading.Refused(member.Key, member.Value);
            flag.Read(member.Value, reading);
        }

        AddAbsent(row, config, reading);
        return (reading.Item(row.Kind), reading);
    }

    /// <summary>A layer of which nothing has been read.</summary>
    public static KerasReading ReadingOf(KerasVersion version, KerasLayer row, string name, KerasValue config) =>
        new(version, row.Class, name, config, LayerRegistry.Find(row.Kind)!.Definition);

    /// <summary>A key of a layer, or of every layer.</summary>
    public static KerasFlag? FlagOf(KerasLayer row, string key) => row.Flags.Concat(s_common).FirstOrDefault(f => f.Key == key);

    private static KerasLayer Row(string layerClass, string kind, IEnumerable<KerasFlag> shared, params KerasFlag[] own) => new(layerClass, kind, own.Concat(shared).ToList());

    /// <summary>What is said of a layer's weights, and of what it gives.</summary>
    private static IEnumerable<KerasFlag> OfWeights(params (string Key, string Weight)[] weights) =>
        weights.SelectMany(w => KerasFlag.OfWeight(w.Key, w.Weight)).Append(KerasFlag.Regularizer("activity_regularizer", RegularizerSpec.Activity));

    /// <summary>Flags that older versions did not write, with what they meant then.</summary>
    private static void AddAbsent(KerasLayer row, KerasValue config, KerasReading reading)
    {
        // Before reset_after existed, the gate was applied before the product.
        if (row.Class == "GRU" && config["reset_after"] is null && reading.Version != KerasVersion.Keras3)
            reading.Set("ResetAfter", FlagValue.Of(false));
        foreach (string size in new[] { "units", "filters", "kernel_size", "pool_size", "output_dim", "rate", "stddev", "n" })
        {
            if (row.Flags.Any(f => f.Key == size) && config[size] is null)
                throw new ForeignModelException("the layer '" + reading.Name + "' of the class " + row.Class + " does not say its " + size);
        }
    }

    private static System.Action<IReadOnlyList<int>, KerasReading> List(string flag) => (numbers, layer) =>
        layer.Set(flag, FlagValue.Of(numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Two numbers, or one for both.</summary>
    private static System.Action<IReadOnlyList<int>, KerasReading> Pair(string first, string second) => (numbers, layer) =>
    {
        layer.Set(first, FlagValue.Of(numbers[0]));
        layer.Set(second, FlagValue.Of(numbers[numbers.Count - 1]));
    };

    private static void ReadAxis(KerasValue value, KerasReading layer)
    {
        KerasValue axis = value.Kind == KerasValueKind.List && value.Items.Count == 1 ? value.Items[0] : value;
        if (axis.Kind != KerasValueKind.Number || axis.Number is not (-1 or 1 or 2))
            throw layer.Refused("axis", value);
        layer.Axis = (int)axis.Number;
    }

    private static void ReadSharedAxes(KerasValue value, KerasReading layer)
    {
        if (value.Items.Any(axis => axis.Number is not (1 or 2)))
            throw layer.Refused("shared_axes", value);
        if (value.Items.Any(axis => axis.Number == 1))
            layer.Set("SharedOverTime", FlagValue.Of(true));
        if (value.Items.Any(axis => axis.Number == 2))
            layer.Set("SharedOverFeatures", FlagValue.Of(true));
    }

    private static void ReadNoiseShape(KerasValue value, KerasReading layer)
    {
        if (value.IsNull)
            return;
        if (value.Items.Count != 3 || value.Items[1].Number != 1 || value.Items[0] is { IsNull: false } || value.Items[2] is { IsNull: false })
            throw layer.Refused("noise_shape", value);
        layer.Set("SharedOverTime", FlagValue.Of(true));
    }

    private static ForeignModelException Unknown(string layerClass, string name) => new("the layer '" + name + "' of the class " + layerClass + layerClass switch
    {
        "Lambda" => ": it holds Python code, which is never run",
        "Sequential" or "Model" or "Functional" => ": a model within the model",
        "CuDNNLSTM" or "CuDNNGRU" => ": save it as " + layerClass.Substring("CuDNN".Length) + " with Keras 2 first",
        "RNN" or "StackedRNNCells" => ": cells of their own are not imported; declare them with [Cell] and load the weights",
        "TFOpLambda" or "SlicingOpLambda" or "TensorFlowOpLayer" => ": an operation of TensorFlow between the layers",
        _ => ", which Gen does not have",
    });
}
