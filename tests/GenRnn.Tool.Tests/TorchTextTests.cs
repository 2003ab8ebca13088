using System.Linq;
using GenRnn.Compiler.Interop;
using Xunit;

namespace GenRnn.Tool.Tests;

/// <summary>Modules as a person writes them behind <c>--layers</c>, and as <c>print(model)</c> does.</summary>
public sealed class TorchTextTests
{
    [Theory]
    [InlineData("rnn, head", "rnn:, head:")]
    [InlineData("rnn: LSTM(num_layers=2, dropout=0.5); LastStep; head.0, ReLU, head.3: Linear", "rnn: LSTM(num_layers=2, dropout=0.5), LastStep, head.0:, ReLU, head.3: Linear")]
    [InlineData("conv: Conv1d(3, 8, kernel_size=(3,), padding='same')", "conv: Conv1d(3, 8, kernel_size=[3], padding=same)")]
    [InlineData("LSTM", "LSTM")]
    [InlineData("Net(\n  (rnn): GRU(3, 12, batch_first=True)\n  (head): Sequential(\n    (0): Linear(in_features=12, out_features=8, bias=True)\n    (1): ReLU()\n    (2): Dropout(p=0.2, inplace=False)\n    (3): Linear(in_features=8, out_features=2, bias=True)\n  )\n)",
        "rnn: GRU(3, 12, batch_first=true), head.0: Linear(in_features=12, out_features=8, bias=true), head.1: ReLU, head.2: Dropout(p=0.2, inplace=false), head.3: Linear(in_features=8, out_features=2, bias=true)")]
    [InlineData("(norm): LayerNorm((24,), eps=1e-05, elementwise_affine=True)", "norm: LayerNorm([24], eps=1E-05, elementwise_affine=true)")]
    public void TheyAreRead(string text, string expected) => Assert.Equal(expected, string.Join(", ", TorchText.Parse(text).Select(m => m.Class.Length == 0 ? m.Name + ":" : m.ToString())));

    [Theory]
    [InlineData("", "--layers names no modules")]
    [InlineData("rnn: LSTM(", "--layers has its end at character 11 where ')' is expected")]
    [InlineData("rnn: LSTM(a=%)", "--layers has '%)' at character 13 where a name is expected")]
    [InlineData("rnn:: LSTM", "--layers has ': LSTM' at character 5 where a name is expected")]
    [InlineData("(rnn) LSTM", "--layers has 'LSTM' at character 7 where ':' is expected")]
    [InlineData("act: Swish()", "the module 'act' of the class Swish, which Gen does not have")]
    [InlineData("(0-2): 3 x LSTM(3, 4)", "--layers: write the modules of '0-2' one by one")]
    public void WhatIsNoneIsRefused(string text, string expected) => Assert.Equal(expected, Assert.Throws<ForeignModelException>(() => TorchText.Parse(text)).Message);

    [Fact]
    public void NestingIsBounded() =>
        Assert.Contains("deeper than 32", Assert.Throws<ForeignModelException>(() => TorchText.Parse(string.Concat(Enumerable.Repeat("A((a):", 1000)))).Message, System.StringComparison.Ordinal);
}
