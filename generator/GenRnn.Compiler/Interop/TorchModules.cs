using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>A module class of PyTorch and the items that it becomes. A new one is a row of <see cref="Table"/>.</summary>
/// <param name="Class">PyTorch's class.</param>
/// <param name="Parameters">What its constructor takes, in order.</param>
/// <param name="Axes">What its input's axes are.</param>
/// <param name="Read">Makes its items.</param>
internal sealed record TorchModules(string Class, string[] Parameters, TorchAxes Axes, Action<TorchReading> Read)
{
    private static readonly string[] s_cell = { "input_size", "hidden_size", "bias", "nonlinearity", "device", "dtype" };
    private static readonly string[] s_gated = { "input_size", "hidden_size", "num_layers", "bias", "batch_first", "dropout", "bidirectional", "proj_size", "device", "dtype" };
    private static readonly KerasValue s_false = KerasValue.Of(false);
    private static readonly KerasValue s_zero = KerasValue.Of(0.0);
    private static readonly KerasValue s_one = KerasValue.Of(1.0);

    public static IReadOnlyList<TorchModules> Table { get; } = new[]
    {
        new TorchModules("RNN", new[] { "input_size", "hidden_size", "num_layers", "nonlinearity", "bias", "batch_first", "dropout", "bidirectional", "device", "dtype" }, TorchAxes.Features, TorchRecurrent.ReadLayers),
        new TorchModules("LSTM", s_gated, TorchAxes.Features, TorchRecurrent.ReadLayers),
        new TorchModules("GRU", s_gated, TorchAxes.Features, TorchRecurrent.ReadLayers),
        new TorchModules("RNNCell", s_cell, TorchAxes.Features, TorchRecurrent.ReadCell),
        new TorchModules("LSTMCell", s_cell, TorchAxes.Features, TorchRecurrent.ReadCell),
        new TorchModules("GRUCell", s_cell, TorchAxes.Features, TorchRecurrent.ReadCell),
        new TorchModules("Linear", new[] { "in_features", "out_features", "bias", "device", "dtype" }, TorchAxes.Features, ReadLinear),
        new TorchModules("Embedding",
            new[] { "num_embeddings", "embedding_dim", "padding_idx", "max_norm", "norm_type", "scale_grad_by_freq", "sparse", "_weight", "_freeze", "device", "dtype" }, TorchAxes.Features, ReadEmbedding),
        new TorchModules("Conv1d",
            new[] { "in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias", "padding_mode", "device", "dtype" }, TorchAxes.Channels, ReadConvolution),
        new TorchModules("BatchNorm1d", new[] { "num_features", "eps", "momentum", "affine", "track_running_stats", "device", "dtype" }, TorchAxes.Any, ReadBatchNorm),
        new TorchModules("LayerNorm", new[] { "normalized_shape", "eps", "elementwise_affine", "bias", "device", "dtype" }, TorchAxes.Features, ReadLayerNorm),
        new TorchModules("Dropout", new[] { "p", "inplace" }, TorchAxes.Any, r => ReadDropout(r, "Dropout")),
        new TorchModules("Dropout1d", new[] { "p", "inplace" }, TorchAxes.Channels, r => ReadDropout(r, "SpatialDropout1D")),
        new TorchModules("Flatten", new[] { "start_dim", "end_dim" }, TorchAxes.Any, ReadFlatten),
        new TorchModules("MaxPool1d", new[] { "kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode" }, TorchAxes.Channels, r => ReadPool(r, "MaxPooling1D")),
        new TorchModules("AvgPool1d", new[] { "kernel_size", "stride", "padding", "ceil_mode", "count_include_pad" }, TorchAxes.Channels, r => ReadPool(r, "AveragePooling1D")),
        new TorchModules("AdaptiveAvgPool1d", new[] { "output_size" }, TorchAxes.Channels, r => ReadGlobalPool(r, "GlobalAveragePooling1D")),
        new TorchModules("AdaptiveMaxPool1d", new[] { "output_size", "return_indices" }, TorchAxes.Channels, r => ReadGlobalPool(r, "GlobalMaxPooling1D")),
        new TorchModules("Identity", new string[0], TorchAxes.Any, _ => { }),
        Function("ReLU", "Relu"), Function("ReLU6", "Relu6"), Function("Tanh", "Tanh"), Function("Sigmoid", "Sigmoid"), Function("SELU", "Selu"), Function("SiLU", "Silu"),
        Function("Mish", "Mish"), Function("Softsign", "Softsign"), Function("Hardsigmoid", "HardSigmoid"), Function("Hardswish", "HardSilu"),
        Function("GELU", "Gelu", ("approximate", KerasValue.Of("none"))),
        // Linear above the threshold, where the function differs from it by less than 1 / 2^29.
        Function("Softplus", "Softplus", ("beta", s_one), ("threshold", KerasValue.Of(20.0))),
        new TorchModules("LeakyReLU", new[] { "negative_slope", "inplace" }, TorchAxes.Any, r => ReadAlpha(r, "negative_slope", 0.01, "LeakyRelu")),
        new TorchModules("ELU", new[] { "alpha", "inplace" }, TorchAxes.Any, r => ReadAlpha(r, "alpha", 1, "Elu")),
        new TorchModules("Softmax", new[] { "dim" }, TorchAxes.Any, r => ReadSoftmax(r, "Softmax")),
        new TorchModules("LogSoftmax", new[] { "dim" }, TorchAxes.Any, r => ReadSoftmax(r, "LogSoftmax")),
    };

