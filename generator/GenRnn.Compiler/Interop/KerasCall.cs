using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>A layer as Python declares it, a call of its constructor, by the table that the importer reads files by.</summary>
public static class KerasCall
{
    /// <summary>What Keras' constructors take by position.</summary>
    private static readonly Dictionary<string, string> s_arguments = new()
    {
        ["SimpleRNN"] = "units, activation, use_bias",
        ["LSTM"] = "units, activation, recurrent_activation, use_bias",
        ["GRU"] = "units, activation, recurrent_activation, use_bias",
        ["Dense"] = "units, activation, use_bias",
        ["Embedding"] = "input_dim, output_dim",
        ["Conv1D"] = "filters, kernel_size, strides, padding",
        ["DepthwiseConv1D"] = "kernel_size, strides, padding",
        ["SeparableConv1D"] = "filters, kernel_size, strides, padding",
        ["Conv1DTranspose"] = "filters, kernel_size, strides, padding",
        ["Activation"] = "activation",
        ["ReLU"] = "max_value, negative_slope, threshold",
        ["LeakyReLU"] = "negative_slope",
        ["ELU"] = "alpha",
        ["PReLU"] = "alpha_initializer",
        ["Softmax"] = "axis",
        ["UnitNormalization"] = "axis",
        ["RMSNormalization"] = "axis, epsilon",
        ["GroupNormalization"] = "groups, axis, epsilon",
        ["Rescaling"] = "scale, offset",
        ["Normalization"] = "axis",
        ["ActivityRegularization"] = "l1, l2",
        ["LayerNormalization"] = "axis, epsilon",
        ["BatchNormalization"] = "axis, momentum, epsilon",
        ["Masking"] = "mask_value",
        ["Dropout"] = "rate, noise_shape",
        ["SpatialDropout1D"] = "rate",
        ["GaussianNoise"] = "stddev",
        ["RepeatVector"] = "n",
        ["MaxPooling1D"] = "pool_size, strides, padding",
        ["AveragePooling1D"] = "pool_size, strides, padding",
        ["Reshape"] = "target_shape",
        ["Permute"] = "dims",
        ["ZeroPadding1D"] = "padding",
        ["Cropping1D"] = "cropping",
        ["UpSampling1D"] = "size",
    };

    /// <summary>The keys that a class's constructor takes by position, in its order, as far as anybody writes them so.</summary>
    public static IReadOnlyList<string> ArgumentsOf(string layerClass) =>
        s_arguments.TryGetValue(layerClass, out string? names) ? names.Split(new[] { ", " }, System.StringSplitOptions.None) : System.Array.Empty<string>();

    /// <summary>The item of a call; null if Gen does not have the class. What the call does not say is not asked for.</summary>
    /// <param name="layerClass">Keras' class.</param>
    /// <param name="arguments">Keys and values.</param>
    /// <returns>The item, and the keys whose values it does not take: those that Gen does not have, and those that mean nothing in a declaration.</returns>
    public static (ItemSpec Item, IReadOnlyList<string> Left)? Read(string layerClass, IReadOnlyList<KeyValuePair<string, KerasValue>> arguments)
    {
        if (KerasLayers.Table.FirstOrDefault(row => row.Class == layerClass) is not { } layer)
            return null;
        KerasReading reading = KerasLayers.ReadingOf(KerasVersion.Keras3, layer, "", KerasValue.Of(arguments));
        List<string> left = new();
        foreach (KeyValuePair<string, KerasValue> argument in arguments)
        {
            if (Takes(layer, argument))
                KerasLayers.FlagOf(layer, argument.Key)!.Read(argument.Value, reading);
            else
                left.Add(argument.Key);
        }

        return (reading.Item(layer.Kind), left);
    }

    private static bool Takes(KerasLayer layer, KeyValuePair<string, KerasValue> argument)
    {
        if (KerasLayers.FlagOf(layer, argument.Key) is not { IsSilent: false } flag)
            return false;
        KerasReading reading = KerasLayers.ReadingOf(KerasVersion.Keras3, layer, "", KerasValue.Of(new[] { argument }));
        try
        {
            flag.Read(argument.Value, reading);
        }
        catch (ForeignModelException)
        {
            return false;
        }

        // An axis that is counted from the batch depends on what stands before.
        return reading.Aside.Count == 0 && reading.Axis < 0;
    }
}
