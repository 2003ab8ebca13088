using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Batches of rows that are in memory.</summary>
internal sealed class MemoryFeed<T> : BatchFeed<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BoundDataSet<T> _data;
    private readonly RowOrder _order;
    private readonly int _batchSize;
    private readonly int _seed;
    private readonly int _steps;
    private readonly int _batchesOfPass;
    private readonly int _firstEpoch;
    private int _batch;
    private int _end;

    /// <param name="data">The rows.</param>
    /// <param name="batchSize">Rows of a batch; the last may have fewer.</param>
    /// <param name="stepsPerEpoch">Batches of an epoch; null for all.</param>
    /// <param name="seed">What random orders are drawn by.</param>
    /// <param name="firstEpoch">The number of the epoch that begins with the first batch.</param>
    /// <exception cref="ArgumentException">There are fewer batches.</exception>
    public MemoryFeed(BoundDataSet<T> data, int batchSize, int? stepsPerEpoch = null, int seed = 0, int firstEpoch = 0)
    {
        _data = data;
        _order = new RowOrder(data.First, data.Rows);
        _batchSize = batchSize;
        _seed = seed;
        _firstEpoch = firstEpoch;
        _batchesOfPass = (data.Rows - 1) / batchSize + 1;
        _steps = stepsPerEpoch ?? _batchesOfPass;
        if (_steps > _batchesOfPass)
            throw new ArgumentException($"StepsPerEpoch = {_steps}, but {data.Rows} rows are {_batchesOfPass} batches of {batchSize}.", "options");
    }

    public override int? Steps => _steps;

    public override BoundDataSet<T> Shape => _data;

    public override string Fingerprint => DataFingerprint.Of(_data);

    public override void Begin(bool shuffles, int epoch, int batch)
    {
        // A pass over the rows is as many epochs as it takes, of which the last one has what is left. Its order is that of its first epoch.
        int epochsOfPass = (_batchesOfPass - 1) / _steps + 1;
        int epochInPass = (epoch - _firstEpoch) % epochsOfPass;
        if (shuffles)
            _order.Shuffle(_seed, epoch - epochInPass);
        int start = epochInPass * _steps;
        _batch = start + batch;
        _end = Math.Min(start + _steps, _batchesOfPass);
    }

    public override bool Next(out BoundDataSet<T> data, out ReadOnlySpan<int> rows)
    {
        data = _data;
        if (_batch == _end)
        {
            rows = default;
            return false;
        }

        rows = _order.Slice(_batch * _batchSize, Math.Min(_batchSize, _data.Rows - _batch * _batchSize));
        _batch++;
        return true;
    }
}
