using System;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class ModelSummaryTests
{
    [Fact]
    public void The_table_is_Keras_own()
    {
        const string Expected = """
            Model: "Small"
            ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┓
            ┃ Layer (type)                         ┃ Output Shape                ┃         Param # ┃
            ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━┩
            │ simple_rnn (SimpleRNN)               │ (None, 3)                   │              18 │
            ├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
            │ dense (Dense)                        │ (None, 1)                   │               4 │
            └──────────────────────────────────────┴─────────────────────────────┴─────────────────┘
             Total params: 22 (88.00 B)
             Trainable params: 21 (84.00 B)
             Non-trainable params: 1 (4.00 B)

            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), ModelSummary.Format(Models.Small()));
    }

    [Fact]
    public void Large_numbers_have_separators_and_units_and_long_names_widen_the_table()
    {
        string name = new('x', 60);
        ModelInfo info = Models.Small() with
        {
            Layers = [new LayerInfo { Name = name, Type = "Dense", OutputShape = "(None, 1)", ParameterCount = 1281, MultiplyAddsPerRow = 0 }],
            Variables = [new VariableInfo { Path = "k", Shape = [1281], Offset = 0 }],
            ParameterCount = 1281,
        };
        string text = ModelSummary.Format(info);
        Assert.Contains(" Total params: 1,281 (5.00 KB)\n", text, StringComparison.Ordinal);
        Assert.Contains($"│ {name} (Dense) │", text, StringComparison.Ordinal);
        string wide = ModelSummary.Format(info with { Precision = Precision.Double });
        Assert.Contains(" Total params: 1,281 (10.01 KB)\n", wide, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_shows_its_path_and_shape() =>
        Assert.Equal("simple_rnn/simple_rnn_cell/kernel [2, 3]", Models.Small().Variables[0].ToString());
}
