using System;
using System.Collections.Generic;
using GenRnn.Peers.Gen;

namespace GenRnn.Peers;

/// <summary>Who takes part in this build: our own code, and the native packages where they are referenced.</summary>
internal static class Contestants
{
    /// <summary>What is said of those that are not there.</summary>
    public const string Absence =
#if PEERS
        "";
#else
        "built without the peers: build with -p:GenPeers=true to fetch TorchSharp-cpu and Microsoft.ML.OnnxRuntime";
#endif

    public static IReadOnlyList<(string Name, Action Run)> Inference(Work work) =>
    [
        (GenActions.Name, GenActions.Inference(work)),
#if PEERS
        (Torch.TorchActions.Name, Torch.TorchActions.Inference(work)),
        (Onnx.OnnxActions.Name, Onnx.OnnxActions.Inference(work)),
#endif
    ];

    public static IReadOnlyList<(string Name, Action Run)> Training(Work work) =>
    [
        (GenActions.Name, GenActions.Training(work)),
#if PEERS
        (Torch.TorchActions.Name, Torch.TorchActions.Training(work)),
#endif
    ];

    public static IReadOnlyList<(string Name, Action Run)> Epoch(float[] inputs, float[] targets) =>
    [
        (GenActions.Name, GenActions.Epoch(inputs, targets)),
#if PEERS
        (Torch.TorchActions.Name, Torch.TorchActions.Epoch(inputs, targets)),
#endif
    ];
}
