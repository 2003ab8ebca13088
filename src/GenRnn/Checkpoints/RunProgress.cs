using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace GenRnn;

/// <summary>How far a training has come.</summary>
/// <param name="firstEpoch">Where it begins, from 0.</param>
/// <param name="epochs">Where it ends.</param>
/// <param name="clock">The clock behind durations.</param>
internal sealed class RunProgress(int firstEpoch, int epochs, TimeProvider clock)
{
    private int _epoch = firstEpoch;
    private int _batch;
    private long _batches;
    private long _elapsedBefore;
    private long _start;

    /// <summary>The epoch that runs, or is next.</summary>
    public int Epoch => _epoch;

    /// <summary>Batches of the epoch that are done. An epoch that has none has not begun.</summary>
    public int Batch => _batch;

    /// <summary>Batches of all epochs that are done.</summary>
    public long Batches => _batches;

    /// <summary>Whether the epoch has begun and has not ended.</summary>
    public bool IsAmidEpoch => _batch > 0;

    /// <summary>How long the epoch has run, in processes before this one too.</summary>
    public TimeSpan Elapsed => new TimeSpan(_elapsedBefore) + clock.GetElapsedTime(_start);

    /// <summary>What the epochs so far gave.</summary>
    public List<EpochResult> Results { get; private set; } = [];

    /// <summary>The epoch begins, or goes on.</summary>
    public void StartClock() => _start = clock.GetTimestamp();

    /// <summary>Notes that a batch is done.</summary>
    public void EndBatch()
    {
        _batch++;
        _batches++;
    }

    /// <summary>Notes that an epoch is done.</summary>
    public void EndEpoch(EpochResult result)
    {
        Results.Add(result);
        _epoch++;
        (_batch, _elapsedBefore) = (0, 0);
    }

    public void Checkpoint(CheckpointPart part)
    {
        part.Keep("epoch", ref _epoch, epochs, done => string.Create(CultureInfo.InvariantCulture, $"The training has done {done} epochs, and Epochs is {epochs}."));
        part.Keep("batch", ref _batch);
        part.Keep("batches", ref _batches);
        long elapsed = IsAmidEpoch ? Elapsed.Ticks : 0;
        part.Keep("elapsed", ref elapsed);
        _elapsedBefore = part.IsRestored ? elapsed : _elapsedBefore;
        KeepResults(part.Part("history"));
    }

    /// <summary>A table with a row for each epoch and a column for each result, and beside it where it has holes.</summary>
    private void KeepResults(CheckpointPart part)
    {
        string[] columns = [.. Results.SelectMany(result => result.Logs.Select(entry => entry.Key)).Distinct().Order(StringComparer.Ordinal)];
        string? names = string.Join('\n', columns);
        double[]? ticks = [.. Results.Select(result => (double)result.Duration.Ticks)];
        double[]? values = [.. Results.SelectMany(result => columns.Select(name => result.Logs.TryGetValue(name, out double value) ? value : 0))];
        double[]? isThere = [.. Results.SelectMany(result => columns.Select(name => result.Logs.TryGetValue(name, out _) ? 1.0 : 0))];
        part.Keep("names", ref names);
        part.Keep("ticks", ref ticks);
        part.Keep("values", ref values);
        part.Keep("is_there", ref isThere);
        if (!part.IsRestored)
            return;

        columns = names is { Length: > 0 } ? names.Split('\n') : [];
        if (ticks is null || values?.Length != ticks.Length * columns.Length || isThere?.Length != values.Length)
            throw new InvalidDataException("The history's parts do not fit together.");
        Results = [];
        for (int row = 0; row < ticks.Length; row++)
        {
            var logs = new List<KeyValuePair<string, double>>();
            for (int column = 0; column < columns.Length; column++)
            {
                int place = row * columns.Length + column;
                if (isThere[place] != 0)
                    logs.Add(new(columns[column], values[place]));
            }

            Results.Add(new EpochResult(_epoch - ticks.Length + row + 1, epochs, new TimeSpan((long)ticks[row]), new Logs(logs)));
        }
    }
}
