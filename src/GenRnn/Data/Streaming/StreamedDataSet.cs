using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>A data set that is read while a model trains, and need not fit into memory: see <see cref="StreamedDataSet"/>.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <remarks>
/// Rows come in the source's order: shuffle there. One thread reads two batches ahead. An epoch is a pass; with <see cref="FitOptions.StepsPerEpoch"/> it is so many batches, and the next epoch goes on where it ended, as
/// Keras does with a generator. Where a pass ends within an epoch the epoch ends, and the next one begins another pass.
/// </remarks>
public sealed class StreamedDataSet<T> : DataSet
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="source">Where rows come from.</param>
    public StreamedDataSet(IRowSource<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Source = source;
    }

    /// <summary>Where rows come from.</summary>
    public IRowSource<T> Source { get; }

    /// <summary>What scaled the values; null if nothing did, or nobody knows.</summary>
    public Scaling? Scaling { get; init; }

    /// <inheritdoc/>
    public override Type ElementType => typeof(T);
}

/// <summary>Data sets that need not fit into memory.</summary>
public static class StreamedDataSet
{
    /// <summary>Of rows that are enumerated anew for each pass.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="hasSampleWeights">Whether <see cref="Sample{T}.Weight"/> counts.</param>
    public static StreamedDataSet<T> From<T>(IEnumerable<Sample<T>> rows, bool hasSampleWeights = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new StreamedDataSet<T>(new EnumeratedRows<T>(rows.GetEnumerator, hasSampleWeights));
    }

    /// <summary>Of rows that are enumerated anew, asynchronously, for each pass. The thread that reads ahead waits for them.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="hasSampleWeights">Whether <see cref="Sample{T}.Weight"/> counts.</param>
    public static StreamedDataSet<T> From<T>(IAsyncEnumerable<Sample<T>> rows, bool hasSampleWeights = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new StreamedDataSet<T>(new EnumeratedRows<T>(() => new WaitingEnumerator<Sample<T>>(rows.GetAsyncEnumerator()), hasSampleWeights));
    }

    /// <summary>Windows of a series that is enumerated anew for each pass: those of <see cref="WindowDataSet.Windows{T}(TimeSeries{T}, WindowOptions)"/>, in their order, with one window in memory.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="rows">Rows of the series, the oldest first.</param>
    /// <param name="columnNames">Names of their columns.</param>
    /// <param name="options">How to cut; <see cref="WindowOptions.Shuffle"/> is refused. A value that is not finite, or a row with other columns, ends training with an error that names it.</param>
    /// <exception cref="ArgumentException">An option does not fit.</exception>
    public static StreamedDataSet<T> Windows<T>(IEnumerable<T[]> rows, IReadOnlyList<string> columnNames, WindowOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new StreamedDataSet<T>(new StreamedWindows<T>(rows.GetEnumerator, columnNames, options));
    }

    /// <summary>As the other, of a series that is enumerated asynchronously.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="rows">Rows of the series, the oldest first.</param>
    /// <param name="columnNames">Names of their columns.</param>
    /// <param name="options">How to cut.</param>
    /// <exception cref="ArgumentException">An option does not fit.</exception>
    public static StreamedDataSet<T> Windows<T>(IAsyncEnumerable<T[]> rows, IReadOnlyList<string> columnNames, WindowOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new StreamedDataSet<T>(new StreamedWindows<T>(() => new WaitingEnumerator<T[]>(rows.GetAsyncEnumerator()), columnNames, options));
    }
}

/// <summary>One row for a model with one input and one output.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <param name="Input">The input: [time][feature], or [feature].</param>
/// <param name="Target">The target: as many values as the loss wants; empty for rows that are only predicted from.</param>
public readonly record struct Sample<T>(ReadOnlyMemory<T> Input, ReadOnlyMemory<T> Target)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The row's weight, in a data set that has weights; null is 1.</summary>
    public T? Weight { get; init; }

    /// <summary>Number of time steps, for an input that is declared with <c>Lengths = true</c>.</summary>
    public int Length { get; init; }
}
