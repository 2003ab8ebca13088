using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using static GenRnn.Runtime.Tests.ForeignModels;

namespace GenRnn.Runtime.Tests;

/// <summary>Safetensors files that no Gen model saved: which tensor is which variable, by names of Keras, PyTorch and TensorFlow 1, by numbers and by shapes.</summary>
public sealed class NamedTensorTests
{
    private static readonly ModelInfo s_twins = Of(Lstm(4, 4), Lstm(4, 4), Dense(4, 1));

    [Fact]
    public void Keras_paths_of_other_layer_names()
    {
        ModelInfo info = Of(Lstm(3, 2), Dense(2, 1));
        float[] parameters = Read(info, ("sequential/encoder/lstm_cell/bias:0", [8]), ("sequential/encoder/lstm_cell/kernel:0", [3, 8]), ("sequential/encoder/lstm_cell/recurrent_kernel:0", [2, 8]), ("sequential/out/bias:0", [1]), ("sequential/out/kernel:0", [2, 1]));
        Assert.Equal([1, 2, 0, 4, 3], info.Variables.Select(v => (int)parameters[v.Offset] / 1000));
    }

    [Fact]
    public void Numbers_say_the_order()
    {
        // As a writer sorts them: 10 in front of 2.
        ModelInfo info = Of(Enumerable.Repeat(Dense(2, 2), 6).ToArray());
        float[] parameters = Read(info, Enumerable.Range(0, 12).OrderBy(i => i.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal)
            .Select(i => ("w" + i.ToString(CultureInfo.InvariantCulture), i % 2 == 0 ? new long[] { 2, 2 } : [2])).ToArray());
        Assert.Equal([0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 2, 3], info.Variables.Select(v => (int)parameters[v.Offset] / 1000));
    }

