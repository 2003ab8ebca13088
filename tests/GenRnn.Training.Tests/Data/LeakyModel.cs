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
        Inputs = [new TensorInfo("x", steps, 1)],
        Outputs = [new TensorInfo("y", steps, 1)],
        Layers = [],
        Variables = [new VariableInfo("leaky/decay", [1], 0, true, new InitializerInfo(Initializer.Zeros))],
        ParameterCount = 1,
    };

    public ReadOnlySpan<double> Parameters => _parameters;

    public ModelInfo GetInfo() => Info;

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

    public void BeginForward(ReadOnlySpan<double> inputs, ModelState<double>? state, ModelWorkspace<double> workspace, bool training) => throw new NotSupportedException();

    public void ForwardRows(ModelWorkspace<double> workspace, int first, int count) => throw new NotSupportedException();

    public void EndForward(Span<double> outputs, ModelState<double>? state, ModelWorkspace<double> workspace) => throw new NotSupportedException();

    public void BeginBackward(ReadOnlySpan<double> outputGradients, ModelWorkspace<double> workspace, bool inputGradient) => throw new NotSupportedException();

    public void BackwardRows(ModelWorkspace<double> workspace, int first, int count) => throw new NotSupportedException();

    public void ParameterGradients(ModelWorkspace<double> workspace, int part, int parts) => throw new NotSupportedException();

    public void EndBackward(Span<double> inputGradients, ModelWorkspace<double> workspace) => throw new NotSupportedException();

    private sealed class LeakyState(ModelInfo info, int rows) : ModelState<double>(info, rows, rows, [new StateSlot("h", 1, 0, 1, 1)]);

    private sealed class LeakyWorkspace(ModelInfo info) : ModelWorkspace<double>(info, 0)
    {
        public double[] Before { get; } = new double[info.Batch * info.InputLength];
    }
}
