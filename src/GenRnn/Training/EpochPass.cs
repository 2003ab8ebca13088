using System;
using System.Numerics;

namespace GenRnn;

/// <summary>The batches of one training epoch after the other, and what they have given.</summary>
internal sealed class EpochPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RowOrder _order;
    private readonly int _batchSize;
    private readonly int _seed;

    public EpochPass(BoundDataSet<T> data, Meters<T> meters, int batchSize, FitOptions options)
    {
        Data = data;
        Meters = meters;
        _batchSize = batchSize;
        _seed = options.Seed;
        _order = new RowOrder(data.First, data.Rows);
        int all = (data.Rows - 1) / batchSize + 1;
        Steps = options.StepsPerEpoch ?? all;
        if (Steps > all)
            throw new ArgumentException($"StepsPerEpoch = {Steps}, but {data.Rows} rows are {all} batches of {batchSize}.", nameof(options));
    }

    public BoundDataSet<T> Data { get; }

    public Meters<T> Meters { get; }

    /// <summary>Number of batches.</summary>
    public int Steps { get; }

    /// <summary>Puts the rows in the order that an epoch's number gives.</summary>
    public void Order(bool shuffles, int epoch)
    {
        if (shuffles)
            _order.Shuffle(_seed, epoch);
    }

    /// <summary>The rows of a batch, from 0; the last may have fewer.</summary>
    public ReadOnlySpan<int> Rows(int batch) => _order.Slice(batch * _batchSize, Math.Min(_batchSize, Data.Rows - batch * _batchSize));
}