    /// <summary>Two layers that could stand for each other: their numbers decide, and where there are none nobody guesses.</summary>
    [Fact]
    public void Twins_are_told_apart_by_numbers_alone()
    {
        (string, long[])[] Named(string first, string second) =>
            [.. new[] { first, second }.Order(StringComparer.Ordinal).SelectMany(m => new (string, long[])[] { (m + ".bias_hh_l0", [16]), (m + ".bias_ih_l0", [16]), (m + ".weight_hh_l0", [16, 4]), (m + ".weight_ih_l0", [16, 4]) }), ("z.bias", [1]), ("z.weight", [1, 4])];
        float[] parameters = Read(s_twins, Named("lstm2", "lstm10"));
        // lstm10 is sorted in front: its tensors are 0 to 3, weight_ih the last.
        Assert.Equal([7, 3], new[] { s_twins.Variables[0], s_twins.Variables[3] }.Select(v => (int)parameters[v.Offset] / 1000));

        string message = Assert.Throws<InvalidDataException>(() => Read(s_twins, Named("encoder", "decoder"))).Message;
        Assert.Contains("'decoder, layer 0' and 'encoder, layer 0' both fit the layer 'lstm', and the file is sorted by name", message, StringComparison.Ordinal);
        Assert.Contains("model: lstm [4, 16], [4, 16], [16]; file: 'decoder, layer 0'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TensorFlow_1_s_joint_kernels_are_cut()
    {
        ModelInfo info = Of(Lstm(2, 1), ("GRU", [("kernel", [1, 6]), ("recurrent_kernel", [2, 6]), ("bias", [6])]), ("SimpleRNN", [("kernel", [2, 2]), ("recurrent_kernel", [2, 2]), ("bias", [2])]));
        float[] p = Read(info,
            ("rnn/multi_rnn_cell/cell_0/basic_lstm_cell/bias", [4]), ("rnn/multi_rnn_cell/cell_0/basic_lstm_cell/kernel", [3, 4]),
            ("rnn/multi_rnn_cell/cell_1/gru_cell/candidate/bias", [2]), ("rnn/multi_rnn_cell/cell_1/gru_cell/candidate/kernel", [3, 2]),
            ("rnn/multi_rnn_cell/cell_1/gru_cell/gates/bias", [4]), ("rnn/multi_rnn_cell/cell_1/gru_cell/gates/kernel", [3, 4]),
            ("rnn/multi_rnn_cell/cell_2/basic_rnn_cell/bias", [2]), ("rnn/multi_rnn_cell/cell_2/basic_rnn_cell/kernel", [4, 2]));
        float[] At(int variable) => p.AsSpan(info.Variables[variable].Offset, info.Variables[variable].Length).ToArray();
        // i, j, f, o become i, f, j, o; the state's row is the third.
        Assert.Equal([1000, 1002, 1001, 1003, 1004, 1006, 1005, 1007], At(0));
        Assert.Equal([1008, 1010, 1009, 1011], At(1));
        Assert.Equal([0, 2, 1, 3], At(2));
        // r, u become u, r, then the candidate.
        Assert.Equal([5002, 5003, 5000, 5001, 3000, 3001], At(3));
        Assert.Equal([5006, 5007, 5004, 5005, 3002, 3003, 5010, 5011, 5008, 5009, 3004, 3005], At(4));
        Assert.Equal([4002, 4003, 4000, 4001, 2000, 2001], At(5));
        Assert.Equal([7000, 7001, 7002, 7003], At(6));
        Assert.Equal([7004, 7005, 7006, 7007], At(7));
        Assert.Equal([6000, 6001], At(8));
    }

    [Fact]
    public void TensorFlow_1_s_directions_peepholes_and_projection()
    {
        (string, int[])[] half = [("kernel", [2, 8]), ("recurrent_kernel", [1, 8]), ("bias", [8]), ("forget_peephole", [2]), ("input_peephole", [2]), ("output_peephole", [2]), ("projection_kernel", [2, 1])];
        ModelInfo info = Of(("Bidirectional", [.. half, .. half]));
        string[] roles = ["bias", "kernel", "projection/kernel", "w_f_diag", "w_i_diag", "w_o_diag"];
        long[][] shapes = [[8], [3, 8], [2, 1], [2], [2], [2]];
        float[] p = Read(info, [.. new[] { "bw", "fw" }.SelectMany(d => roles.Zip(shapes, (role, shape) => ($"bidirectional_rnn/{d}/lstm_cell/{role}", shape)))]);
        Assert.Equal([7, 7, 6, 9, 10, 11, 8, 1, 1, 0, 3, 4, 5, 2], info.Variables.Select(v => (int)p[v.Offset] / 1000));
    }

    [Fact]
    public void PyTorch_s_projection_is_transposed()
    {
        ModelInfo info = Of(("LSTM", [("kernel", [3, 8]), ("recurrent_kernel", [1, 8]), ("bias", [8]), ("projection_kernel", [2, 1])]));
        float[] p = Read(info, ("bias_hh_l0", [8]), ("bias_ih_l0", [8]), ("weight_hh_l0", [8, 1]), ("weight_hr_l0", [1, 2]), ("weight_ih_l0", [8, 3]));
        Assert.Equal([4000, 4003, 2000, 1000, 3000, 3001], [p[0], p[1], p[info.Variables[1].Offset], p[info.Variables[2].Offset], p[^2], p[^1]]);
        Assert.Contains("has 5 tensors where the model has", Assert.Throws<InvalidDataException>(() => Read(Of(Lstm(3, 2)), ("bias_hh_l0", [8]), ("bias_ih_l0", [8]), ("weight_hh_l0", [8, 1]), ("weight_hr_l0", [1, 2]), ("weight_ih_l0", [8, 3]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_shows_both_tables()
    {
        string message = Assert.Throws<InvalidDataException>(() => Read(s_twins, ("a/kernel", [4, 16]), ("b/kernel", [4, 1]))).Message;
        Assert.Contains("other weights than the model 'Foreign' has\n  model: lstm [4, 16], [4, 16], [16]; file: 'a' [4, 16]\n  model: lstm_1 [4, 16], [4, 16], [16]; file: 'b' [4, 1]\n  model: dense [4, 1], [1]; file: nothing", message, StringComparison.Ordinal);
    }

    /// <summary>Reads a file whose tensor i has the values 1000 i, 1000 i + 1, …</summary>
    private static float[] Read(ModelInfo info, params (string Name, long[] Shape)[] tensors)
    {
        var header = new List<string>();
        var data = new List<byte>();
        for (int i = 0; i < tensors.Length; i++)
        {
            long count = tensors[i].Shape.Aggregate(1L, (a, b) => a * b);
            header.Add($"\"{tensors[i].Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensors[i].Shape)}],\"data_offsets\":[{data.Count},{data.Count + 4 * count}]}}");
            for (int j = 0; j < count; j++)
                data.AddRange(BitConverter.GetBytes(1000f * i + j));
        }

        byte[] json = Encoding.UTF8.GetBytes("{" + string.Join(',', header) + "}");
        var parameters = new float[info.ParameterCount];
        WeightReader.Read(new SpanSource([.. BitConverter.GetBytes((long)json.Length), .. json, .. data]), info, parameters.AsSpan());
        return parameters;
    }
}
