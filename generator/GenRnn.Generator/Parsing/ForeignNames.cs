using System;
using System.Collections.Generic;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>What PyTorch, Keras and TensorFlow 1 call things that Gen has under another name, where the two do not resemble each other.</summary>
internal static class ForeignNames
{
    private static readonly Dictionary<string, string> s_layers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Linear"] = "Dense",
        ["FullyConnected"] = "Dense",
        ["BiLstm"] = "Bidirectional",
        ["BiGru"] = "Bidirectional",
        ["BasicLstmCell"] = "LstmCell",
        ["BasicRnnCell"] = "SimpleRnnCell",
        ["RnnCell"] = "SimpleRnnCell",
        ["BatchNorm"] = "BatchNormalization",
        ["BatchNorm1D"] = "BatchNormalization",
        ["GroupNorm"] = "GroupNormalization",
        ["RmsNorm"] = "RmsNormalization",
        ["ConvTranspose1D"] = "Conv1DTranspose",
        ["LayerNorm"] = "LayerNormalization",
        ["Repeat"] = "RepeatVector",
        ["MaxPool1D"] = "MaxPooling1D",
        ["AvgPool1D"] = "AveragePooling1D",
        ["AdaptiveAvgPool1D"] = "GlobalAveragePooling1D",
        ["AdaptiveMaxPool1D"] = "GlobalMaxPooling1D",
        ["InputLayer"] = "Input",
    };

    /// <summary>Layers of Keras and PyTorch that are one function.</summary>
    private static readonly HashSet<string> s_activations = new(StringComparer.OrdinalIgnoreCase)
    {
        "Sigmoid", "Tanh", "LogSoftmax", "Selu", "Gelu", "Softplus", "Softsign", "HardSigmoid", "Silu", "Swish",
    };

    private static readonly Dictionary<string, string> s_flags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["HiddenSize"] = "Units",
        ["OutFeatures"] = "Units",
        ["NumUnits"] = "Units",
        ["InputSize"] = "Features",
        ["InputDim"] = "Features",
        ["InFeatures"] = "Features",
        ["SequenceLength"] = "TimeSteps",
        ["SeqLen"] = "TimeSteps",
        ["InputLength"] = "TimeSteps",
        ["BatchSize"] = "Batch",
        ["BatchShape"] = "Batch",
        ["Bias"] = "UseBias",
        ["NumEmbeddings"] = "InputDim",
        ["EmbeddingDim"] = "OutputDim",
        ["OutChannels"] = "Filters",
        ["Dilation"] = "DilationRate",
        ["Stride"] = "Strides",
        ["Eps"] = "Epsilon",
        ["DType"] = "Precision",
    };

    /// <summary>The attribute that is called so elsewhere; null if there is none.</summary>
    public static string? LayerOf(string written, AttributeSyntax syntax)
    {
        // PyTorch's RNN has units; Keras' RNN runs a cell, as Gen's Rnn does.
        if (string.Equals(written, "RNN", StringComparison.Ordinal))
            return syntax.ArgumentList?.Arguments.Count > 0 && syntax.ArgumentList.Arguments[0].Expression is TypeOfExpressionSyntax ? "Rnn" : "SimpleRnn";
        return s_layers.TryGetValue(written, out string? layer) ? layer : s_activations.Contains(written) ? "Activation" : null;
    }

    /// <summary>The flag of an attribute that is called so elsewhere; null if it has none.</summary>
    public static FlagDefinition? FlagOf(ItemDefinition definition, string written) =>
        s_flags.TryGetValue(written.Replace("_", ""), out string? flag) ? definition.Find(flag) : null;
}
