using System;
using System.IO;

namespace GenRnn;

/// <summary>
/// A file that is written beside its target and takes its place in one step, by <see cref="Commit"/>. Whatever goes wrong before, an older file of that
/// name stays whole. A target that is a symbolic link stays one: what it leads to is replaced.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const string Suffix = ".gen.tmp";

    // Leaves room for the rest of the name in the 255 bytes that file systems allow.
    private const int NameLength = 60;

    // Each meets another process within a moment of microseconds.
    private const int MaximumAttempts = 100;

    private readonly string _target;
    private readonly string _temporary;
    private bool _isCommitted;

    /// <summary>Begins a file. Temporary files that dead processes left for the same target are removed.</summary>
    /// <param name="path">The target.</param>
    /// <exception cref="IOException">The target is a folder, or its folder does not exist (a <see cref="DirectoryNotFoundException"/>).</exception>
    public AtomicFile(string path)
    {
        string full = Path.GetFullPath(path);
        _target = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        string folder = Path.GetDirectoryName(_target) ?? throw new IOException("it is a folder");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"the folder '{folder}' does not exist");
        if (Directory.Exists(_target))
            throw new IOException("it is a folder");

        // A rename is atomic only inside one file system, so the temporary file is a neighbour.
        string name = Path.GetFileName(_target);
        string prefix = $".{(name.Length <= NameLength ? name : name[..NameLength])}.";
        RemoveStale(folder, prefix);
        (Stream, _temporary) = Create(Path.Combine(folder, prefix));
    }

    /// <summary>What will be the file.</summary>
    public FileStream Stream { get; }

    /// <summary>Puts the file in its target's place, with the permissions of what was there, and on the disk.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        if (OperatingSystem.IsWindows())
        {
            Stream.Dispose();
            // Keeps attributes and access rights.
            if (File.Exists(_target))
                File.Replace(_temporary, _target, null);
            else
                File.Move(_temporary, _target);
        }
        else
        {
            // Under its lock until it has its name, so that nobody takes it for stale.
            File.Move(_temporary, _target, overwrite: true);
            // .NET opens no folders, so a folder cannot be flushed by itself. A rename changes the file as well: flushing that once more
            // takes along the journal's entry of the rename, in ext4, XFS and Btrfs.
            Stream.Flush(flushToDisk: true);
        }

        _isCommitted = true;
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted)
            File.Delete(_temporary);
    }

    private (FileStream Stream, string Path) Create(string prefix)
    {
        // Without a buffer nothing is left to be written, and to fail once more, when a file is given up.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(_target) ? null : File.GetUnixFileMode(_target);
        // From the start, so that what may not be read by all never can.
        if (!OperatingSystem.IsWindows() && mode is not null)
            options.UnixCreateMode = mode;
        for (int attempt = 1; ; attempt++)
        {
            string temporary = prefix + Path.GetRandomFileName()[..8] + Suffix;
            FileStream stream;
            try
            {
                stream = new FileStream(temporary, options);
            }
            catch (IOException) when (attempt < MaximumAttempts)
            {
                // Another process found it between its creation and its lock, and took it for stale.
                continue;
            }

            // Or found it, and has removed it already. From here on nobody does.
            if (!File.Exists(temporary) && attempt < MaximumAttempts)
            {
                stream.Dispose();
                continue;
            }

            // The mask of the process took bits away.
            if (!OperatingSystem.IsWindows() && mode is { } wanted)
                File.SetUnixFileMode(stream.SafeFileHandle, wanted);
            return (stream, temporary);
        }
    }

    /// <summary>A process that lives holds the lock of what it writes, wherever it runs; one that died holds none.</summary>
    private static void RemoveStale(string folder, string prefix)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*" + Suffix))
        {
            string name = Path.GetFileName(path);
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || name.Length != prefix.Length + 8 + Suffix.Length)
                continue;
            try
            {
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is being written, or belongs to somebody else: then it is no business of this call.
            }
        }
    }
}
