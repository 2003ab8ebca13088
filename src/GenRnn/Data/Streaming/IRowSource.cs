using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Rows that need not fit into memory: a file, a database, a generator.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
public interface IRowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of rows of a pass, for the progress line; null if nobody knows.</summary>
    int? Rows => null;

    /// <summary>Whether rows have weights: <see cref="DataRow{T}.Weight"/> then counts.</summary>
    bool HasSampleWeights => false;

    /// <summary>Begins a pass at the first row. Called by the thread that reads ahead, and by no other.</summary>
    /// <param name="pass">How many passes there were before: the same for equal trainings, so that an order that is drawn from it is the same again.</param>
    IRowReader<T> Open(int pass);
}

/// <summary>One pass through an <see cref="IRowSource{T}"/>.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
public interface IRowReader<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes the next row.</summary>
    /// <param name="row">Where to. It holds what an older row left there: write all of it.</param>
    /// <returns>False, and nothing is written, if there is no further row.</returns>
    bool Read(DataRow<T> row);
}
