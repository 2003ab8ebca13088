using System;
using System.Numerics;
using System.Threading;

namespace GenRnn;

/// <summary>Goes once through data in order, in inference mode.</summary>
internal sealed class EvaluationPass<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchRunner<T> _runner;

    public EvaluationPass(BatchRunner<T> runner, BatchFeed<T> feed, Meters<T> meters)
    {
        _runner = runner;
        Feed = feed;
        Meters = meters;
    }

    /// <summary>Where the batches come from.</summary>
    public BatchFeed<T> Feed { get; }

    /// <summary>The results of the last run.</summary>
    public Meters<T> Meters { get; }

    public void Run(CancellationToken cancellationToken)
    {
        Meters.Reset();
        Feed.Begin(shuffles: false, epoch: 0, batch: 0);
        while (Feed.Next(out BoundDataSet<T> data, out ReadOnlySpan<int> rows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _runner.Evaluate(data, rows, Meters);
        }
    }

    public void Dispose() => Feed.Dispose();
}