    public static TorchModules? Find(string name) => Table.FirstOrDefault(row => row.Class == name);

    private static TorchModules Function(string name, string function, params (string Key, KerasValue Value)[] arguments) =>
        new(name, arguments.Select(a => a.Key).Append("inplace").ToArray(), TorchAxes.Any, r =>
        {
            foreach ((string key, KerasValue value) in arguments)
                r.Must(key, value);
            r.Silent("inplace");
            r.Add("Activation", ("Function", FlagValue.Of(function)));
        });

    private static void ReadLinear(TorchReading r)
    {
        long[]? weight = r.Shape("weight");
        r.Size("in_features", weight?[1]);
        r.Silent("bias", "device", "dtype");
        r.Add("Dense", ("Units", FlagValue.Of((double)r.Size("out_features", weight?[0]))), ("UseBias", r.Shape("bias") is null ? FlagValue.Of(false) : null));
    }

    private static void ReadEmbedding(TorchReading r)
    {
        long[]? weight = r.Shape("weight");
        // Looking a row up with max_norm makes it shorter first.
        r.Must("max_norm");
        // The row of padding is a row of zeros, and its steps are steps.
        r.Silent("padding_idx", "norm_type", "scale_grad_by_freq", "sparse", "_weight", "_freeze", "device", "dtype");
        r.Add("Embedding", ("InputDim", FlagValue.Of((double)r.Size("num_embeddings", weight?[0]))), ("OutputDim", FlagValue.Of((double)r.Size("embedding_dim", weight?[1]))));
    }

    private static void ReadConvolution(TorchReading r)
    {
        long[]? weight = r.Shape("weight");
        double stride = r.Number("stride", 1), dilation = r.Number("dilation", 1), groups = r.Number("groups", 1);
        int taps = r.Size("kernel_size", weight?[2]);
        r.Size("in_channels", weight is null ? null : checked(weight[1] * (long)groups));
        r.Must("padding_mode", KerasValue.Of("zeros"));
        r.Silent("bias", "device", "dtype");
        KerasValue padding = r.Take("padding") ?? s_zero;
        double sides = padding.Kind == KerasValueKind.Text ? padding.Text == "same" ? dilation * (taps - 1) / 2 : padding.Text == "valid" ? 0 : double.NaN : padding.Items.Count == 1 ? padding.Items[0].Number : padding.Number;
        bool isSame = stride == 1 && sides > 0 && 2 * sides == dilation * (taps - 1);
        if (!(sides >= 0 && sides <= int.MaxValue && sides == Math.Floor(sides)))
            throw r.Refused("padding", padding);
        if (sides > 0 && !isSame)
            r.Add(", padding", "ZeroPadding1D", ("Front", FlagValue.Of(sides)), ("Back", FlagValue.Of(sides)));
        FlagValue? Other(double value, double absent) => value == absent ? null : FlagValue.Of(value);
        r.Add("Conv1D",
            ("Filters", FlagValue.Of((double)r.Size("out_channels", weight?[0]))), ("KernelSize", FlagValue.Of((double)taps)), ("Strides", Other(stride, 1)),
            ("Padding", isSame ? FlagValue.Of("Same") : null), ("DilationRate", Other(dilation, 1)), ("Groups", Other(groups, 1)), ("UseBias", r.Shape("bias") is null ? FlagValue.Of(false) : null));
    }

