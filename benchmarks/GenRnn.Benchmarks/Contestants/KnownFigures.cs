using System.Collections.Generic;
using System.Linq;
using GenRnn.Benchmarks.Measuring;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>What peers reached that few machines have installed: microseconds, medians, one thread of one Zen 4 core.</summary>
/// <remarks>
/// Measured in November 2026 by the method of this program. A peer that is absent counts with its figure here, scaled by
/// what <see cref="Reference"/> needs in the run over what it needed here. PyTorch and Keras are called from Python.
/// </remarks>
internal static class KnownFigures
{
    /// <summary>The peer that ties the figures to a run.</summary>
    public const string Reference = "oneDNN 2.6";

    private const string Inference = Modes.Inference;
    private const string Training = Modes.TrainingStep;
    private const string Step = Modes.Step;

    private static readonly string[] s_peers =
        [Reference, "oneDNN 3.2", "oneDNN 3.13", "OpenVINO 2026.4", "ONNX Runtime 1.31", "PyTorch 2.13", "Keras 3.15/XLA", "Keras 3.15/JAX", "RTNeural"];

    private static readonly (string Workload, string Mode, double?[] Microseconds)[] s_rows =
    [
        ("W1", Inference, [6.26, 7.49, 7.30, 12.8, 7.87, 102, 179, 83, null]),
        ("W2", Inference, [44.5, 46.0, 46.4, 51.2, 87.4, 137, null, null, null]),
        ("W3", Inference, [313, 345, 346, 351, 1254, 1181, 594, 618, null]),
        ("W4b32", Inference, [256, 304, 266, 271, 475, 686, 395, 398, null]),
        ("W4b1", Inference, [26.5, 32.2, 31.2, 36.0, 33.9, 378, 226, 159, null]),
        ("W3", Training, [1229, 1150, 1121, null, null, 6985, 6140, 3332, null]),
        ("W4b32", Training, [753, 687, 663, null, null, 3801, 2139, 1868, null]),
        ("W5b32", Inference, [967, 666, 613, 613, 657, 860, 1143, 1056, 633]),
        ("W5b1", Inference, [68.1, 50.1, 55.2, 56.3, 36.8, 191, null, null, 19.8]),
        ("W6", Inference, [134, 125, 125, 131, 112, 281, null, null, 205.6]),
        ("W7", Inference, [97.4, 88.6, 100, 116, 104, 320, null, null, 149.6]),
        ("W9", Inference, [12503, 11462, 11506, 13515, 13811, 12010, 14759, 15197, 20682]),
        ("W5b32", Training, [2618, 1650, 1543, null, null, 2699, 5027, 3827, null]),
        ("W9", Training, [43219, 41847, 40241, null, null, 59149, 62736, 70181, null]),
        ("W8b8", Step, [1.74, 1.75, 2.02, null, 4.8, null, null, null, 0.040]),
        ("W8b16", Step, [1.48, 1.79, 2.05, null, 4.8, null, null, null, 0.064]),
        ("W8b20", Step, [1.76, 1.93, 2.19, null, 4.9, null, null, null, 0.153]),
        ("W8b32", Step, [1.65, 1.98, 2.26, null, 5.1, null, null, null, 0.170]),
        ("W8b64", Step, [2.69, 2.70, 3.10, null, 5.8, null, null, null, 0.640]),
        ("W8b100", Step, [4.22, 4.35, 4.87, null, 6.9, null, null, null, 1.71]),
    ];

    /// <summary>All figures of a workload, the reference first.</summary>
    public static IReadOnlyList<(string Peer, double Microseconds)> Of(string workload, string mode) =>
    [
        .. s_rows.Where(row => row.Workload == workload && row.Mode == mode)
            .SelectMany(row => s_peers.Zip(row.Microseconds))
            .Where(figure => figure.Second is not null)
            .Select(figure => (figure.First, figure.Second!.Value)),
    ];
}
