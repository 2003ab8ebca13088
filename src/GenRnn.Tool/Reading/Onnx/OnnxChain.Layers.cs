using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;
using GenRnn.Compiler.Spec;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>Nodes that are layers without a state.</summary>
internal sealed partial class OnnxChain
{
    /// <summary>Functions without numbers of their own.</summary>
    private static readonly Dictionary<string, string> s_functions = new()
    {
        ["Relu"] = "Relu", ["Tanh"] = "Tanh", ["Sigmoid"] = "Sigmoid", ["Softplus"] = "Softplus", ["Softsign"] = "Softsign", ["Mish"] = "Mish", ["HardSwish"] = "HardSilu", ["Exp"] = "Exponential",
    };

    /// <summary>Adds the layer that a node is, and returns the axes behind it; null if it is none.</summary>
    private IReadOnlyList<OnnxAxis>? LayerOf(OnnxNode node, OnnxSignal signal)
    {
        IReadOnlyList<OnnxAxis> axes = signal.Axes;
        OnnxAttributes attributes = AttributesOf(node);
        if (s_functions.TryGetValue(node.Type, out string? function))
            return Activation(node, axes, function);
        switch (node.Type)
        {
            case "MatMul" when Known(node.Input(1)) is { Shape.Length: 2 } kernel: return Product(node, axes, kernel, isTransposed: false, null);
            case "Gemm" when Known(node.Input(1)) is { Shape.Length: 2 } kernel:
                attributes.Must("alpha", 1);
                attributes.Must("beta", 1);
                attributes.Must("transA", 0);
                return Product(node, axes, kernel, attributes.Number("transB", 0) != 0, Known(node.Input(2)));
            case "Add" when (Known(node.Input(1)) ?? Known(node.Input(0))) is { } bias: return Bias(axes, bias);
            case "Gather" when Known(node.Input(0)) is { Shape.Length: 2 } table && node.Inputs.Count == 2: return Embedding(node, axes, table, attributes);
            case "Conv": return Convolution(node, axes, attributes);
            case "MaxPool" or "AveragePool": return Pool(node, axes, attributes);
            case "GlobalAveragePool" or "GlobalMaxPool":
                Channels(node, axes);
                Add(node, node.Type == "GlobalMaxPool" ? "GlobalMaxPooling1D" : "GlobalAveragePooling1D", null);
                return [axes[0], axes[1], new OnnxAxis(OnnxAxisKind.Single, 1)];
            case "ReduceMean" or "ReduceMax": return Reduced(node, axes, attributes);
            case "BatchNormalization": return BatchNormalization(node, axes, attributes);
            case "LayerNormalization": return LayerNormalization(node, axes, attributes);
            case "Softmax" or "LogSoftmax": return Softmax(node, axes, attributes);
            case "LeakyRelu": return Activation(node, axes, "LeakyRelu", attributes.Number("alpha", 0.01));
            case "Elu": return Activation(node, axes, "Elu", attributes.Number("alpha", 1));
            case "Selu": return Activation(node, axes, "Selu");
            case "Gelu" when attributes.Text("approximate", "none") == "none": return Activation(node, axes, "Gelu");
            case "HardSigmoid" when OnnxRecurrent.HardSigmoid(attributes.Number("alpha", 0.2), attributes.Number("beta", 0.5)) is { } sigmoid: return Activation(node, axes, sigmoid);
            default: return null;
        }
    }

    private IReadOnlyList<OnnxAxis> Activation(OnnxNode node, IReadOnlyList<OnnxAxis> axes, string function, double? alpha = null)
    {
        Add(node, "Activation", null, ("Function", FlagValue.Of(function)), ("Alpha", alpha is { } value ? FlagValue.Of(Math.Round(value, 7)) : null));
        return axes;
    }

    /// <summary>Features stand last; an axis that nobody has named is named by it.</summary>
    private static OnnxAxis LastFeatures(OnnxNode node, IReadOnlyList<OnnxAxis> axes)
    {
        if (axes.All(a => a.Kind == OnnxAxisKind.Open))
            Demand(node.Title, axes, axes.Count == 2 ? [OnnxAxisKind.Rows, OnnxAxisKind.Features] : [OnnxAxisKind.Rows, OnnxAxisKind.Steps, OnnxAxisKind.Features]);
        return axes.Count > 0 && axes[^1].Kind == OnnxAxisKind.Features ? axes[^1] : throw new ForeignModelException($"{node.Title} has the axes [{string.Join(", ", axes)}] where features stand last");
    }

    private static void Channels(OnnxNode node, IReadOnlyList<OnnxAxis> axes) => Demand(node.Title, axes, [OnnxAxisKind.Rows, OnnxAxisKind.Features, OnnxAxisKind.Steps]);

