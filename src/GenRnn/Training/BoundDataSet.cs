using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A data set that was checked against a model: rows [First, First + Rows) of its arrays.</summary>
internal sealed record BoundDataSet<T>(
    ReadOnlyMemory<T>[] Inputs, ReadOnlyMemory<T>[] Targets, ReadOnlyMemory<T> SampleWeights, int First, int Rows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether an output is compared with anything.</summary>
    public bool HasTarget(int output) => output < Targets.Length && !Targets[output].IsEmpty;
}
