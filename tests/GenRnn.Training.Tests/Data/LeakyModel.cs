using System;
using System.Buffers;
using GenRnn.CompilerServices;

namespace GenRnn.Training.Tests;

/// <summary>The smallest stateful model: h = a h + x at each step, and y = h, with the gradient of a truncated at the start of a call, as Keras truncates it.</summary>
internal sealed class LeakyModel(int batch, int steps, double decay, bool isStateful = true) : IModel<double>
{
    private readonly double[] _parameters = [decay];

    public ModelInfo Info { get; } = new()
    {
        Name = "Leaky",
        Batch = batch,
        Layout = DataLayout.BatchMajor,
        IsStateful = isStateful,
        ArchitectureHash = "leaky",
        Inputs = [new TensorInfo { Name = "x", TimeSteps = steps, Features = 1 }],
        Outputs = [new TensorInfo { Name = "y", TimeSteps = steps, Features = 1 }],
        Layers = [],
        Variables = [new VariableInfo { Path = "leaky/decay", Shape = [1], Offset = 0 }],
        ParameterCount = 1,
    };

    public ReadOnlySpan<double> Parameters => _parameters;

    public void UpdateParameters<TArg>(TArg arg, SpanAction<double, TArg> update) => update(_parameters, arg);

    public ModelWorkspace<double> CreateWorkspace() => new LeakyWorkspace(Info);

    public ModelState<double> CreateState(int rows) => new LeakyState(Info, rows);

    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs) => Predict(inputs, outputs, CreateState(inputs.Length / steps));

    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs, ModelState<double> state)
    {
        for (int row = 0; row < inputs.Length / steps; row++)
        {
            ref double h = ref state.Arena.Span[row];
            for (int t = row * steps; t < (row + 1) * steps; t++)
                outputs[t] = h = _parameters[0] * h + inputs[t];
        }
    }

    public void Forward(ReadOnlySpan<double> inputs, Span<double> outputs, ModelState<double>? state, ModelWorkspace<double> workspace, bool training)
    {
        var w = (LeakyWorkspace)workspace;
        int rows = inputs.Length / steps;
        w.Begin(rows, training);
        state ??= CreateState(rows);
        for (int row = 0; row < rows; row++)
            w.Before[row * steps] = state.Arena.Span[row];
        Predict(inputs, outputs, state);
        for (int t = 0; t < inputs.Length; t++)
            w.Before[t] = t % steps == 0 ? w.Before[t] : outputs[t - 1];
    }

    public void Backward(ReadOnlySpan<double> outputGradients, Span<double> inputGradients, ModelWorkspace<double> workspace)
    {
        var w = (LeakyWorkspace)workspace;
        w.Gradients.Clear();
        double carried = 0;
        for (int t = outputGradients.Length - 1; t >= 0; t--)
        {
            carried = outputGradients[t] + (t % steps == steps - 1 ? 0 : _parameters[0] * carried);
            w.Gradients[0] += carried * w.Before[t];
        }
    }

    public double[][] GetWeights() => [[.. _parameters]];

    public void SetWeights(ReadOnlySpan<double[]> weights) => throw new NotSupportedException();

    private sealed class LeakyState(ModelInfo info, int rows) : ModelState<double>(
        info, rows, new StateLayout { ArenaLength = rows, Slots = [new() { Name = "h", Width = 1, Offset = 0, RowStride = 1, LaneStride = 1 }] });

    private sealed class LeakyWorkspace(ModelInfo info) : ModelWorkspace<double>(info, 0)
    {
        public double[] Before { get; } = new double[info.Batch * info.InputLength];
    }
}
