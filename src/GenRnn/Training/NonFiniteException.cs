using System;

namespace GenRnn;

/// <summary>A loss, a gradient or a weight became infinite or not a number in training, and <see cref="FitOptions.OnNonFinite"/> is <see cref="NonFinite.Stop"/>.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    internal NonFiniteException(string message, int epoch, int batch, int? row)
        : base(message)
    {
        Epoch = epoch;
        Batch = batch;
        Row = row;
    }

    /// <summary>Which epoch, from 1; 0 in <see cref="Trainer{T}.TrainOnBatch"/>.</summary>
    public int Epoch { get; }

    /// <summary>Which batch of the epoch, from 1.</summary>
    public int Batch { get; }

    /// <summary>The first row of the batch that does it alone, numbered from 0 as in the arrays of the data set; null if none does (a sum overflowed, or the update did it), or if it can't be
    /// found: a gradient of a stateful model.</summary>
    public int? Row { get; }
}
