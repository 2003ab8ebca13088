using System;

namespace GenRnn;

/// <summary>Copies rows of a row-first array into the layout of a model's batch.</summary>
internal static class RowGather
{
    /// <summary>Rows one after the other.</summary>
    /// <param name="source">[row][values].</param>
    /// <param name="rows">Which rows, in the order of the batch.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="destination">[batch row][values].</param>
    public static void BatchMajor<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> rows, int length, Span<T> destination)
    {
        for (int i = 0; i < rows.Length; i++)
            source.Slice(rows[i] * length, length).CopyTo(destination.Slice(i * length, length));
    }

    /// <summary>Time steps one after the other, each holding all rows.</summary>
    /// <param name="source">[row][time][feature].</param>
    /// <param name="rows">Which rows, in the order of the batch.</param>
    /// <param name="timeSteps">Number of time steps.</param>
    /// <param name="features">Values of a time step.</param>
    /// <param name="destination">[time][batch row][feature].</param>
    public static void TimeMajor<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> rows, int timeSteps, int features, Span<T> destination)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<T> row = source.Slice(rows[i] * timeSteps * features, timeSteps * features);
            for (int t = 0; t < timeSteps; t++)
                row.Slice(t * features, features).CopyTo(destination.Slice((t * rows.Length + i) * features, features));
        }
    }
}
