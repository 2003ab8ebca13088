using System;

namespace GenRnn.Peers.Onnx;

/// <summary>ONNX's twin of each network: batch-major at its ends, as an export of Keras is.</summary>
internal static class OnnxNetwork
{
    /// <param name="work">The workload.</param>
    /// <param name="info">Our model's shapes.</param>
    public static byte[] Of(Work work, ModelInfo info)
    {
        long rows = work.Rows, steps = info.Inputs[0].TimeSteps;
        var graph = new OnnxGraph();
        string y = work.Id switch
        {
            "W9" => BatchMajor(graph, Lstm(graph, TimeMajor(graph, "x"), 32, 128)),
            "W11b1" or "W11b32" => Dense(graph, Dense(graph, LastState(graph, Lstm(graph, TimeMajor(graph, "x"), 1, 50), 50, 50), 50, 25), 25, 1),
            "W12" => graph.Add("Softmax", [Dense(graph, BatchMajor(graph, Lstm(graph, TimeMajor(graph, graph.Add("Gather", [graph.Weights(80, 64), "x"])), 64, 128)), 128, 80)], 0, ("axis", -1L)),
            "W13" => graph.Add("Reshape", [graph.Add("Transpose", [LstmNode(graph, TimeMajor(graph, "x"), 16, 64, 2, 0)], 0, ("perm", new long[] { 2, 0, 1, 3 })), graph.Integers(rows, steps, 128)]),
            "W14" => BatchMajor(graph, Lstm(graph, TimeMajor(graph, "x"), 64, 512)),
            "W15" => Convolutions(graph),
            _ => throw new ArgumentException($"There is no network {work.Id}.", nameof(work)),
        };
        TensorInfo input = info.Inputs[0], output = info.Outputs[0];
        bool isIds = input.Vocabulary > 0;
        return graph.Write("x", isIds, isIds ? [rows, steps] : [rows, steps, input.Features], y, output.TimeSteps == 0 ? [rows, output.Features] : [rows, output.TimeSteps, output.Features]);
    }

    private static string TimeMajor(OnnxGraph graph, string x) => graph.Add("Transpose", [x], 0, ("perm", new long[] { 1, 0, 2 }));

    private static string BatchMajor(OnnxGraph graph, string x) => TimeMajor(graph, x);

    /// <summary>All steps of a layer in one direction: [time, rows, units].</summary>
    private static string Lstm(OnnxGraph graph, string x, long features, long units) => graph.Add("Squeeze", [LstmNode(graph, x, features, units, 1, 0), graph.Integers(1)]);

    /// <summary>The last step of a layer: [rows, units].</summary>
    private static string LastState(OnnxGraph graph, string x, long features, long units) => graph.Add("Squeeze", [LstmNode(graph, x, features, units, 1, 1), graph.Integers(0)]);

    private static string LstmNode(OnnxGraph graph, string x, long features, long units, long directions, int output) => graph.Add(
        "LSTM", [x, graph.Weights(directions, 4 * units, features), graph.Weights(directions, 4 * units, units), graph.Weights(directions, 8 * units)], output,
        ("hidden_size", units), ("direction", directions == 1 ? "forward" : "bidirectional"));

    private static string Dense(OnnxGraph graph, string x, long features, long units) => graph.Add("Add", [graph.Add("MatMul", [x, graph.Weights(features, units)]), graph.Weights(units)]);

    private static string Convolutions(OnnxGraph graph)
    {
        string y = graph.Add("Transpose", ["x"], 0, ("perm", new long[] { 0, 2, 1 }));
        for (int i = 0; i < 10; i++)
        {
            y = graph.Add("Relu", [graph.Add("Conv", [y, graph.Weights(32, i == 0 ? 1 : 32, 2), graph.Weights(32)], 0,
                ("dilations", new[] { 1L << i }), ("pads", new[] { 1L << i, 0 }), ("kernel_shape", new long[] { 2 }))]);
        }

        return Dense(graph, graph.Add("Transpose", [y], 0, ("perm", new long[] { 0, 2, 1 })), 32, 1);
    }
}
