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

    private static readonly string[] s_peers =
        [Reference, "oneDNN 3.2", "oneDNN 3.13", "OpenVINO 2026.4", "ONNX Runtime 1.31", "PyTorch 2.13", "Keras 3.15/XLA", "Keras 3.15/JAX"];

    private static readonly (string Workload, string Mode, double?[] Microseconds)[] s_rows =
    [
        ("W1", Inference, [6.26, 7.49, 7.30, 12.8, 7.87, 102, 179, 83]),
        ("W2", Inference, [44.5, 46.0, 46.4, 51.2, 87.4, 137, null, null]),
        ("W3", Inference, [313, 345, 346, 351, 1254, 1181, 594, 618]),
        ("W4b32", Inference, [256, 304, 266, 271, 475, 686, 395, 398]),
        ("W4b1", Inference, [26.5, 32.2, 31.2, 36.0, 33.9, 378, 226, 159]),
        ("W3", Training, [1229, 1150, 1121, null, null, 6985, 6140, 3332]),
        ("W4b32", Training, [753, 687, 663, null, null, 3801, 2139, 1868]),
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
