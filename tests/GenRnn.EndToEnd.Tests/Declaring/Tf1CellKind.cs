using System;
using System.Collections.Generic;
using System.Globalization;
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
    Func<Tf1Cell, IEnumerable<string>> Arguments,
    int States,
    Func<Tf1Cell, int> Weights,
    Func<Tf1Cell, Tensor[], IEnumerable<Tensor>> Convert)
{
    // Everything beyond two variables is an option of LSTMCell alone.
    private static readonly Tf1CellKind Lstm = new(
        "Lstm", LstmArguments, 2, cell => 2 + (cell.UsePeepholes ? 3 : 0) + (cell.Projection is null ? 0 : 1), ConvertLstm);

    private static readonly Dictionary<string, Tf1CellKind> Table = new()
    {
        ["BasicRNNCell"] = new("SimpleRnn", _ => [], 1, _ => 2, (cell, w) => [Inputs(cell, w[0]), State(cell, w[0]), w[1]]),
        ["BasicLSTMCell"] = Lstm,
        ["LSTMCell"] = Lstm,
        ["GRUCell"] = new("Gru", _ => ["ResetAfter = false"], 1, _ => 4, ConvertGru),
    };

    public static Tf1CellKind Of(string cellClass) =>
        Table.TryGetValue(cellClass, out Tf1CellKind? kind) ? kind : throw new NotSupportedCaseException($"the cell {cellClass}");

    private static IEnumerable<string> LstmArguments(Tf1Cell cell)
    {
        if (cell.ForgetBias is not (null or 0))
            yield return string.Create(CultureInfo.InvariantCulture, $"ForgetBias = {cell.ForgetBias:R}");
        if (cell.UsePeepholes)
            yield return "UsePeepholes = true";
        if (cell.CellClip is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"CellClip = {cell.CellClip:R}");
        if (cell.Projection is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"Projection = {cell.Projection}");
        if (cell.ProjectionClip is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"ProjectionClip = {cell.ProjectionClip:R}");
    }

    // i, j, f, o -> i, f, c, o; then the peepholes f, i, o and the projection.
    private static IEnumerable<Tensor> ConvertLstm(Tf1Cell cell, Tensor[] weights)
    {
        return [Ordered(Inputs(cell, weights[0])), Ordered(State(cell, weights[0])), Ordered(weights[1]), .. weights[2..]];

        static Tensor Ordered(Tensor weight) => Gates.Reorder(weight, 0, 2, 1, 3);
    }

    // r, u and a candidate of its own -> z, r, h.
    private static IEnumerable<Tensor> ConvertGru(Tf1Cell cell, Tensor[] weights)
    {
        return [Fused(Inputs(cell, weights[0]), Inputs(cell, weights[2])), Fused(State(cell, weights[0]), State(cell, weights[2])), Fused(weights[1], weights[3])];

        static Tensor Fused(Tensor gates, Tensor candidate) => Gates.Join(Gates.Reorder(gates, 1, 0), candidate);
    }

    /// <summary>The rows of a joint kernel that belong to the state: as many as its output is wide.</summary>
    private static Tensor State(Tf1Cell cell, Tensor joint) =>
        joint.Slice(joint.Shape[0] - cell.OutputWidth, cell.OutputWidth) with { Path = joint.Path + " (state)" };

    private static Tensor Inputs(Tf1Cell cell, Tensor joint) => joint.Slice(0, joint.Shape[0] - cell.OutputWidth) with { Path = joint.Path + " (inputs)" };
}
