using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>The weights of a model as a safetensors file: one tensor a variable, named by its Keras path.</summary>
internal static class WeightFile
{
    private const string VersionKey = "format_version";
    private const string ModelKey = "model";
    private const string ArchitectureKey = "architecture_hash";
    private const string Version = "1";

    /// <summary>Writes a file. Whatever goes wrong, an older file of that name stays whole.</summary>
    public static void Save<T>(string path, ModelInfo info, ReadOnlySpan<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        // A rename is atomic only inside one file system, so the temporary file is a neighbour.
        string temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}.tmp");
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            using (stream)
            {
                Write(stream, info, parameters);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads the parameters of a model.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model.</exception>
    public static T[] Load<T>(string path, ModelInfo info)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return Read<T>(stream, info);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"Cannot load '{path}': the file ended early.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"Cannot load '{path}': {exception.Message}", exception);
        }
    }

    private static void Write<T>(Stream stream, ModelInfo info, ReadOnlySpan<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var header = new SafetensorsHeader();
        header.Metadata.Add(VersionKey, Version);
        header.Metadata.Add(ModelKey, info.Name);
        header.Metadata.Add(ArchitectureKey, info.ArchitectureHash);

        // The order of the reference library: by alignment, which is one here, then by name.
        List<VariableInfo> variables = [.. info.Variables];
        variables.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        long position = 0;
        foreach (VariableInfo variable in variables)
        {
            long end = position + (long)variable.Length * Unsafe.SizeOf<T>();
            header.Entries.Add(variable.Path, new SafetensorsEntry(
                variable.Path, TypeName<T>(), Array.ConvertAll(variable.Shape, axis => (long)axis), position, end));
            position = end;
        }

        byte[] json = header.ToBytes();
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        stream.Write(prefix);
        stream.Write(json);
        foreach (VariableInfo variable in variables)
            stream.Write(LittleEndian.AsFileBytes<T>(parameters.Slice(variable.Offset, variable.Length).ToArray()));
    }

    private static T[] Read<T>(Stream stream, ModelInfo info)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long available = stream.Length - sizeof(ulong);
        if (available < 0)
            throw new InvalidDataException($"Found {stream.Length} bytes; a safetensors file has at least {sizeof(ulong)}.");
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.MaximumLength || (long)headerLength > available)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"Found a header length of {headerLength} bytes; there are {available}, and the format allows {SafetensorsHeader.MaximumLength}."));
        }

        byte[] json = new byte[(int)headerLength];
        stream.ReadExactly(json);
        long dataStart = stream.Position;
        SafetensorsHeader header = SafetensorsHeader.Parse(json, available - (long)headerLength);
        CheckArchitecture(header, info);
        CheckTensors<T>(header, info);

        var parameters = new T[info.ParameterCount];
        foreach (VariableInfo variable in info.Variables)
        {
            Span<T> values = parameters.AsSpan(variable.Offset, variable.Length);
            stream.Position = dataStart + header.Entries[variable.Path].Begin;
            stream.ReadExactly(MemoryMarshal.AsBytes(values));
            LittleEndian.AsFileBytes(values);
        }

        return parameters;
    }

    private static void CheckArchitecture(SafetensorsHeader header, ModelInfo info)
    {
        if (!header.Metadata.TryGetValue(ArchitectureKey, out string? hash))
            throw new InvalidDataException($"The metadata has no '{ArchitectureKey}'; the file was not saved by a Gen model.");
        if (!header.Metadata.TryGetValue(VersionKey, out string? version) || version != Version)
            throw new InvalidDataException($"Found the format version '{version}'; this runtime reads '{Version}'.");
        if (hash != info.ArchitectureHash)
        {
            header.Metadata.TryGetValue(ModelKey, out string? model);
            throw new InvalidDataException(
                $"The file is of another architecture: found {hash} (saved by the model '{model}'), expected {info.ArchitectureHash} ('{info.Name}').");
        }
    }

    private static void CheckTensors<T>(SafetensorsHeader header, ModelInfo info)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (VariableInfo variable in info.Variables)
        {
            if (!header.Entries.TryGetValue(variable.Path, out SafetensorsEntry? entry))
                throw new InvalidDataException($"The tensor '{variable.Path}' is missing.");
            if (entry.Type != TypeName<T>())
                throw new InvalidDataException($"Found the type {entry.Type} for '{variable.Path}'; expected {TypeName<T>()}.");
            if (!entry.Shape.AsSpan().SequenceEqual(Array.ConvertAll(variable.Shape, axis => (long)axis)))
                throw new InvalidDataException($"Found the shape {Format(entry.Shape)} for '{variable.Path}'; expected [{string.Join(", ", variable.Shape)}].");
            long length = (long)variable.Length * Unsafe.SizeOf<T>();
            if (entry.End - entry.Begin != length)
                throw new InvalidDataException($"Found {entry.End - entry.Begin} bytes for '{variable.Path}'; its shape and type need {length}.");
        }

        if (header.Entries.Count == info.Variables.Count)
            return;
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (VariableInfo variable in info.Variables)
            known.Add(variable.Path);
        foreach (string name in header.Entries.Keys)
        {
            if (!known.Contains(name))
                throw new InvalidDataException($"The tensor '{name}' is no variable of the model '{info.Name}'.");
        }
    }

    private static string Format(long[] shape) =>
        "[" + string.Join(", ", Array.ConvertAll(shape, axis => axis.ToString(CultureInfo.InvariantCulture))) + "]";

    private static string TypeName<T>() => typeof(T) == typeof(float) ? "F32" : "F64";
}