    private List<OnnxAxis> Product(OnnxNode node, IReadOnlyList<OnnxAxis> axes, OnnxConstant kernel, bool isTransposed, OnnxConstant? bias)
    {
        OnnxAxis features = LastFeatures(node, axes);
        long units = kernel.Shape[isTransposed ? 0 : 1];
        if (features.Size != kernel.Shape[isTransposed ? 1 : 0] || (bias is not null && bias.Values.Length != units))
            throw new InvalidDataException($"The file is damaged: {node.Title} has weights of other shapes than it can.");
        int layer = _layers.Count;
        Add(node, "Dense", OnnxWeights.Product(kernel, isTransposed, () => bias ?? _biases.GetValueOrDefault(layer)), ("Units", FlagValue.Of((double)units)), ("UseBias", bias is null ? FlagValue.Of(false) : null));
        return [.. axes.SkipLast(1), new OnnxAxis(OnnxAxisKind.Features, units)];
    }

    private readonly Dictionary<int, OnnxConstant> _biases = [];

    /// <summary>What is added right behind a product is its bias.</summary>
    private IReadOnlyList<OnnxAxis>? Bias(IReadOnlyList<OnnxAxis> axes, OnnxConstant bias)
    {
        if (_layers.Count == 0 || _layers[^1] is not { Item.Kind: "Dense" } product || product.Item.GetBoolean("UseBias", true) || axes.Count == 0 || axes[^1].Kind != OnnxAxisKind.Features || bias.Values.Length != axes[^1].Size)
            return null;
        _layers[^1] = product with { Item = product.Item with { Flags = product.Item.Flags.Where(f => f.Name != "UseBias").ToEquatableArray() } };
        _biases[_layers.Count - 1] = bias;
        _version++;
        return axes;
    }

    private List<OnnxAxis>? Embedding(OnnxNode node, IReadOnlyList<OnnxAxis> axes, OnnxConstant table, OnnxAttributes attributes)
    {
        attributes.Must("axis", 0);
        if (_version != 0 || axes.Count != 2)
            return null;
        if (axes[0].Kind == OnnxAxisKind.Open)
            Demand(node.Title, axes, [OnnxAxisKind.Rows, OnnxAxisKind.Steps]);
        Add(node, "Embedding", OnnxWeights.Vectors(("embeddings", table)), ("InputDim", FlagValue.Of((double)table.Shape[0])), ("OutputDim", FlagValue.Of((double)table.Shape[1])));
        return [.. axes, new OnnxAxis(OnnxAxisKind.Features, table.Shape[1])];
    }

    private List<OnnxAxis> Convolution(OnnxNode node, IReadOnlyList<OnnxAxis> axes, OnnxAttributes attributes)
    {
        Channels(node, axes);
        OnnxConstant kernel = Required(node, 1);
        OnnxConstant? bias = Known(node.Input(2));
        double groups = attributes.Number("group", 1);
        if (kernel.Shape.Length != 3 || kernel.Shape[1] * groups != axes[1].Size || (bias is not null && bias.Values.Length != kernel.Shape[0]))
            throw new InvalidDataException($"The file is damaged: {node.Title} has weights of other shapes than it can.");
        (long stride, long dilation, long front, long back) = WindowOf(attributes, out _);
        long reach = dilation * (kernel.Shape[2] - 1);
        string? padding = (front, back) == (0, 0) ? "Valid" : stride == 1 && front == reach && back == 0 ? "Causal" : stride == 1 && front + back == reach && front == reach / 2 ? "Same" : null;
        if (padding is null)
            Add(node, "ZeroPadding1D", null, ("Front", FlagValue.Of((double)front)), ("Back", FlagValue.Of((double)back)));
        Add(node, "Conv1D", OnnxWeights.Convolution(kernel, bias),
            ("Filters", FlagValue.Of((double)kernel.Shape[0])), ("KernelSize", FlagValue.Of((double)kernel.Shape[2])), ("Strides", Other(stride, 1)),
            ("Padding", padding is null or "Valid" ? null : FlagValue.Of(padding)), ("DilationRate", Other(dilation, 1)), ("Groups", Other(groups, 1)), ("UseBias", bias is null ? FlagValue.Of(false) : null));
        return [axes[0], new OnnxAxis(OnnxAxisKind.Features, kernel.Shape[0]), Steps(axes[2], front + back, reach + 1, stride)];
    }

    private List<OnnxAxis> Pool(OnnxNode node, IReadOnlyList<OnnxAxis> axes, OnnxAttributes attributes)
    {
        Channels(node, axes);
        attributes.Must("ceil_mode", 0);
        (long stride, long dilation, long front, long back) = WindowOf(attributes, out long window);
        if (dilation != 1 || front != 0 || back != 0)
            throw new ForeignModelException($"{node.Title}: a pooling with dilations or pads");
        Add(node, node.Type == "MaxPool" ? "MaxPooling1D" : "AveragePooling1D", null, ("PoolSize", FlagValue.Of((double)window)), ("Strides", Other(stride, window)));
        return [axes[0], axes[1], Steps(axes[2], 0, window, stride)];
    }

