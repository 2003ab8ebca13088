using System;
using System.Buffers;

namespace GenRnn.Training.Tests;

/// <summary>
/// SimpleRNN with tanh, last step only, and a linear Dense layer, in double and with backpropagation through time written
/// by hand: what Keras' training vectors need, without the compiler.
/// </summary>
internal sealed class HandWrittenRnn : IModel<double>
{
    private readonly int _steps;
    private readonly int _features;
    private readonly int _units;
    private readonly int _outputs;
    private readonly double[] _parameters;

    public HandWrittenRnn(int batch, int steps, int features, int units, int outputs, double[][] weights)
    {
        _steps = steps;
        _features = features;
        _units = units;
        _outputs = outputs;
        int[][] shapes = [[features, units], [units, units], [units], [units, outputs], [outputs]];
        var variables = new VariableInfo[shapes.Length];
        int offset = 0;
        for (int i = 0; i < shapes.Length; i++)
        {
            variables[i] = new VariableInfo { Path = $"variable_{i}", Shape = shapes[i], Offset = offset };
            offset += variables[i].Length;
        }

        Info = new ModelInfo
        {
            Name = "HandWrittenRnn",
            Batch = batch,
            Layout = DataLayout.BatchMajor,
            ArchitectureHash = "rnn",
            Inputs = [new TensorInfo { Name = "x", TimeSteps = steps, Features = features }],
            Outputs = [new TensorInfo { Name = "y", Features = outputs }],
            Layers = [],
            Variables = variables,
            ParameterCount = offset,
        };
        _parameters = new double[offset];
        for (int i = 0; i < variables.Length; i++)
            weights[i].CopyTo(_parameters, variables[i].Offset);
    }

    public ModelInfo Info { get; }

    public ReadOnlySpan<double> Parameters => _parameters;

    public void UpdateParameters<TArg>(TArg arg, SpanAction<double, TArg> update) => update(_parameters, arg);

    public ModelWorkspace<double> CreateWorkspace() => new RnnWorkspace(Info, _steps, _units);

    public void Forward(ReadOnlySpan<double> inputs, Span<double> outputs, ModelState<double>? state, ModelWorkspace<double> workspace, bool training)
    {
        var w = (RnnWorkspace)workspace;
        w.Inputs = inputs.ToArray();
        w.Begin(inputs.Length / (_steps * _features), training);
        ReadOnlySpan<double> kernel = Variable(0), recurrent = Variable(1), bias = Variable(2), dense = Variable(3), denseBias = Variable(4);
        for (int row = 0; row < w.Rows; row++)
        {
            for (int t = 0; t < _steps; t++)
            {
                for (int u = 0; u < _units; u++)
                {
                    double z = bias[u];
                    for (int k = 0; k < _features; k++)
                        z += inputs[(row * _steps + t) * _features + k] * kernel[k * _units + u];
                    for (int k = 0; k < _units; k++)
                        z += w.H[row, t, k] * recurrent[k * _units + u];
                    w.H[row, t + 1, u] = Math.Tanh(z);
                }
            }

            for (int o = 0; o < _outputs; o++)
            {
                double y = denseBias[o];
                for (int u = 0; u < _units; u++)
                    y += w.H[row, _steps, u] * dense[u * _outputs + o];
                outputs[row * _outputs + o] = y;
            }
        }
    }

    public void Backward(ReadOnlySpan<double> outputGradients, Span<double> inputGradients, ModelWorkspace<double> workspace)
    {
        var w = (RnnWorkspace)workspace;
        w.Gradients.Clear();
        Span<double> kernel = Gradient(w, 0), recurrent = Gradient(w, 1), bias = Gradient(w, 2), dense = Gradient(w, 3), denseBias = Gradient(w, 4);
        for (int row = 0; row < w.Rows; row++)
        {
            var dh = new double[_units];
            for (int o = 0; o < _outputs; o++)
            {
                double dy = outputGradients[row * _outputs + o];
                denseBias[o] += dy;
                for (int u = 0; u < _units; u++)
                {
                    dense[u * _outputs + o] += w.H[row, _steps, u] * dy;
                    dh[u] += Variable(3)[u * _outputs + o] * dy;
                }
            }

            for (int t = _steps - 1; t >= 0; t--)
            {
                var older = new double[_units];
                for (int u = 0; u < _units; u++)
                {
                    double h = w.H[row, t + 1, u];
                    double dz = dh[u] * (1 - h * h);
                    bias[u] += dz;
                    for (int k = 0; k < _features; k++)
                        kernel[k * _units + u] += w.Inputs[(row * _steps + t) * _features + k] * dz;
                    for (int k = 0; k < _units; k++)
                    {
                        recurrent[k * _units + u] += w.H[row, t, k] * dz;
                        older[k] += Variable(1)[k * _units + u] * dz;
                    }
                }

                dh = older;
            }
        }
    }

    public double[][] GetWeights() => throw new NotSupportedException();

    public void SetWeights(ReadOnlySpan<double[]> weights) => throw new NotSupportedException();

    public ModelState<double> CreateState(int rows) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs, ModelState<double> state) => throw new NotSupportedException();

    private ReadOnlySpan<double> Variable(int i) => _parameters.AsSpan(Info.Variables[i].Offset, Info.Variables[i].Length);

    private Span<double> Gradient(RnnWorkspace workspace, int i) => workspace.Gradients.Slice(Info.Variables[i].Offset, Info.Variables[i].Length);

    private sealed class RnnWorkspace(ModelInfo info, int steps, int units) : ModelWorkspace<double>(info, 0)
    {
        public double[] Inputs { get; set; } = [];

        // [row, step + 1, unit]; step 0 is the initial state.
        public double[,,] H { get; } = new double[info.Batch, steps + 1, units];
    }
}