    private static void ReadBatchNorm(TorchReading r)
    {
        r.Size("num_features", (r.Shape("running_mean") ?? r.Shape("weight"))?[0]);
        // What counts as moved there counts as kept in Keras.
        double kept = 1 - r.Number("momentum", 0.1);
        r.Must("track_running_stats", KerasValue.Of(true));
        if (r.Module.Shapes.Count > 0 && r.Shape("running_mean") is null)
            throw new ForeignModelException(r.Module.Title + ": a BatchNorm1d without running statistics, which normalises by each batch");
        r.Silent("affine", "device", "dtype");
        FlagValue? isPlain = r.Shape("weight") is null ? FlagValue.Of(false) : null;
        r.Add("BatchNormalization", ("Momentum", FlagValue.Of(Math.Round(kept, 12))), ("Epsilon", FlagValue.Of(r.Number("eps", 1e-5))), ("Center", isPlain), ("Scale", isPlain));
    }

    private static void ReadLayerNorm(TorchReading r)
    {
        if (r.Shape("weight") is { Length: not 1 } shape)
            throw new ForeignModelException(r.Module.Title + ": a LayerNorm over " + shape.Length + " axes; Gen has those over the features");
        r.Size("normalized_shape", r.Shape("weight")?[0]);
        r.Silent("elementwise_affine", "bias", "device", "dtype");
        FlagValue? Absent(string weight) => r.Shape(weight) is null ? FlagValue.Of(false) : null;
        r.Add("LayerNormalization", ("Epsilon", FlagValue.Of(r.Number("eps", 1e-5))), ("Center", Absent("bias")), ("Scale", Absent("weight")));
    }

    private static void ReadDropout(TorchReading r, string kind)
    {
        r.Silent("inplace");
        r.Add(kind, ("Rate", FlagValue.Of(r.Number("p", 0.5))));
    }

    private static void ReadFlatten(TorchReading r)
    {
        r.Must("start_dim", s_one);
        r.Must("end_dim", KerasValue.Of(-1.0), KerasValue.Of(2.0));
        r.Add("Flatten");
    }

    private static void ReadPool(TorchReading r, string kind)
    {
        int window = r.Size("kernel_size", null);
        double stride = r.Number("stride", window);
        r.Must("padding", s_zero, KerasValue.Of(new[] { s_zero }));
        r.Must("dilation", s_one, KerasValue.Of(new[] { s_one }));
        r.Must("ceil_mode", s_false);
        r.Must("return_indices", s_false);
        r.Silent("count_include_pad");
        r.Add(kind, ("PoolSize", FlagValue.Of((double)window)), ("Strides", stride == window ? null : FlagValue.Of(stride)));
    }

    private static void ReadGlobalPool(TorchReading r, string kind)
    {
        KerasValue size = r.Take("output_size") ?? KerasValue.Null;
        if ((size.Items.Count == 1 ? size.Items[0] : size).Number != 1)
            throw r.Refused("output_size", size);
        r.Must("return_indices", s_false);
        r.Add(kind);
    }

    private static void ReadAlpha(TorchReading r, string key, double absent, string function)
    {
        r.Silent("inplace");
        r.Add("Activation", ("Function", FlagValue.Of(function)), ("Alpha", FlagValue.Of(r.Number(key, absent))));
    }

    private static void ReadSoftmax(TorchReading r, string function)
    {
        double axis = r.Number("dim", -1);
        if (axis is not (-1 or 1 or 2))
            throw r.Refused("dim", KerasValue.Of(axis));
        r.Add("Activation", ("Function", FlagValue.Of(function)));
        r.Layers[r.Layers.Count - 1] = r.Layers[r.Layers.Count - 1] with { Axis = (int)axis };
    }
}