    private static (long Stride, long Dilation, long Front, long Back) WindowOf(OnnxAttributes attributes, out long window)
    {
        if (attributes.Text("auto_pad", "NOTSET") is not ("NOTSET" or "VALID") and var automatic)
            throw attributes.Refused("auto_pad", KerasValue.Of(automatic));
        long One(string name, long absent) => attributes.Integers(name) is { } list ? list is [var single and >= 1 and <= int.MaxValue] ? single : throw attributes.Refused(name, attributes.Take(name)!) : absent;
        window = One("kernel_shape", 1);
        long[] pads = attributes.Integers("pads") ?? [0, 0];
        if (pads is not [>= 0 and <= int.MaxValue, >= 0 and <= int.MaxValue])
            throw attributes.Refused("pads", attributes.Take("pads")!);
        return (One("strides", 1), One("dilations", 1), pads[0], pads[1]);
    }

    private static OnnxAxis Steps(OnnxAxis axis, long padding, long window, long stride) => new(OnnxAxisKind.Steps, Math.Max(0, (axis.Size + padding - window) / stride + 1)) { IsFree = axis.IsFree };

    private static FlagValue? Other(double value, double absent) => value == absent ? null : FlagValue.Of(value);

    private List<OnnxAxis>? Reduced(OnnxNode node, IReadOnlyList<OnnxAxis> axes, OnnxAttributes attributes)
    {
        long[]? reduced = Known(node.Input(1))?.Integers ?? attributes.Integers("axes");
        if (reduced is not [var axis] || (axis < 0 ? axis + axes.Count : axis) is not (>= 0 and var at) || at >= axes.Count || axes[(int)at].Kind != OnnxAxisKind.Steps)
            return null;
        bool keeps = attributes.Number("keepdims", 1) != 0;
        Add(node, node.Type == "ReduceMax" ? "GlobalMaxPooling1D" : "GlobalAveragePooling1D", null);
        return Without(axes, (int)at, keeps);
    }

    private IReadOnlyList<OnnxAxis> BatchNormalization(OnnxNode node, IReadOnlyList<OnnxAxis> axes, OnnxAttributes attributes)
    {
        if (axes.All(a => a.Kind == OnnxAxisKind.Open))
            Demand(node.Title, axes, axes.Count == 2 ? [OnnxAxisKind.Rows, OnnxAxisKind.Features] : [OnnxAxisKind.Rows, OnnxAxisKind.Features, OnnxAxisKind.Steps]);
        if (axes.Count < 2 || axes[1].Kind != OnnxAxisKind.Features)
            throw new ForeignModelException($"{node.Title} has the axes [{string.Join(", ", axes)}] where features stand second");
        attributes.Must("training_mode", 0);
        attributes.Must("spatial", 1);
        OnnxConstant[] vectors = [.. Enumerable.Range(1, 4).Select(i => Required(node, i))];
        if (vectors.Any(v => v.Values.Length != axes[1].Size))
            throw new InvalidDataException($"The file is damaged: {node.Title} has weights of other shapes than it can.");
        Add(node, "BatchNormalization", OnnxWeights.Vectors(("gamma", vectors[0]), ("beta", vectors[1]), ("moving_mean", vectors[2]), ("moving_variance", vectors[3])),
            ("Epsilon", FlagValue.Of(Math.Round(attributes.Number("epsilon", 1e-5), 10))));
        return axes;
    }

    private IReadOnlyList<OnnxAxis> LayerNormalization(OnnxNode node, IReadOnlyList<OnnxAxis> axes, OnnxAttributes attributes)
    {
        OnnxAxis features = LastFeatures(node, axes);
        double axis = attributes.Number("axis", -1);
        OnnxConstant gamma = Required(node, 1);
        OnnxConstant? beta = Known(node.Input(2));
        if (axis != -1 && axis != axes.Count - 1)
            throw attributes.Refused("axis", KerasValue.Of(axis));
        if (gamma.Values.Length != features.Size || (beta is not null && beta.Values.Length != features.Size))
            throw new InvalidDataException($"The file is damaged: {node.Title} has weights of other shapes than it can.");
        Add(node, "LayerNormalization", OnnxWeights.Vectors(("gamma", gamma), ("beta", beta)),
            ("Epsilon", FlagValue.Of(Math.Round(attributes.Number("epsilon", 1e-5), 10))), ("Center", beta is null ? FlagValue.Of(false) : null));
        return axes;
    }

    private IReadOnlyList<OnnxAxis> Softmax(OnnxNode node, IReadOnlyList<OnnxAxis> axes, OnnxAttributes attributes)
    {
        LastFeatures(node, axes);
        // Before opset 13 all axes from the first on are one.
        double axis = attributes.Number("axis", _file.Opset >= 13 ? -1 : 1);
        if (axis != -1 && axis != axes.Count - 1)
            throw attributes.Refused("axis", KerasValue.Of(axis));
        return Activation(node, axes, node.Type);
    }
}
