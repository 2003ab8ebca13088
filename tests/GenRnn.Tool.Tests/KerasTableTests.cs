using System;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Interop;
using GenRnn.Compiler.Layers;
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
    [InlineData("LeakyReLU", "{}", "[Activation(Activation.LeakyRelu, Alpha = 0.3)]")]
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
    [InlineData("LSTM", """{"name": "l", "units": 2, "activation": "hard_sigmoid"}""",
        "the layer 'l': the hard sigmoid of Keras 2 as LSTM.activation is another function than Keras 3's, and its weights cannot make up for it there")]
    public void WhatGenDoesNotHaveIsRefusedByName(string layerClass, string config, string expected) =>
        Assert.Equal(expected, Assert.Throws<ForeignModelException>(() => Declare(KerasVersion.Keras2, layerClass, config)).Message);

    /// <summary>Every layer that has Keras' class can be imported: a new layer needs a row here.</summary>
    [Fact]
    public void EveryLayerHasARow() => Assert.Equal(
        LayerRegistry.All.Select(l => l.KerasClass).Where(c => c != "RNN").Order(StringComparer.Ordinal),
        KerasLayers.Table.Where(row => row.Function.Length == 0).Select(row => row.Class).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(KerasVersion.Keras2, "1 1 0 1")]
    [InlineData(KerasVersion.Keras3, "")]
    public void TheVersionDecidesWhatAHardSigmoidIs(KerasVersion version, string gates)
    {
        (_, KerasReading reading) = KerasLayers.Read(version, "LSTM", Json("""{"units": 2, "recurrent_activation": "hard_sigmoid"}"""));

        Assert.Equal(gates, string.Join(' ', reading.Gates.Select(g => g ? 1 : 0)));
    }

    private static string Declare(KerasVersion version, string layerClass, string config) =>
        string.Join(' ', DeclarationPrinter.Lines(KerasLayers.Read(version, layerClass, Json(config)).Item));

    private static KerasValue Json(string text) => JsonConfiguration.Parse(Encoding.UTF8.GetBytes(text), "the test");
}
