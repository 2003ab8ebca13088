namespace GenRnn;

/// <summary>Rows of a data set that go on each other: row i of a batch continues row i of the one before, unless it restarts.</summary>
/// <param name="Tracks">Rows that lie side by side: those of a batch.</param>
/// <param name="Restarts">For each row, whether its sequence starts there.</param>
internal sealed record TrackOrder(int Tracks, bool[] Restarts)
{
    /// <summary>Refuses a model that does not carry as many rows.</summary>
    /// <param name="info">The model.</param>
    /// <param name="first">The first row that it gets.</param>
    /// <param name="rows">Makes the exception.</param>
    public void Check(ModelInfo info, int first, RowCount rows)
    {
        if (!info.IsStateful)
            throw rows.Error($"{info.Name} is not stateful: it would start each window of a track from zeros. Declare its recurrent layers with Stateful = true.");
        if (info.Batch != Tracks)
            throw rows.Error($"{info.Name} carries {info.Batch} rows, its Batch, from batch to batch; the data set has {Tracks} tracks.");
        if (first % Tracks != 0)
            throw rows.Error($"The view begins at row {first}, in the middle of a batch of {Tracks} tracks.");
    }
}
