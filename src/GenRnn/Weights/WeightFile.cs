using System;
using System.IO;
using System.Numerics;

namespace GenRnn;

/// <summary>The weights of a model as a safetensors file: one tensor a variable, named by its Keras path.</summary>
internal static class WeightFile
{
    /// <summary>Writes a file. Whatever goes wrong, an older file of that name stays whole.</summary>
    /// <exception cref="IOException">It cannot be written; the message names the path.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Save<T>(string path, ModelInfo info, ReadOnlySpan<T> parameters, Scaling? scaling)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = new AtomicFile(path);
            WeightWriter.Write(file.Stream, info, parameters, scaling);
            file.Commit();
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            throw NotSaved(path, exception);
        }
    }

    /// <summary>Writes a file of another content in the same way.</summary>
    /// <exception cref="IOException">It cannot be written; the message names the path.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        try
        {
            using var file = new AtomicFile(path);
            write(file.Stream);
            file.Commit();
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            throw NotSaved(path, exception);
        }
    }

    /// <summary>Requires that a file can be written: what would fail after hours of training is told before. Nothing is left behind.</summary>
    /// <exception cref="IOException">It cannot be written; the message names the path.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void RequireWritable(string path)
    {
        try
        {
            new AtomicFile(path).Dispose();
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            throw NotSaved(path, exception);
        }
    }

    /// <summary>Reads the parameters of a model.</summary>
    /// <param name="path">The file: a regular one, which has a length before it is read.</param>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All parameters. What they are after a refusal is nobody's weights.</param>
    /// <returns>What the training data were scaled by; null if the file says nothing about it.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, of another model, or no regular file.</exception>
    public static Scaling? Load<T>(string path, ModelInfo info, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            RegularFile.Require(path, "To read a pipe, load from a stream.");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
            return WeightReader.Read(new StreamSource(stream, mayGoOn: false), info, parameters);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"Cannot load '{path}': {exception.Message}", exception);
        }
    }

    // .NET's name for a write beyond a limit of file sizes is the last.
    private static bool IsOfDisk(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static Exception NotSaved(string path, Exception exception) => exception switch
    {
        DirectoryNotFoundException => new DirectoryNotFoundException($"Cannot save '{path}': {exception.Message}.", exception),
        ArgumentOutOfRangeException => new IOException($"Cannot save '{path}': the file is larger than is allowed here.", exception),
        IOException => new IOException($"Cannot save '{path}': {exception.Message.TrimEnd('.')}.", exception),
        _ => new UnauthorizedAccessException($"Cannot save '{path}': its folder, or what stands there, may not be written to.", exception),
    };
}
