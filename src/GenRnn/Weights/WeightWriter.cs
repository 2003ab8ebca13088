using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Writes weights in the form of a safetensors file.</summary>
internal static class WeightWriter
{
    private const int PieceLength = 1 << 18;

    /// <summary>Writes all parameters of a model from the stream's position on.</summary>
    public static void Write<T>(Stream stream, ModelInfo info, ReadOnlySpan<T> parameters, Scaling? scaling)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The order of the reference library: by alignment, which is one here, then by name.
        List<VariableInfo> variables = [.. info.Variables];
        variables.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        T[] scratch = BitConverter.IsLittleEndian ? [] : new T[PieceLength];
        var checksum = new DataChecksum();
        foreach ((int offset, int length) in Pieces(variables))
            checksum.Append(LittleEndian.ToFileBytes(parameters.Slice(offset, length), scratch));

        byte[] json = HeaderOf<T>(info, variables, checksum, scaling).ToBytes();
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        stream.Write(prefix);
        stream.Write(json);
        foreach ((int offset, int length) in Pieces(variables))
            stream.Write(LittleEndian.ToFileBytes(parameters.Slice(offset, length), scratch));
    }

    private static SafetensorsHeader HeaderOf<T>(ModelInfo info, List<VariableInfo> variables, DataChecksum checksum, Scaling? scaling)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var header = new SafetensorsHeader();
        header.Metadata.Add(WeightFormat.VersionKey, WeightFormat.Version);
        header.Metadata.Add(WeightFormat.ModelKey, info.Name);
        header.Metadata.Add(WeightFormat.ArchitectureHashKey, info.ArchitectureHash);
        if (info.Architecture.Count > 0)
            header.Metadata.Add(WeightFormat.ArchitectureKey, string.Join('\n', info.Architecture));
        header.Metadata.Add(WeightFormat.VariablesKey, string.Join('\n', Paths(info)));
        header.Metadata.Add(WeightFormat.ChecksumKey, checksum.ToString());
        if (scaling is not null)
            header.Metadata.Add(WeightFormat.ScalingKey, scaling.ToString());
        long position = 0;
        foreach (VariableInfo variable in variables)
        {
            long end = position + (long)variable.Length * Unsafe.SizeOf<T>();
            header.Entries.Add(variable.Path, new SafetensorsEntry(
                variable.Path, WeightFormat.TypeName<T>(), Array.ConvertAll(variable.Shape, axis => (long)axis), position, end));
            position = end;
        }

        return header;
    }

    private static IEnumerable<string> Paths(ModelInfo info)
    {
        foreach (VariableInfo variable in info.Variables)
            yield return variable.Path;
    }

    private static IEnumerable<(int Offset, int Length)> Pieces(List<VariableInfo> variables)
    {
        foreach (VariableInfo variable in variables)
        {
            for (int start = 0; start < variable.Length; start += PieceLength)
                yield return (variable.Offset + start, Math.Min(PieceLength, variable.Length - start));
        }
    }
}
