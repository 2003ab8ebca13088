using System;
using System.Buffers;
using System.Collections.Generic;

namespace GenRnn.Training.Tests;

/// <summary>A model that predicts zeros and notes what it is given, row-first whatever its layout.</summary>
internal sealed class RecordingModel : IModel<double>
{
    private readonly ModelInfo _info;

    public RecordingModel(int batch, int steps, int features, int units, DataLayout layout) => _info = new ModelInfo
    {
        Name = "Recording",
        Batch = batch,
        Layout = layout,
        ArchitectureHash = "recording",
        Inputs = [new TensorInfo { Name = "x", TimeSteps = steps, Features = features }],
        Outputs = [new TensorInfo { Name = "y", Features = units }],
        Layers = [],
        Variables = [],
        ParameterCount = 0,
    };

    public List<double[]> Inputs { get; } = [];

    public ReadOnlySpan<double> Parameters => default;

    public ModelInfo Info => _info;

    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        int steps = _info.Inputs[0].TimeSteps;
        int features = _info.Inputs[0].Features;
        int rows = inputs.Length / (steps * features);
        var seen = new double[inputs.Length];
        for (int i = 0; i < seen.Length; i++)
        {
            int row = i / (steps * features), step = i / features % steps;
            seen[i] = inputs[(_info.Layout == DataLayout.TimeMajor ? step * rows + row : row * steps + step) * features + i % features];
        }

        Inputs.Add(seen);
        outputs.Clear();
    }

    public void UpdateParameters<TArg>(TArg arg, SpanAction<double, TArg> update) => throw new NotSupportedException();

    public double[][] GetWeights() => throw new NotSupportedException();

    public void SetWeights(ReadOnlySpan<double[]> weights) => throw new NotSupportedException();

    public ModelWorkspace<double> CreateWorkspace() => throw new NotSupportedException();

    public ModelState<double> CreateState(int rows) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs, ModelState<double> state) => throw new NotSupportedException();

    public void Forward(ReadOnlySpan<double> inputs, Span<double> outputs, ModelState<double>? state, ModelWorkspace<double> workspace, bool training) => throw new NotSupportedException();

    public void Backward(ReadOnlySpan<double> outputGradients, Span<double> inputGradients, ModelWorkspace<double> workspace) => throw new NotSupportedException();
}

/// <summary>A loss of 0 that notes the targets of each batch.</summary>
internal sealed class RecordingLoss() : Loss("recording")
{
    public List<double[]> Targets { get; } = [];

    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        var targets = new double[batch.Targets.Length];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = double.CreateTruncating(batch.Targets[i]);
        Targets.Add(targets);
        return 0;
    }
}
