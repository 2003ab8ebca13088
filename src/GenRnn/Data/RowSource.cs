using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Where the rows of an input or of a target come from: an array, or windows of a series. Nothing is copied before a batch is gathered.</summary>
internal abstract class RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether there is nothing: an output without a target.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>Checks that rows fit a tensor and counts them.</summary>
    /// <param name="rows">Collects the number of rows.</param>
    /// <param name="item">What is counted, for messages.</param>
    /// <param name="tensor">The input, or the output that is compared.</param>
    /// <param name="length">Values of a row.</param>
    public abstract void Count(RowCount rows, string item, TensorInfo tensor, int length);

    /// <summary>One row, as it stands or copied.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="scratch">Room for a row.</param>
    public abstract ReadOnlySpan<T> Row(int row, int length, Span<T> scratch);

    /// <summary>Adds what the rows are made of to a checksum: a checkpoint knows data by it.</summary>
    public abstract void AddTo(ref DataChecksum checksum);

    /// <summary>Copies rows into a batch.</summary>
    /// <param name="rows">Which rows, in the order of the batch.</param>
    /// <param name="timeSteps">Time steps of a row, 0 for a vector.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="timeMajor">Whether each time step holds all rows.</param>
    /// <param name="destination">The batch.</param>
    public abstract void Gather(ReadOnlySpan<int> rows, int timeSteps, int length, bool timeMajor, Span<T> destination);
}
