using System;
using System.Buffers;

namespace GenRnn.Training.Tests;

/// <summary>A model that predicts one number for each column, learns nothing, and keeps a scaling, as generated models do.</summary>
internal sealed class ScaledModel : IModel<double>
{
    private readonly ModelInfo _info = new()
    {
        Name = "Scaled",
        Batch = 4,
        Layout = DataLayout.BatchMajor,
        ArchitectureHash = "scaled",
        Inputs = [new TensorInfo { Name = "x", TimeSteps = 1, Features = 2 }],
        Outputs = [new TensorInfo { Name = "y", Features = 2 }],
        Layers = [],
        Variables = [],
        ParameterCount = 0,
    };

    public Scaling? Scaling { get; set; }

    public ReadOnlySpan<double> Parameters => default;

    public ModelInfo Info => _info;

    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs) => inputs.CopyTo(outputs);

    public void UpdateParameters<TArg>(TArg arg, SpanAction<double, TArg> update) => update(default, arg);

    public ModelWorkspace<double> CreateWorkspace() => new EmptyWorkspace(_info);

    public void Forward(ReadOnlySpan<double> inputs, Span<double> outputs, ModelState<double>? state, ModelWorkspace<double> workspace, bool training) => inputs.CopyTo(outputs);

    public void Backward(ReadOnlySpan<double> outputGradients, Span<double> inputGradients, ModelWorkspace<double> workspace)
    {
    }

    public double[][] GetWeights() => [];

    public void SetWeights(ReadOnlySpan<double[]> weights) => throw new NotSupportedException();

    public ModelState<double> CreateState(int rows) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs, ModelState<double> state) => throw new NotSupportedException();

    private sealed class EmptyWorkspace(ModelInfo info) : ModelWorkspace<double>(info, 0);
}
