using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Interop;

/// <summary>Keras 1's classes and flags under the names that they have had since Keras 2.</summary>
internal static class Keras1Names
{
    private static readonly Dictionary<string, string> s_classes = new()
    {
        ["Convolution1D"] = "Conv1D",
    };

    private static readonly Dictionary<string, string> s_flags = new()
    {
        ["output_dim"] = "units",
        ["init"] = "kernel_initializer",
        ["inner_init"] = "recurrent_initializer",
        ["beta_init"] = "beta_initializer",
        ["gamma_init"] = "gamma_initializer",
        ["inner_activation"] = "recurrent_activation",
        ["bias"] = "use_bias",
        ["W_regularizer"] = "kernel_regularizer",
        ["U_regularizer"] = "recurrent_regularizer",
        ["b_regularizer"] = "bias_regularizer",
        ["W_constraint"] = "kernel_constraint",
        ["b_constraint"] = "bias_constraint",
        ["dropout_W"] = "dropout",
        ["dropout_U"] = "recurrent_dropout",
        ["consume_less"] = "implementation",
        ["nb_filter"] = "filters",
        ["filter_length"] = "kernel_size",
        ["subsample_length"] = "strides",
        ["pool_length"] = "pool_size",
        ["stride"] = "strides",
        ["border_mode"] = "padding",
        ["atrous_rate"] = "dilation_rate",
        ["p"] = "rate",
        ["sigma"] = "stddev",
    };

    private static readonly Dictionary<string, string> s_embedding = new()
    {
        ["init"] = "embeddings_initializer",
        ["W_regularizer"] = "embeddings_regularizer",
        ["W_constraint"] = "embeddings_constraint",
    };

    public static string ClassOf(string name) => s_classes.TryGetValue(name, out string? later) ? later : name;

    /// <summary>A layer's configuration with the later names.</summary>
    public static KerasValue Renamed(string layerClass, KerasValue config) =>
        KerasValue.Of(config.Members.Select(m => new KeyValuePair<string, KerasValue>(FlagOf(layerClass, m.Key), m.Value)).ToList());

    private static string FlagOf(string layerClass, string key)
    {
        if (layerClass == "Embedding")
            return s_embedding.TryGetValue(key, out string? own) ? own : key;
        return s_flags.TryGetValue(key, out string? later) ? later : key;
    }
}
