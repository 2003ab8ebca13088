using System;
using System.Globalization;
using System.IO;
using System.Threading;

namespace GenRnn;

/// <summary>An event file that grows: opened at its first record, named as TensorFlow names them.</summary>
/// <param name="folder">Its folder, which is made if need be.</param>
internal sealed class EventFile(string folder) : IDisposable
{
    private static int s_count;

    private FileStream? _stream;
    private string? _name;

    /// <summary>Adds one number.</summary>
    public void Scalar(DateTimeOffset time, long step, string tag, double value) => Write(time, EventRecord.Scalar(Seconds(time), step, tag, value));

    /// <summary>Adds a histogram.</summary>
    public void Histogram(DateTimeOffset time, long step, string tag, Histogram histogram) => Write(time, EventRecord.Histogram(Seconds(time), step, tag, histogram.ToBuckets()));

    /// <summary>Gives what was added to the operating system: a reader sees it then.</summary>
    public void Flush() => _stream?.Flush();

    /// <summary>Shows a checkpoint which file it is and how far it is written. What was written behind the checkpoint is cut off, and written again.</summary>
    public void Checkpoint(CheckpointPart part)
    {
        Flush();
        string? name = _name;
        long length = _stream?.Length ?? 0;
        part.Keep("name", ref name);
        part.Keep("length", ref length);
        if (!part.IsRestored || name is null)
            return;
        Dispose();
        _name = Path.GetFileName(name);
        Directory.CreateDirectory(folder);
        _stream = new FileStream(Path.Combine(folder, _name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        _stream.SetLength(Math.Min(length, _stream.Length));
        _stream.Seek(0, SeekOrigin.End);
    }

    public void Dispose()
    {
        _stream?.Dispose();
        (_stream, _name) = (null, null);
    }

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    private void Write(DateTimeOffset time, byte[] record)
    {
        if (_stream is null)
        {
            Directory.CreateDirectory(folder);
            _name = string.Create(
                CultureInfo.InvariantCulture, $"events.out.tfevents.{time.ToUnixTimeSeconds():0000000000}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_count) - 1}.v2");
            _stream = new FileStream(Path.Combine(folder, _name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            _stream.Write(EventRecord.Version(time.ToUnixTimeSeconds()));
        }

        _stream.Write(record);
    }
}
