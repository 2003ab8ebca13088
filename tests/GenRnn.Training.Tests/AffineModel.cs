using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Numerics;
using GenRnn.CompilerServices;

namespace GenRnn.Training.Tests;

/// <summary>
/// A model that is written by hand, so that training can be tested without the compiler: y = x W + b at each time step.
/// A variable that is not trainable lies between W and b. Stateful, it adds to y a number that grows by 1 a batch. With a mask, steps whose first feature is 0 are masked.
/// </summary>
internal sealed class AffineModel<T> : IModel<T>, IParallelPasses<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int FrozenLength = 3;

    private readonly T[] _parameters;
    private readonly AffineShape _shape;
    private readonly int _inputLength;
    private readonly int _outputLength;

    public AffineModel(AffineShape shape)
    {
        _shape = shape;
        int kernel = shape.Features * shape.Units;
        List<TensorInfo> outputs = [new() { Name = "y", TimeSteps = shape.TimeSteps, Features = shape.Units }];
        if (shape.HasSecondOutput)
            outputs.Add(new TensorInfo { Name = "twice", TimeSteps = shape.TimeSteps, Features = shape.Units });
        List<TensorInfo> inputs = [new() { Name = "x", TimeSteps = shape.TimeSteps, Features = shape.Features }];
        if (shape.HasSecondInput)
            inputs.Add(new TensorInfo { Name = "offset", Features = shape.Units });
        Info = new ModelInfo
        {
            Name = shape.Name,
            Batch = shape.Batch,
            Layout = shape.Layout,
            IsStateful = shape.IsStateful,
            HasOutputMask = shape.HasMask,
            ArchitectureHash = "affine",
            Inputs = inputs,
            Outputs = outputs,
            Layers = [],
            Variables =
            [
                new VariableInfo { Path = "affine/kernel", Shape = [shape.Features, shape.Units], Offset = 0, Regularizer = shape.KernelPenalty, Constraint = shape.KernelConstraint },
                new VariableInfo { Path = "affine/frozen", Shape = [FrozenLength], Offset = kernel, IsTrainable = false },
                new VariableInfo { Path = "affine/bias", Shape = [shape.Units], Offset = kernel + FrozenLength },
            ],
            ParameterCount = kernel + FrozenLength + shape.Units,
            // Work enough for any number of threads, whatever it is in truth.
            MultiplyAddsPerRow = 1L << 40,
        };
        _inputLength = Info.InputLength;
        _outputLength = Info.OutputLength;
        _parameters = new T[Info.ParameterCount];
        for (int i = 0; i < _parameters.Length; i++)
            _parameters[i] = T.CreateTruncating(0.1 * (i % 7) - 0.25);
    }

    public ModelInfo Info { get; }

    /// <summary>First rows of all batches in the order of training, as seen by the model: element 0 of each row of x.</summary>
    public List<T[]> SeenRows { get; } = [];

    /// <summary>Whether to fill <see cref="SeenRows"/>, which allocates.</summary>
    public bool Records { get; set; }

    /// <summary>Threads that ran a part of a pass.</summary>
    public ConcurrentDictionary<int, bool> Threads { get; } = [];

    /// <summary>Called with the first row of each range that runs forward.</summary>
    public Action<int>? OnForwardRows { get; set; }

    public ReadOnlySpan<T> Parameters => _parameters;

    private int Steps => Math.Max(1, _shape.TimeSteps);

    private int BiasOffset => _shape.Features * _shape.Units + FrozenLength;

    public void UpdateParameters<TArg>(TArg arg, SpanAction<T, TArg> update) => update(_parameters, arg);

    public T[][] GetWeights() => throw new NotSupportedException();

    public void SetWeights(ReadOnlySpan<T[]> weights) => throw new NotSupportedException();

    public ModelWorkspace<T> CreateWorkspace() => new AffineWorkspace(Info);

    public ModelState<T> CreateState(int rows) => new AffineState(Info, rows);

    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs) => Compute(inputs, outputs, inputs.Length / _inputLength, 0, int.MaxValue, T.Zero);

    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs, ModelState<T> state)
    {
        Compute(inputs, outputs, inputs.Length / _inputLength, 0, int.MaxValue, state.Arena.Span[0]);
        state.Arena.Span[0] += T.One;
    }

    public void Forward(ReadOnlySpan<T> inputs, Span<T> outputs, ModelState<T>? state, ModelWorkspace<T> workspace, bool training)
    {
        BeginForward(inputs, state, workspace, training);
        ForwardRows(workspace, 0, Info.Batch);
        EndForward(outputs, state, workspace);
    }

    public void Backward(ReadOnlySpan<T> outputGradients, Span<T> inputGradients, ModelWorkspace<T> workspace)
    {
        BeginBackward(outputGradients, workspace, !inputGradients.IsEmpty);
        BackwardRows(workspace, 0, Info.Batch);
        ParameterGradients(workspace, 0, 1);
        EndBackward(inputGradients, workspace);
    }

    public void BeginForward(ReadOnlySpan<T> inputs, ModelState<T>? state, ModelWorkspace<T> workspace, bool training)
    {
        var w = (AffineWorkspace)workspace;
        if (inputs.Length % _inputLength != 0)
            throw new ArgumentException("rows", nameof(inputs));
        w.Begin(inputs.Length / _inputLength, training);
        inputs.CopyTo(w.Inputs);
        if (_shape.HasMask)
        {
            Span<T> mask = w.WritableOutputMask;
            for (int i = 0; i < mask.Length; i++)
                mask[i] = T.IsZero(inputs[i * _shape.Features]) ? T.Zero : T.One;
        }

        w.Carried = state is null ? T.Zero : state.Arena.Span[0];
        if (Records && training)
        {
            var rows = new T[w.Rows];
            for (int row = 0; row < w.Rows; row++)
                rows[row] = inputs[Position(row, 0, w.Rows) * _shape.Features];
            SeenRows.Add(rows);
        }
    }

    public void ForwardRows(ModelWorkspace<T> workspace, int first, int count)
    {
        Assert16(first, count);
        OnForwardRows?.Invoke(first);
        var w = (AffineWorkspace)workspace;
        Compute(w.Inputs, w.Outputs, w.Rows, first, count, w.Carried);
    }

    public void EndForward(Span<T> outputs, ModelState<T>? state, ModelWorkspace<T> workspace)
    {
        var w = (AffineWorkspace)workspace;
        w.Outputs.AsSpan(0, w.Rows * _outputLength).CopyTo(outputs);
        if (state is not null)
            state.Arena.Span[0] += T.One;
    }

    public void BeginBackward(ReadOnlySpan<T> outputGradients, ModelWorkspace<T> workspace, bool inputGradient)
    {
        var w = (AffineWorkspace)workspace;
        if (outputGradients.Length != w.Rows * _outputLength)
            throw new ArgumentException("rows", nameof(outputGradients));
        outputGradients.CopyTo(w.Upstream);
    }

    public void BackwardRows(ModelWorkspace<T> workspace, int first, int count)
    {
        Assert16(first, count);
        var w = (AffineWorkspace)workspace;
        int second = w.Rows * Steps * _shape.Units;
        for (int row = first; row < Math.Min(first + count, w.Rows); row++)
        {
            for (int t = 0; t < Steps; t++)
            {
                for (int unit = 0; unit < _shape.Units; unit++)
                {
                    int at = Position(row, t, w.Rows) * _shape.Units + unit;
                    w.Deltas[at] = w.Upstream[at];
                    if (_shape.HasSecondOutput)
                        w.Deltas[at] += T.CreateTruncating(2) * w.Upstream[second + at];
                }
            }
        }
    }

    public void ParameterGradients(ModelWorkspace<T> workspace, int part, int parts)
    {
        Threads[Environment.CurrentManagedThreadId] = true;
        var w = (AffineWorkspace)workspace;
        int units = _shape.Units;
        int positions = w.Rows * Steps;
        for (int k = part; k <= _shape.Features; k += parts)
        {
            for (int unit = 0; unit < units; unit++)
            {
                T sum = T.Zero;
                for (int p = 0; p < positions; p++)
                    sum += w.Deltas[p * units + unit] * (k == _shape.Features ? T.One : w.Inputs[p * _shape.Features + k]);
                w.Gradients[k == _shape.Features ? BiasOffset + unit : k * units + unit] = sum;
            }
        }
    }

    public void EndBackward(Span<T> inputGradients, ModelWorkspace<T> workspace)
    {
        if (!inputGradients.IsEmpty)
            throw new NotSupportedException();
    }

    private void Assert16(int first, int count)
    {
        Threads[Environment.CurrentManagedThreadId] = true;
        if (first % 16 != 0 || (count % 16 != 0 && first + count != Info.Batch))
            throw new ArgumentException($"Rows {first} + {count} do not start and end at blocks of 16.");
    }

    private int Position(int row, int step, int rows) => _shape.Layout == DataLayout.TimeMajor ? step * rows + row : row * Steps + step;

    private void Compute(ReadOnlySpan<T> inputs, Span<T> outputs, int rows, int first, int count, T carried)
    {
        int second = rows * Steps * _shape.Units;
        int offsets = rows * Steps * _shape.Features;
        for (int row = first; row < Math.Min((long)first + count, rows); row++)
        {
            for (int t = 0; t < Steps; t++)
            {
                int p = Position(row, t, rows);
                for (int unit = 0; unit < _shape.Units; unit++)
                {
                    T y = _parameters[BiasOffset + unit] + carried;
                    for (int k = 0; k < _shape.Features; k++)
                        y += inputs[p * _shape.Features + k] * _parameters[k * _shape.Units + unit];
                    if (_shape.HasSecondInput)
                        y += inputs[offsets + row * _shape.Units + unit];
                    outputs[p * _shape.Units + unit] = y;
                    if (_shape.HasSecondOutput)
                        outputs[second + p * _shape.Units + unit] = T.CreateTruncating(2) * y;
                }
            }
        }
    }

    private sealed class AffineWorkspace(ModelInfo info) : ModelWorkspace<T>(info, 0)
    {
        public T[] Inputs { get; } = new T[info.Batch * info.InputLength];

        public T[] Outputs { get; } = new T[info.Batch * info.OutputLength];

        public T[] Upstream { get; } = new T[info.Batch * info.OutputLength];

        public T[] Deltas { get; } = new T[info.Batch * info.Outputs[0].Length];

        public T Carried { get; set; }
    }

    private sealed class AffineState(ModelInfo info, int rows) : ModelState<T>(info, rows, new StateLayout { ArenaLength = 1 });
}

internal sealed record AffineShape(
    int Features,
    int Units,
    int Batch = 32,
    int TimeSteps = 0,
    DataLayout Layout = DataLayout.BatchMajor,
    bool IsStateful = false,
    bool HasSecondInput = false,
    bool HasSecondOutput = false,
    bool HasMask = false,
    RegularizerInfo? KernelPenalty = null,
    ConstraintInfo? KernelConstraint = null,
    string Name = "Affine");
