using System;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Interop;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;
using GenRnn.Tool.Reading;
using Xunit;

namespace GenRnn.Tool.Tests;

/// <summary>The table of Keras' layers: what a flag becomes, and what is refused by name.</summary>
public sealed class KerasTableTests
{
    [Theory]
    [InlineData("GRU", """{"units": 4, "reset_after": false, "activation": "relu"}""", "[Gru(4, Activation = Activation.Relu, ResetAfter = false)]")]
    [InlineData("GRU", """{"units": 4}""", "[Gru(4, ResetAfter = false)]")]
    [InlineData("LSTM", """{"units": 4, "unroll": true, "dropout": 0.25, "implementation": 1, "time_major": false, "seed": 3}""", "[Lstm(4, Dropout = 0.25, Unroll = Unroll.Full)]")]
    [InlineData("Conv1D", """{"filters": 4, "kernel_size": [3], "strides": [2], "padding": "same", "dilation_rate": [1]}""", "[Conv1D(4, 3, Strides = 2, Padding = Padding.Same)]")]
    [InlineData("MaxPooling1D", """{"pool_size": [2], "strides": [2], "padding": "valid", "data_format": "channels_last"}""", "[MaxPooling1D(2)]")]
    [InlineData("AveragePooling1D", """{"pool_size": 3, "strides": 1, "padding": "same"}""", "[AveragePooling1D(3, Strides = 1, Padding = Padding.Same)]")]
    [InlineData("Reshape", """{"target_shape": [-1, 8]}""", "[Reshape(-1, 8)]")]
    [InlineData("Permute", """{"dims": [2, 1]}""", "[Permute(2, 1)]")]
    [InlineData("ZeroPadding1D", """{"padding": 2}""", "[ZeroPadding1D(2, 2)]")]
    [InlineData("Cropping1D", """{"cropping": [0, 1]}""", "[Cropping1D(0, 1)]")]
    [InlineData("LeakyReLU", "{}", "[LeakyRelu]")]
    [InlineData("LeakyReLU", """{"alpha": 0.1}""", "[LeakyRelu(0.1)]")]
    [InlineData("ReLU", """{"max_value": 6.0, "negative_slope": 0.0, "threshold": 0.0}""", "[Relu(MaxValue = 6)]")]
    [InlineData("PReLU", """{"shared_axes": [1, 2]}""", "[PRelu(SharedOverTime = true, SharedOverFeatures = true)]")]
    [InlineData("DepthwiseConv1D", """{"kernel_size": [3], "depth_multiplier": 2, "depthwise_regularizer": {"class_name": "L2", "config": {"l2": 0.5}}}""",
        "[Regularize(Weight.Kernel, L2 = 0.5)] [DepthwiseConv1D(3, DepthMultiplier = 2)]")]
    [InlineData("SeparableConv1D", """{"filters": 4, "kernel_size": [3], "padding": "same"}""", "[SeparableConv1D(4, 3, Padding = Padding.Same)]")]
    [InlineData("Conv1DTranspose", """{"filters": 4, "kernel_size": [3], "dilation_rate": [1], "output_padding": null}""", "[Conv1DTranspose(4, 3)]")]
    [InlineData("GroupNormalization", """{"groups": 2, "axis": -1, "scale": false}""", "[GroupNormalization(2, Scale = false)]")]
    [InlineData("Rescaling", """{"scale": 0.5, "offset": -1.0}""", "[Rescaling(0.5, Offset = -1)]")]
    [InlineData("Dropout", """{"rate": 0.5, "noise_shape": [null, 1, null]}""", "[Dropout(0.5, SharedOverTime = true)]")]
    [InlineData("Dense", """{"units": 2, "activation": {"class_name": "function", "config": "swish"}}""", "[Dense(2, Activation = Activation.Silu)]")]
    [InlineData("Dense", """{"units": 2, "kernel_initializer": {"class_name": "VarianceScaling", "config": {"scale": 2.0, "mode": "fan_in", "distribution": "normal"}}}""",
        "[Dense(2, KernelInitializer = Initializer.HeNormal)]")]
    public void AFlagIsWritten(string layerClass, string config, string expected) => Assert.Equal(expected, Declare(KerasVersion.Keras2, layerClass, config));

    [Theory]
    [InlineData("LSTM", """{"output_dim": 4, "inner_activation": "sigmoid", "dropout_W": 0.5, "consume_less": "cpu"}""", "[Lstm(4, Dropout = 0.5)]")]
    [InlineData("Convolution1D", """{"nb_filter": 4, "filter_length": 3, "subsample_length": 2, "border_mode": "valid", "bias": false}""", "[Conv1D(4, 3, Strides = 2, UseBias = false)]")]
    [InlineData("Embedding", """{"input_dim": 9, "output_dim": 4, "init": "uniform"}""", "[Embedding(9, 4)]")]
    public void Keras1SpeaksOtherWords(string layerClass, string config, string expected) => Assert.Equal(expected, Declare(KerasVersion.Keras1, layerClass, config));

