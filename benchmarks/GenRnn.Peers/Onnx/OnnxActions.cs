using System;
using System.Linq;
using Microsoft.ML.OnnxRuntime;

namespace GenRnn.Peers.Onnx;

/// <summary>The same networks by ONNX Runtime on one thread, with memory that was made before.</summary>
internal static class OnnxActions
{
    public const string Name = "ONNX Runtime";

    public static Action Inference(Work work)
    {
        ModelInfo info = work.Create().Info;
        var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        var session = new InferenceSession(OnnxNetwork.Of(work, info), options);
        float[] inputs = work.Inputs(info), outputs = new float[work.Rows * info.OutputLength];
        long[] Shape(string name, System.Collections.Generic.IReadOnlyDictionary<string, NodeMetadata> tensors) => [.. tensors[name].Dimensions.Select(dimension => (long)dimension)];
        string input = session.InputNames[0], output = session.OutputNames[0];
        OrtValue x = info.Inputs[0].Vocabulary > 0
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(inputs, id => (long)id), Shape(input, session.InputMetadata))
            : OrtValue.CreateTensorValueFromMemory(inputs, Shape(input, session.InputMetadata));
        OrtValue y = OrtValue.CreateTensorValueFromMemory(outputs, Shape(output, session.OutputMetadata));
        var run = new RunOptions();
        string[] inputNames = [input], outputNames = [output];
        OrtValue[] xs = [x], ys = [y];
        return () => session.Run(run, inputNames, xs, outputNames, ys);
    }
}
