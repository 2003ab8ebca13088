using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;

namespace GenRnn;

/// <summary>Writes the weights after each epoch, or after those that are the best so far: Keras' <c>ModelCheckpoint</c>.</summary>
/// <remarks>
/// The path may hold <c>{epoch:02d}</c>, counted from 1 as in Keras, and results such as <c>{val_loss:.4f}</c>. A file is written beside its place and then renamed, so an older one stays whole until then.
/// A folder that is missing is made, as Keras makes it; where nothing can be written, that is told before the first epoch.
/// </remarks>
public sealed partial class ModelCheckpoint : Callback
{
    private const string Suffix = ".safetensors";

    private readonly string _path;
    private double _best;

    /// <param name="path">Where to write: a <c>.safetensors</c> file.</param>
    /// <exception cref="ArgumentException">The file's name ends in something else.</exception>
    public ModelCheckpoint(string path) => _path = RequireSuffix(path, "Weights are");

    /// <summary>The result that is watched: <c>val_loss</c> unless set.</summary>
    public string Monitor { get; init; } = "val_loss";

    /// <summary>Which way the result gets better.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>Whether to write only where the result is better than all before.</summary>
    public bool SaveBestOnly { get; init; }

    /// <summary>What the first result must beat; null, the default: nothing.</summary>
    public double? InitialValueThreshold { get; init; }

    private Monitored Monitored => new(Monitor, Mode);

    /// <inheritdoc/>
    /// <exception cref="IOException">No file can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">No file may be written there.</exception>
    public override void OnTrainBegin(TrainingRun training)
    {
        _best = InitialValueThreshold ?? Monitored.Worst;
        // A folder that is named by results is known when they are.
        if (Path.GetDirectoryName(_path) is { } folder && Place().IsMatch(folder))
            return;
        CreateFolder(_path);
        WeightFile.RequireWritable(_path);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(result);
        if (SaveBestOnly)
        {
            double value = Monitored.Of(result, nameof(ModelCheckpoint));
            if (!Monitored.IsBetter(value, _best, 0))
                return;
            _best = value;
        }

        string path = Place().Replace(_path, match => Text(match, epoch, result));
        CreateFolder(path);
        training.Save(path);
    }

    /// <inheritdoc/>
    public override void OnCheckpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.Require(nameof(Monitor), Monitor);
        part.Require(nameof(Mode), Mode.ToString());
        part.Require(nameof(SaveBestOnly), SaveBestOnly.ToString());
        part.Keep("best", ref _best);
    }

    /// <summary>The path, if it ends as a file of weights does.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal static string RequireSuffix(string path, string whatIs)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path.EndsWith(Suffix, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"{whatIs} written as {Suffix} files; found '{Path.GetFileName(path)}'.", nameof(path));
    }

    private static void CreateFolder(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }

    private static string Text(Match match, int epoch, EpochResult result)
    {
        string name = match.Groups["name"].Value;
        if (name == "epoch")
            return (epoch + 1).ToString(CultureInfo.InvariantCulture).PadLeft(match.Groups["width"].Success ? int.Parse(match.Groups["width"].Value, CultureInfo.InvariantCulture) : 0, '0');
        double value = result.Logs[name];
        return match.Groups["digits"].Success ? NumberText.Fixed(value, int.Parse(match.Groups["digits"].Value, CultureInfo.InvariantCulture)) : NumberText.Shortest(value);
    }

    [GeneratedRegex(@"\{(?<name>\w+)(:(0?(?<width>\d+)d|\.(?<digits>\d+)f))?\}")]
    private static partial Regex Place();
}
