using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>A cell class of TensorFlow 1 and the layer that computes the same.</summary>
/// <param name="Attribute">The layer's attribute.</param>
/// <param name="Arguments">Flags that the cell's definition needs.</param>
/// <param name="States">Number of states.</param>
/// <param name="Weights">Number of variables.</param>
/// <param name="Convert">Turns the cell's variables (or their gradients) into Keras' kernel, recurrent kernel and bias.</param>
internal sealed record Tf1CellKind(
    string Attribute,
    IReadOnlyList<string> Arguments,
    int States,
    int Weights,
    Func<Tf1Cell, Tensor[], bool, IEnumerable<Tensor>> Convert)
{
    private static readonly Tf1CellKind Lstm = new("Lstm", [], 2, 2, ConvertLstm);

    private static readonly Dictionary<string, Tf1CellKind> Table = new()
    {
        ["BasicRNNCell"] = new("SimpleRnn", [], 1, 2, (cell, w, _) => [Inputs(cell, w[0]), State(cell, w[0]), w[1]]),
        ["BasicLSTMCell"] = Lstm,
        ["LSTMCell"] = Lstm,
        ["GRUCell"] = new("Gru", ["ResetAfter = false"], 1, 4, ConvertGru),
    };

    public static Tf1CellKind Of(string cellClass) =>
        Table.TryGetValue(cellClass, out Tf1CellKind? kind) ? kind : throw new NotSupportedCaseException($"the cell {cellClass}");

    // i, j, f, o with the forget bias added at run time -> i, f, c, o with the forget bias in the variable.
    private static IEnumerable<Tensor> ConvertLstm(Tf1Cell cell, Tensor[] weights, bool isGradient)
    {
        Tensor bias = Ordered(weights[1]);
        return [Ordered(Inputs(cell, weights[0])), Ordered(State(cell, weights[0])), isGradient ? bias : Gates.Add(bias, 4, 1, cell.ForgetBias ?? 0)];

        static Tensor Ordered(Tensor weight) => Gates.Reorder(weight, 0, 2, 1, 3);
    }

    // r, u and a candidate of its own -> z, r, h.
    private static IEnumerable<Tensor> ConvertGru(Tf1Cell cell, Tensor[] weights, bool isGradient)
    {
        return [Fused(Inputs(cell, weights[0]), Inputs(cell, weights[2])), Fused(State(cell, weights[0]), State(cell, weights[2])), Fused(weights[1], weights[3])];

        static Tensor Fused(Tensor gates, Tensor candidate) => Gates.Join(Gates.Reorder(gates, 1, 0), candidate);
    }

    /// <summary>The rows of a joint kernel that belong to the state: as many as the cell has units.</summary>
    private static Tensor State(Tf1Cell cell, Tensor joint) =>
        joint.Slice(joint.Shape[0] - cell.Units, cell.Units) with { Path = joint.Path + " (state)" };

    private static Tensor Inputs(Tf1Cell cell, Tensor joint) => joint.Slice(0, joint.Shape[0] - cell.Units) with { Path = joint.Path + " (inputs)" };
}
