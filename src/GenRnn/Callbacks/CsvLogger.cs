using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace GenRnn;

/// <summary>Writes the results of each epoch as a line of a file: Keras' <c>CSVLogger</c>.</summary>
/// <remarks>The first line names the columns: <c>epoch</c>, from 0, then the results, sorted. Lines end in CR LF. A result that an epoch does not have is <c>NA</c>.</remarks>
/// <param name="path">The file.</param>
/// <exception cref="ArgumentException">There is no path.</exception>
public sealed class CsvLogger(string path) : Callback
{
    private readonly string _path = string.IsNullOrEmpty(path) ? throw new ArgumentException("Found no path.", nameof(path)) : path;
    private List<string>? _columns;

    /// <summary>What stands between two columns: a comma unless set.</summary>
    public string Separator { get; init; } = ",";

    /// <summary>Whether lines are added to a file that exists rather than a new one begun.</summary>
    public bool Append { get; init; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun training)
    {
        _columns = null;
        if (training?.IsResumed == true)
            return;
        if (Append && File.Exists(_path) && File.ReadLines(_path).FirstOrDefault() is { Length: > 0 } first)
            _columns = [.. first.Split(Separator).Skip(1)];
        else
            File.WriteAllText(_path, "");
    }

    /// <inheritdoc/>
    public override void OnCheckpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        string? columns = _columns is null ? null : string.Join('\n', _columns);
        long length = File.Exists(_path) ? new FileInfo(_path).Length : 0;
        part.Require(nameof(Separator), Separator);
        part.Keep("columns", ref columns);
        part.Keep("length", ref length);
        if (!part.IsRestored)
            return;
        _columns = columns is null ? null : [.. columns.Split('\n')];
        // What was written behind the checkpoint is written again.
        using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write);
        file.SetLength(Math.Min(length, file.Length));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string line = "";
        if (_columns is null)
        {
            _columns = [.. result.Logs.Select(entry => entry.Key)];
            line = string.Join(Separator, _columns.Prepend("epoch")) + "\r\n";
        }

        IEnumerable<string> values = _columns.Select(name => result.Logs.TryGetValue(name, out double value) ? NumberText.Shortest(value) : "NA");
        File.AppendAllText(_path, line + string.Join(Separator, values.Prepend(epoch.ToString(CultureInfo.InvariantCulture))) + "\r\n");
    }
}
