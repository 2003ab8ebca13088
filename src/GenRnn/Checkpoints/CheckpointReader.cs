using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GenRnn;

/// <summary>A checkpoint that is read: its bytes are checked when it is opened, what it holds by <see cref="Check"/>, and only then is anything restored.</summary>
internal sealed class CheckpointReader : IDisposable
{
    private const int PieceLength = 1 << 18;

    private readonly SafeFileHandle _file;
    private readonly Precision _precision;
    private readonly Dictionary<string, string> _texts;
    private readonly Dictionary<string, SafetensorsEntry> _tensors;
    private readonly long _dataStart;

    /// <summary>Opens a file and checks its bytes.</summary>
    /// <exception cref="InvalidDataException">It is damaged, no checkpoint, or no regular file.</exception>
    public CheckpointReader(string path, Precision precision)
    {
        _precision = precision;
        RegularFile.Require(path);
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            long length = RandomAccess.GetLength(_file);
            byte[] json = ReadHeader(length);
            _dataStart = sizeof(ulong) + json.Length;
            CheckSum(json, length);
            _texts = SafetensorsHeader.ReadMetadata(json);
            _tensors = SafetensorsHeader.Parse(json, length - _dataStart).Entries;
            string? version = _texts.GetValueOrDefault(CheckpointFormat.VersionKey);
            if (version != CheckpointFormat.Version)
                throw new InvalidDataException($"It is a checkpoint of version '{ForeignText.Quote(version)}'; this runtime reads '{CheckpointFormat.Version}'.");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Checks that the checkpoint holds what is kept, nothing else, and agrees in what is required. Changes nothing.</summary>
    /// <exception cref="InvalidDataException">It does not; the message says in what.</exception>
    public void Check(Action<CheckpointPart> keep)
    {
        var content = new Checking(this);
        keep(new CheckpointPart(content));
        string? stranger = _texts.Keys.Concat(_tensors.Keys)
            .FirstOrDefault(name => name is not (CheckpointFormat.ChecksumKey or CheckpointFormat.VersionKey) && !content.Known.Contains(name));
        if (stranger is not null)
            throw new InvalidDataException($"It holds '{ForeignText.Quote(stranger)}', which this training does not have.");
    }

    /// <summary>Restores all that is kept.</summary>
    public void Restore(Action<CheckpointPart> keep) => keep(new CheckpointPart(new Restoring(this)));

    public void Dispose() => _file.Dispose();

    private static InvalidDataException NoCheckpoint(ReadOnlySpan<byte> start) => new(
        $"It is no checkpoint of a training, or its beginning is damaged.{(FileKind.Describe(start) is { } kind ? $" It looks like {kind}." : "")}");

    private byte[] ReadHeader(long length)
    {
        byte[] prefix = new byte[sizeof(ulong) + CheckpointFormat.Start.Length];
        int found = RandomAccess.Read(_file, prefix, 0);
        ReadOnlySpan<byte> start = prefix.AsSpan(0, Math.Min(found, sizeof(ulong)));
        if (found < prefix.Length || !prefix.AsSpan(sizeof(ulong)).SequenceEqual(CheckpointFormat.Start))
            throw NoCheckpoint(start);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.MetadataLimit || (long)headerLength > length - sizeof(ulong) || headerLength < (ulong)(CheckpointFormat.Start.Length + CheckpointFormat.NoChecksum.Length))
            throw new InvalidDataException($"It is damaged: its header has {headerLength} bytes, the file {length}.");
        byte[] json = new byte[(int)headerLength];
        Read(json, sizeof(ulong));
        return json;
    }

    private void CheckSum(byte[] json, long length)
    {
        var checksum = new DataChecksum();
        byte[] piece = new byte[PieceLength];
        for (long position = _dataStart; position < length; position += PieceLength)
        {
            Span<byte> bytes = piece.AsSpan(0, (int)Math.Min(PieceLength, length - position));
            Read(bytes, position);
            checksum.Append(bytes);
        }

        byte[] header = [.. json];
        Span<byte> digits = header.AsSpan(CheckpointFormat.Start.Length, CheckpointFormat.NoChecksum.Length);
        string expected = System.Text.Encoding.Latin1.GetString(digits);
        digits.Fill((byte)'0');
        checksum.Append(header);
        if (checksum.ToString() != expected)
            throw new InvalidDataException($"It is damaged: its checksum is {checksum}, the file says {ForeignText.Quote(expected)}.");
    }

    private void Read(Span<byte> bytes, long position)
    {
        while (!bytes.IsEmpty)
        {
            int found = RandomAccess.Read(_file, bytes, position);
            if (found == 0)
                throw new InvalidDataException("It ended early.");
            bytes = bytes[found..];
            position += found;
        }
    }

    private string TextOf(string name) => _texts.TryGetValue(name, out string? text)
        ? text
        : throw new InvalidDataException($"'{name}' is missing, which this training has.");

    private SafetensorsEntry TensorOf(string name) => _tensors.TryGetValue(name, out SafetensorsEntry? entry)
        ? entry
        : throw new InvalidDataException($"The tensor '{name}' is missing, which this training has.");

    private sealed class Checking(CheckpointReader reader) : CheckpointExchange(reader._precision)
    {
        public HashSet<string> Known { get; } = new(StringComparer.Ordinal);

        public override string Text(string name, string value)
        {
            Known.Add(name);
            return reader.TextOf(name);
        }

        public override void Require(string name, string value)
        {
            Known.Add(name);
            if (reader.TextOf(name) is var found && found != value)
                throw new InvalidDataException(TextDifference.Between(name, found, value));
        }

        public override void RequireTensor<T>(string name, ReadOnlySpan<int> shape) =>
            RequireTensor(name, WeightFormat.TypeName<T>(), shape, Unsafe.SizeOf<T>());

        public override void Values<T>(string name, ReadOnlySpan<int> shape, Span<T> values) => RequireTensor<T>(name, shape);

        public override void Bytes(string name, Span<byte> bytes) => RequireTensor(name, CheckpointFormat.ByteType, [bytes.Length], sizeof(byte));

        private void RequireTensor(string name, string type, ReadOnlySpan<int> shape, int size)
        {
            Known.Add(name);
            SafetensorsEntry entry = reader.TensorOf(name);
            long[] axes = Array.ConvertAll(shape.ToArray(), axis => (long)axis);
            if (entry.Type != type || !entry.Shape.AsSpan().SequenceEqual(axes))
                throw new InvalidDataException($"'{name}' is {ForeignText.Quote(entry.Type)} {TensorMatch.Format(entry.Shape)} in the checkpoint and {type} {TensorMatch.Format(axes)} in this training.");
            long length = axes.Aggregate((long)size, (product, axis) => product * axis);
            if (entry.End - entry.Begin != length)
                throw new InvalidDataException($"'{name}' has {entry.End - entry.Begin} bytes; its shape and type need {length}.");
        }
    }

    private sealed class Restoring(CheckpointReader reader) : CheckpointExchange(reader._precision)
    {
        public override bool Restores => true;

        public override string Text(string name, string value) => reader.TextOf(name);

        public override void Require(string name, string value)
        {
        }

        public override void Values<T>(string name, ReadOnlySpan<int> shape, Span<T> values)
        {
            reader.Read(MemoryMarshal.AsBytes(values), reader._dataStart + reader.TensorOf(name).Begin);
            LittleEndian.FromFileBytes(values);
        }

        public override void Bytes(string name, Span<byte> bytes) => reader.Read(bytes, reader._dataStart + reader.TensorOf(name).Begin);
    }
}
