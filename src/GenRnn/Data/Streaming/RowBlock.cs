using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.ExceptionServices;

namespace GenRnn;

/// <summary>Memory for the rows of one batch that was read ahead. Filled again and again.</summary>
internal sealed class RowBlock<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelInfo _info;
    private readonly Loss? _loss;
    private readonly IReadOnlyDictionary<int, double>? _classWeights;

    /// <param name="info">The model.</param>
    /// <param name="loss">What says how long targets are; null for none.</param>
    /// <param name="capacity">Rows.</param>
    /// <param name="hasWeights">Whether rows have weights.</param>
    /// <param name="classWeights">Weights of classes; null for none.</param>
    public RowBlock(ModelInfo info, Loss? loss, int capacity, bool hasWeights, IReadOnlyDictionary<int, double>? classWeights)
    {
        _info = info;
        _loss = loss;
        _classWeights = classWeights;
        Capacity = capacity;
        Row = new DataRow<T>(this);
        var inputs = new List<int>();
        foreach (TensorInfo input in info.Inputs)
        {
            if (!input.IsLengths)
                inputs.Add(input.Length);
        }

        InputLengths = [.. inputs];
        Inputs = Array.ConvertAll(InputLengths, length => new T[checked(capacity * length)]);
        Lengths = new int[Inputs.Length][];
        int next = -1;
        foreach (TensorInfo input in info.Inputs)
        {
            if (input.IsLengths)
                Lengths[next] = new int[capacity];
            else
                Lengths[++next] = [];
        }

        TargetLengths = new int[loss is null ? 0 : info.Outputs.Count];
        for (int i = 0; i < TargetLengths.Length; i++)
            TargetLengths[i] = loss!.TargetLength(info.Outputs[i]);
        Targets = Array.ConvertAll(TargetLengths, length => new T[checked(capacity * length)]);
        int perRow = classWeights is null ? 1 : Math.Max(1, info.Outputs[0].TimeSteps);
        Weights = hasWeights || classWeights is not null ? new T[checked(capacity * perRow)] : [];
        Data = new BoundDataSet<T>(
            Array.ConvertAll<T[], RowSource<T>>(Inputs, values => new ArrayRows<T>(values)), Array.ConvertAll(Lengths, l => new ReadOnlyMemory<int>(l)),
            Array.ConvertAll<T[], RowSource<T>>(Targets, values => new ArrayRows<T>(values)), Weights, perRow, 0, capacity);
    }

    /// <summary>The place that readers write to.</summary>
    public DataRow<T> Row { get; }

    public T[][] Inputs { get; }

    public int[] InputLengths { get; }

    public int[][] Lengths { get; }

    public T[][] Targets { get; }

    public int[] TargetLengths { get; }

    public T[] Weights { get; }

    /// <summary>Rows that it has room for.</summary>
    public int Capacity { get; }

    /// <summary>Rows that it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the pass ends behind its rows.</summary>
    public bool IsLast { get; private set; }

    /// <summary>What went wrong in reading it.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>The rows as a data set.</summary>
    public BoundDataSet<T> Data { get; }

    /// <summary>Reads rows until the block is full or the pass ends.</summary>
    /// <param name="reader">The pass.</param>
    /// <param name="before">Rows of the pass before this block.</param>
    public void Fill(IRowReader<T> reader, long before)
    {
        Count = 0;
        IsLast = false;
        Failure = null;
        Data.Offset = before;
        Array.Fill(Weights, T.One);
        while (Count < Capacity)
        {
            if (!reader.Read(Row.At(Count)))
            {
                IsLast = true;
                break;
            }

            Check(Count);
            Count++;
        }

        // A model's state is carried row by row: it would be at a loss with fewer.
        if (_info.IsStateful && Count is > 0 and var rows && rows < Capacity)
            throw new ArgumentException($"{_info.Name} is stateful and needs full batches: the source's last one has {rows} rows of {Capacity}.");
        if (_classWeights is not null)
            WeighClasses();
    }

    /// <summary>Notes that nothing more can be read.</summary>
    public void Fail(Exception exception)
    {
        Count = 0;
        IsLast = true;
        Failure = ExceptionDispatchInfo.Capture(exception);
    }

    private void Check(int row)
    {
        int next = -1;
        foreach (TensorInfo input in _info.Inputs)
        {
            int steps = input.TimeSteps;
            if (!input.IsLengths)
                next++;
            else if (Lengths[next][row] is var length && (length < 1 || length > InputSteps(next)))
                throw new ArgumentException($"{_info.Name}: row {Data.Offset + row} has a length of {length}; expected 1 to {InputSteps(next)}.");
        }

        if (Weights.Length == Capacity && _classWeights is null && T.IsZero(Weights[row]))
            return;
        for (int i = _info.HasOutputMask ? 1 : 0; i < Targets.Length; i++)
        {
            int length = TargetLengths[i];
            if (_loss!.FindWrongTarget<T>(Targets[i].AsSpan(row * length, length), 0, _info.Outputs[i]) is { } problem)
                throw new ArgumentException($"{_info.Name}, row {Data.Offset + row} of the source: {problem}");
        }
    }

    private int InputSteps(int input)
    {
        int next = -1;
        foreach (TensorInfo tensor in _info.Inputs)
        {
            if (!tensor.IsLengths && ++next == input)
                return tensor.TimeSteps;
        }

        return 0;
    }

    private void WeighClasses()
    {
        int steps = Weights.Length / Capacity;
        int length = TargetLengths[0] / steps;
        for (int i = 0; i < Count * steps; i++)
            Weights[i] = ClassWeights.Of<T>(Targets[0].AsSpan(i * length, length), _classWeights!);
    }
}
