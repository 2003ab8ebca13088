using System;
using System.Numerics;

namespace GenRnn;

/// <summary>The batches of one epoch after the other, from memory or from a stream.</summary>
internal abstract class BatchFeed<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Batches of an epoch; null if nobody knows.</summary>
    public abstract int? Steps { get; }

    /// <summary>Which inputs and targets there are; the rows of the first batches, or memory for them.</summary>
    public abstract BoundDataSet<T> Shape { get; }

    /// <summary>What scaled the data.</summary>
    public Scaling? Scaling { get; init; }

    /// <summary>What a checkpoint knows the data by.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Starts an epoch, or goes on with it.</summary>
    /// <param name="shuffles">Whether rows come in a random order.</param>
    /// <param name="epoch">The epoch's number, which gives that order.</param>
    /// <param name="batch">Batches of the epoch that are done.</param>
    public abstract void Begin(bool shuffles, int epoch, int batch);

    /// <summary>The next batch of the epoch; false at its end.</summary>
    /// <param name="data">Where its rows are.</param>
    /// <param name="rows">Which they are. Valid until the next call.</param>
    public abstract bool Next(out BoundDataSet<T> data, out ReadOnlySpan<int> rows);

    /// <summary>Shows a checkpoint where the feed is, as far as epoch and batch do not say it.</summary>
    public virtual void Checkpoint(CheckpointPart part)
    {
    }

    public virtual void Dispose()
    {
    }
}
