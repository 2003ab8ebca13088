using System;
using System.Numerics;
using System.Threading;

namespace GenRnn;

/// <summary>Goes once through a data set in order, in inference mode.</summary>
internal sealed class EvaluationPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchRunner<T> _runner;
    private readonly BoundDataSet<T> _data;
    private readonly RowOrder _order;
    private readonly int _batchSize;

    public EvaluationPass(BatchRunner<T> runner, BoundDataSet<T> data, Meters<T> meters, int batchSize)
    {
        _runner = runner;
        _data = data;
        _order = new RowOrder(data.First, data.Rows);
        _batchSize = batchSize;
        Meters = meters;
    }

    /// <summary>The results of the last run.</summary>
    public Meters<T> Meters { get; }

    public void Run(CancellationToken cancellationToken)
    {
        Meters.Reset();
        for (int start = 0; start < _data.Rows; start += _batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _runner.Evaluate(_data, _order.Slice(start, Math.Min(_batchSize, _data.Rows - start)), Meters);
        }
    }
}