    [Theory]
    [InlineData("Dense", """{"name": "head", "units": 2, "invented": 7}""", "the layer 'head': Dense.invented = 7, which Gen does not have")]
    [InlineData("Dense", """{"name": "head", "units": 2, "activation": "tahn"}""", "the layer 'head': Dense.activation = tahn, which Gen does not have")]
    [InlineData("Dense", """{"name": "head"}""", "the layer 'head' of the class Dense does not say its units")]
    [InlineData("Dense", """{"name": "head", "units": -1}""", "the layer 'head': Dense.units = -1, which Gen does not have")]
    [InlineData("Flatten", """{"name": "flat", "data_format": "channels_first"}""", "the layer 'flat': Flatten.data_format = channels_first, which Gen does not have")]
    [InlineData("ConvLSTM2D", """{"name": "video"}""", "the layer 'video' of the class ConvLSTM2D, which Gen does not have")]
    public void WhatGenDoesNotHaveIsRefusedByName(string layerClass, string config, string expected) =>
        Assert.Equal(expected, Assert.Throws<ForeignModelException>(() => Declare(KerasVersion.Keras2, layerClass, config)).Message);

    /// <summary>Every layer that has Keras' class can be imported: a new layer needs a row here.</summary>
    [Fact]
    public void EveryLayerHasARow() => Assert.Equal(
        LayerRegistry.All.Select(l => l.KerasClass).Where(c => c != "RNN").Order(StringComparer.Ordinal),
        KerasLayers.Table.Select(row => row.Class).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(KerasVersion.Keras1, "HardSigmoidKeras2")]
    [InlineData(KerasVersion.Keras2, "HardSigmoidKeras2")]
    [InlineData(KerasVersion.Keras3, "HardSigmoid")]
    public void TheVersionDecidesWhatAHardSigmoidIs(KerasVersion version, string function) => Assert.Equal(
        $"[Lstm(2, Activation = Activation.{function}, RecurrentActivation = Activation.{function})]",
        Declare(version, "LSTM", """{"units": 2, "activation": "hard_sigmoid", "recurrent_activation": "hard_sigmoid"}"""));

    /// <summary>What changes training alone is a modifier where Gen has it, and left aside by name where it has not.</summary>
    [Theory]
    [InlineData("""{"units": 2, "trainable": false}""", "[Dense(2, Trainable = false)]", "")]
    [InlineData("""{"units": 2, "kernel_regularizer": {"class_name": "L1L2", "config": {"l1": 0.0, "l2": 0.5}}, "bias_regularizer": "l1"}""",
        "[Regularize(Weight.Kernel, L2 = 0.5)] [Regularize(Weight.Bias, L1 = 0.01)] [Dense(2)]", "")]
    [InlineData("""{"units": 2, "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.0}}}""", "[Dense(2)]", "")]
    [InlineData("""{"units": 2, "kernel_constraint": {"class_name": "MaxNorm", "config": {"max_value": 3, "axis": 0}}, "bias_constraint": {"class_name": "NonNeg", "config": {}}}""",
        "[Constrain(Weight.Kernel, ConstraintKind.MaxNorm, Max = 3)] [Constrain(Weight.Bias, ConstraintKind.NonNegative)] [Dense(2)]", "")]
    [InlineData("""{"units": 2, "kernel_initializer": {"class_name": "RandomNormal", "config": {"mean": 0.0, "stddev": 0.5, "seed": null}}}""",
        "[Initialize(Weight.Kernel, Initializer.RandomNormal, StandardDeviation = 0.5)] [Dense(2)]", "")]
    [InlineData("""{"name": "head", "units": 2, "kernel_regularizer": {"class_name": "Own", "config": {}}}""", "[Dense(2)]", "'head': kernel_regularizer Own")]
    public void WhatChangesTrainingAloneIsAModifier(string config, string expected, string aside)
    {
        (ItemSpec item, KerasReading reading) = KerasLayers.Read(KerasVersion.Keras2, "Dense", Json(config));

        Assert.Equal(expected, string.Join(' ', DeclarationPrinter.Lines(item)));
        Assert.Equal(aside, string.Join(' ', reading.Aside));
    }

    private static string Declare(KerasVersion version, string layerClass, string config) =>
        string.Join(' ', DeclarationPrinter.Lines(KerasLayers.Read(version, layerClass, Json(config)).Item));

    private static KerasValue Json(string text) => JsonConfiguration.Parse(Encoding.UTF8.GetBytes(text), "the test");
}
