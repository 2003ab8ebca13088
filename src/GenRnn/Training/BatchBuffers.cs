using System;
using System.Numerics;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>
/// One batch in the model's layout: packed inputs and outputs (item after item, each rows x its length), targets, weights
/// and the gradient of the outputs.
/// </summary>
internal sealed class BatchBuffers<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelInfo _info;
    private readonly int[] _targetLengths;
    private readonly int _inputLength;
    private readonly int _outputLength;
    private readonly AlignedBuffer<T> _inputs;
    private readonly AlignedBuffer<T> _outputs;
    private readonly AlignedBuffer<T> _outputGradients;
    private readonly AlignedBuffer<T> _targets;
    private readonly AlignedBuffer<T> _rowWeights;
    private readonly AlignedBuffer<T> _positionWeights;
    private readonly AlignedBuffer<T> _counting;
    private readonly AlignedBuffer<T> _scratch;
    private bool _hasWeights;
    private int _weightsPerRow;

    public BatchBuffers(ModelInfo info, Loss loss, int capacity)
    {
        _info = info;
        _inputLength = info.InputLength;
        _outputLength = info.OutputLength;
        _targetLengths = new int[info.Outputs.Count];
        int allTargets = 0;
        int longestOutput = 0;
        int mostPositions = 0;
        for (int i = 0; i < _targetLengths.Length; i++)
        {
            _targetLengths[i] = loss.TargetLength(info.Outputs[i]);
            allTargets = checked(allTargets + _targetLengths[i]);
            longestOutput = Math.Max(longestOutput, info.Outputs[i].Length);
            mostPositions = Math.Max(mostPositions, PositionsPerRow(info.Outputs[i]));
        }

        _inputs = Buffer(capacity, _inputLength);
        _outputs = Buffer(capacity, _outputLength);
        _outputGradients = Buffer(capacity, _outputLength);
        _targets = Buffer(capacity, allTargets);
        _rowWeights = Buffer(capacity, mostPositions);
        _positionWeights = Buffer(capacity, mostPositions);
        _counting = Buffer(capacity, mostPositions);
        _scratch = Buffer(capacity, longestOutput, PredictionBatch<T>.ScratchPadding);
    }

    /// <summary>Rows of the batch.</summary>
    public int Rows { get; private set; }

    public ReadOnlySpan<T> Inputs => _inputs.Span[..(Rows * _inputLength)];

    public Span<T> Outputs => _outputs.Span[..(Rows * _outputLength)];

    public Span<T> OutputGradients => _outputGradients.Span[..(Rows * _outputLength)];

    /// <summary>Copies rows of a data set in.</summary>
    public void Gather(BoundDataSet<T> data, ReadOnlySpan<int> rows)
    {
        Rows = rows.Length;
        bool timeMajor = _info.Layout == DataLayout.TimeMajor;
        int start = 0;
        int source = -1;
        for (int i = 0; i < _info.Inputs.Count; i++)
        {
            TensorInfo input = _info.Inputs[i];
            Span<T> place = _inputs.Span.Slice(start, Rows * input.Length);
            // Lengths stand behind their input.
            if (input.IsLengths)
                GatherLengths(data.Lengths[source].Span, rows, place);
            else
                data.Inputs[++source].Gather(rows, input.TimeSteps, input.Length, timeMajor, place);
            start += Rows * input.Length;
        }

        start = 0;
        for (int i = 0; i < _targetLengths.Length; i++)
        {
            int length = _targetLengths[i];
            if (data.HasTarget(i))
                data.Targets[i].Gather(rows, _info.Outputs[i].TimeSteps, length, timeMajor, _targets.Span.Slice(start, Rows * length));
            start += Rows * length;
        }

        _hasWeights = !data.SampleWeights.IsEmpty;
        if (_hasWeights)
        {
            _weightsPerRow = data.WeightsPerRow;
            RowGather.BatchMajor(data.SampleWeights.Span, rows, _weightsPerRow, _rowWeights.Span);
        }
    }

    /// <summary>Targets and predictions of one output. Valid until the next call.</summary>
    /// <param name="output">Which output.</param>
    /// <param name="mask">1 for each of its positions that counts, 0 for one that is masked; empty if all count.</param>
    public PredictionBatch<T> Output(int output, ReadOnlySpan<T> mask)
    {
        TensorInfo tensor = _info.Outputs[output];
        int targetStart = 0;
        for (int i = 0; i < output; i++)
            targetStart += Rows * _targetLengths[i];
        int positions = Rows * PositionsPerRow(tensor);
        ReadOnlySpan<T> weights = _hasWeights ? PositionWeights(tensor, mask) : mask;
        return new PredictionBatch<T>(
            _targets.Span.Slice(targetStart, Rows * _targetLengths[output]),
            Outputs.Slice(OutputStart(output), Rows * tensor.Length),
            positions,
            weights,
            mask,
            _hasWeights ? Counting(weights) : mask,
            _scratch.Span);
    }

    /// <summary>The same, with no weight for all rows but one: its part of the sum. Allocates.</summary>
    public PredictionBatch<T> OutputOfRow(int output, int row, ReadOnlySpan<T> mask)
    {
        PredictionBatch<T> batch = Output(output, mask);
        var weights = new T[batch.Positions];
        int steps = PositionsPerRow(_info.Outputs[output]);
        for (int t = 0; t < steps; t++)
        {
            int position = _info.Layout == DataLayout.TimeMajor ? t * Rows + row : row * steps + t;
            weights[position] = batch.Weights.IsEmpty ? T.One : batch.Weights[position];
        }

        return new PredictionBatch<T>(batch.Targets, batch.Predictions, batch.Positions, weights, mask, default, batch.Scratch);
    }

    /// <summary>One output.</summary>
    public ReadOnlySpan<T> OutputOf(int output) => Outputs.Slice(OutputStart(output), Rows * _info.Outputs[output].Length);

    /// <summary>Where the gradient of one output goes.</summary>
    public Span<T> OutputGradient(int output) => OutputGradients.Slice(OutputStart(output), Rows * _info.Outputs[output].Length);

    // All later products of sizes are below one of these.
    private static AlignedBuffer<T> Buffer(int capacity, int perRow, int padding = 0)
    {
        long length = (long)capacity * perRow + padding;
        return length <= Array.MaxLength ? new AlignedBuffer<T>((int)length) : throw new ArgumentException(
            FormattableString.Invariant($"A batch of {capacity} rows of {perRow} values takes {length} values; an array holds at most {Array.MaxLength}. Train with a smaller BatchSize."));
    }

    private static int PositionsPerRow(TensorInfo output) => Math.Max(1, output.TimeSteps);

    private static void GatherLengths(ReadOnlySpan<int> lengths, ReadOnlySpan<int> rows, Span<T> destination)
    {
        for (int i = 0; i < rows.Length; i++)
            destination[i] = T.CreateTruncating(lengths[rows[i]]);
    }

    // The weight of a row counts for each of its time steps; masked ones have none.
    private ReadOnlySpan<T> PositionWeights(TensorInfo output, ReadOnlySpan<T> mask)
    {
        ReadOnlySpan<T> rowWeights = _rowWeights.Span;
        int steps = PositionsPerRow(output);
        Span<T> weights = _positionWeights.Span[..(Rows * steps)];
        bool timeMajor = _info.Layout == DataLayout.TimeMajor;
        for (int t = 0; t < steps; t++)
        {
            for (int row = 0; row < Rows; row++)
                weights[timeMajor ? t * Rows + row : row * steps + t] = rowWeights[_weightsPerRow == 1 ? row : row * _weightsPerRow + t];
        }

        for (int i = 0; i < mask.Length; i++)
            weights[i] = T.IsZero(mask[i]) ? T.Zero : weights[i];
        return weights;
    }

    private ReadOnlySpan<T> Counting(ReadOnlySpan<T> weights)
    {
        Span<T> counting = _counting.Span[..weights.Length];
        for (int i = 0; i < weights.Length; i++)
            counting[i] = T.IsZero(weights[i]) ? T.Zero : T.One;
        return counting;
    }

    private int OutputStart(int output)
    {
        int start = 0;
        for (int i = 0; i < output; i++)
            start += Rows * _info.Outputs[i].Length;
        return start;
    }
}
