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
    /// <summary>Rows of the source before these, for messages: data that are read in pieces begin at 0 in each.</summary>
    public long Offset { get; set; }

    /// <summary>Rows at which a sequence starts, so that nothing is carried over from the batch before; null where the caller resets states.</summary>
    public bool[]? Restarts { get; init; }

    /// <summary>Resets what a batch must not carry on.</summary>
    /// <param name="state">The carried state, if there is one.</param>
    /// <param name="rows">The rows of the batch.</param>
    public void Restart(ModelState<T>? state, ReadOnlySpan<int> rows)
    {
        if (state is null || Restarts is null)
            return;
        for (int i = 0; i < rows.Length; i++)
        {
            if (Restarts[rows[i]])
                state.Reset(i);
        }
    }

    /// <summary>Whether an output is compared with anything.</summary>
    public bool HasTarget(int output) => output < Targets.Length && !Targets[output].IsEmpty;
}
