using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A data set that was checked against a model: rows [First, First + Rows) of its sources.</summary>
/// <param name="Inputs">A source an input, lengths not counted.</param>
/// <param name="Lengths">Lengths of the rows of each of them; empty where it has none.</param>
/// <param name="Targets">A source an output.</param>
/// <param name="SampleWeights">A weight a row, or one for each time step of each row; or empty.</param>
/// <param name="WeightsPerRow">How many weights a row has.</param>
/// <param name="First">First row.</param>
/// <param name="Rows">Number of rows.</param>
internal sealed record BoundDataSet<T>(
    RowSource<T>[] Inputs, ReadOnlyMemory<int>[] Lengths, RowSource<T>[] Targets, ReadOnlyMemory<T> SampleWeights, int WeightsPerRow, int First, int Rows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether an output is compared with anything.</summary>
    public bool HasTarget(int output) => output < Targets.Length && !Targets[output].IsEmpty;
}
