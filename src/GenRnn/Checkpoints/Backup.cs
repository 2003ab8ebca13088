using System;
using System.IO;
using System.Linq;

namespace GenRnn;

/// <summary>The checkpoints of one training: the one that it goes on from, if there is one, and those that it writes.</summary>
internal sealed class Backup : IDisposable
{
    private readonly BackupAndRestore _settings;
    private readonly Precision _precision;
    private readonly Action<CheckpointPart> _keep;
    private readonly CheckpointReader? _reader;

    /// <summary>A checkpoint that is there is checked, and nothing changes.</summary>
    /// <param name="settings">What the options ask for.</param>
    /// <param name="precision">Element type of the model.</param>
    /// <param name="keep">Shows all that a checkpoint holds.</param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="NotSupportedException">Something can't be kept.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public Backup(BackupAndRestore settings, Precision precision, Action<CheckpointPart> keep)
    {
        _settings = settings;
        _precision = precision;
        _keep = keep;
        // What can't be kept is told before hours of training, not after.
        CheckpointWriter.Write(Stream.Null, precision, keep);
        WeightFile.RequireWritable(settings.Path);
        if (File.Exists(settings.Path))
            _reader = Open();
    }

    /// <summary>Whether there is a checkpoint to go on from.</summary>
    public bool Resumes => _reader is not null;

    /// <summary>What the options ask for; null if nothing.</summary>
    /// <exception cref="ArgumentException">The options ask for two.</exception>
    public static BackupAndRestore? SettingsOf(FitOptions options)
    {
        BackupAndRestore[] asked = [.. options.Callbacks.OfType<BackupAndRestore>()];
        if (asked.Length > 1)
            throw new ArgumentException($"Callbacks holds {asked.Length} of {nameof(BackupAndRestore)}; a training has one checkpoint.", nameof(options));
        return asked.Length == 0 ? null : asked[0];
    }

    /// <summary>Goes on from the checkpoint.</summary>
    public void Restore()
    {
        _reader?.Restore(_keep);
        _reader?.Dispose();
    }

    /// <summary>Writes a checkpoint if one is due after this batch of the training, from 1.</summary>
    public void EndBatch(long batch)
    {
        if (_settings.SaveFrequency is { } frequency && batch % frequency == 0)
            Write();
    }

    /// <summary>Writes a checkpoint if one is due at the end of an epoch.</summary>
    public void EndEpoch()
    {
        if (_settings.SaveFrequency is null)
            Write();
    }

    /// <summary>The training has ended.</summary>
    public void End()
    {
        if (_settings.DeleteCheckpoint)
            File.Delete(_settings.Path);
        else
            Write();
    }

    public void Dispose() => _reader?.Dispose();

    private CheckpointReader Open()
    {
        CheckpointReader? reader = null;
        try
        {
            reader = new CheckpointReader(_settings.Path, _precision);
            reader.Check(_keep);
            return reader;
        }
        catch (InvalidDataException exception)
        {
            reader?.Dispose();
            throw new InvalidDataException($"Cannot go on from the checkpoint '{_settings.Path}': {exception.Message} Nothing was changed. To train anew, delete the file.", exception);
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
    }

    private void Write() => WeightFile.Write(_settings.Path, stream => CheckpointWriter.Write(stream, _precision, _keep));
}
