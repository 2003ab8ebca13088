using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>Batches of rows that are read as they are needed: see <see cref="StreamedDataSet{T}"/>.</summary>
internal sealed class StreamFeed<T> : BatchFeed<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IRowSource<T> _source;
    private readonly RowPrefetcher<T> _prefetcher;
    private readonly int? _stepsPerEpoch;
    private readonly int _batchSize;
    private readonly int[] _rows;

    // The pass that was begun last, rows taken of it, and whether it has no more; whether the source is at that place.
    private int _pass = -1;
    private long _taken;
    private bool _hasEnded = true;
    private bool _isOpen;
    private int _batch;

    /// <param name="stream">The data set.</param>
    /// <param name="info">The model.</param>
    /// <param name="loss">What says how long targets are; null where nobody asks for any.</param>
    /// <param name="batchSize">Rows of a batch; the last of a pass may have fewer.</param>
    /// <param name="stepsPerEpoch">Batches of an epoch; null for those of a pass.</param>
    /// <param name="classWeights">Weights of classes; null for none.</param>
    public StreamFeed(
        StreamedDataSet<T> stream, ModelInfo info, Loss? loss, int batchSize, int? stepsPerEpoch = null, IReadOnlyDictionary<int, double>? classWeights = null)
    {
        _source = stream.Source;
        _batchSize = batchSize;
        _stepsPerEpoch = stepsPerEpoch;
        _rows = [.. Enumerable.Range(0, batchSize)];
        Scaling = stream.Scaling;
        if (classWeights is not null && _source.HasSampleWeights)
            throw new ArgumentException("ClassWeights and sample weights are both set; one says what a row weighs.", nameof(classWeights));
        _prefetcher = new RowPrefetcher<T>(_source, () => new RowBlock<T>(info, loss, batchSize, _source.HasSampleWeights, classWeights), ThreadChoice.HasThreads);
    }

    public override int? Steps => _stepsPerEpoch ?? (_source.Rows is > 0 and var rows ? (rows - 1) / _batchSize + 1 : null);

    public override BoundDataSet<T> Shape => _prefetcher.Shape;

    public override string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"a stream of {_source.Rows?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} rows");

    public override void Begin(bool shuffles, int epoch, int batch)
    {
        _batch = batch;
        // An epoch is a pass, unless it goes on where a checkpoint was taken; of so many steps it goes on where the last one ended.
        if (_stepsPerEpoch is null && batch == 0)
            _hasEnded = true;
    }

    public override bool Next(out BoundDataSet<T> data, out ReadOnlySpan<int> rows)
    {
        data = Shape;
        rows = default;
        if (_batch == _stepsPerEpoch)
            return false;
        bool isFirst = _batch == 0, isNew = false;
        while (true)
        {
            if (_hasEnded)
            {
                if (!isFirst)
                    return false;
                (_pass, _taken, _hasEnded, _isOpen, isNew) = (_pass + 1, 0, false, false, true);
            }

            if (!_isOpen)
                _prefetcher.Begin(_pass, _taken);
            _isOpen = true;
            RowBlock<T> block = _prefetcher.Next();
            _hasEnded = block.IsLast;
            if (block.Count > 0)
            {
                _taken += block.Count;
                _batch++;
                data = block.Data;
                rows = _rows.AsSpan(0, block.Count);
                return true;
            }

            if (isNew)
                throw new InvalidOperationException($"The data source gave no row in pass {_pass + 1}.{(_pass > 0 ? " A source is read once for each epoch: can it be read again?" : "")}");
        }
    }

    public override void Checkpoint(CheckpointPart part)
    {
        part.Keep("pass", ref _pass);
        part.Keep("rows", ref _taken);
        part.Keep("has_ended", ref _hasEnded);
        if (part.IsRestored)
            _isOpen = false;
    }

    public override void Dispose() => _prefetcher.Dispose();
}
