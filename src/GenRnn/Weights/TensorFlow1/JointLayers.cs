using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn;

/// <summary>
/// Weights in the names of TensorFlow 1's cells (<c>rnn/multi_rnn_cell/cell_0/lstm_cell/kernel</c>), a layer at a time. A cell has one kernel for its inputs and
/// its state; <c>bidirectional_rnn/fw</c> and <c>/bw</c> are the directions of one layer.
/// </summary>
internal static class JointLayers
{
    private static readonly string[] s_cells = ["lstm_cell", "basic_lstm_cell", "layer_norm_basic_lstm_cell", "gru_cell", "basic_rnn_cell", "rnn_cell"];

    /// <summary>Whether these are TensorFlow 1's names: a cell's kernel, and no recurrent one beside it.</summary>
    public static bool AreTheirs(IReadOnlyCollection<string> names) =>
        names.Any(n => Split(n) is { Cell: true, Role: "kernel" or "gates/kernel" }) && !names.Any(n => n.Split(':')[0].EndsWith("recurrent_kernel", StringComparison.Ordinal));

    /// <summary>The layers, in the order of the file; the tensors of the forward direction first.</summary>
    public static IReadOnlyList<StoredLayer> Read(IReadOnlyList<StoredTensor> tensors) =>
        [.. tensors.GroupBy(t => WithoutDirection(Split(t.Name).Layer)).Select(g => new StoredLayer(g.Key, [.. g.OrderBy(t => IsBackward(t.Name))]))];

    public static bool IsBackward(string name) => name.Split('/').Contains("bw");

    /// <summary>What a tensor is in its cell: <c>kernel</c>, <c>gates/kernel</c>, <c>w_f_diag</c>.</summary>
    public static string RoleOf(string name) => Split(name).Role;

    private static (string Layer, string Role, bool Cell) Split(string name)
    {
        string[] parts = name.Split(':')[0].Split('/');
        int cell = Array.FindLastIndex(parts, p => s_cells.Contains(p));
        int role = cell >= 0 && cell < parts.Length - 1 ? cell + 1 : parts.Length - 1;
        return (string.Join('/', parts[..role]), string.Join('/', parts[role..]), cell >= 0);
    }

    private static string WithoutDirection(string layer) => string.Join('/', layer.Split('/').Where(p => p is not ("fw" or "bw")));
}
