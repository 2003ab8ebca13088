using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Writes a checkpoint in two walks over what is kept: the first measures it and takes the checksum, which stands in front, the second writes the data.</summary>
internal static class CheckpointWriter
{
    private const int PieceLength = 1 << 16;

    /// <summary>Writes a checkpoint to a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="precision">Element type of the model.</param>
    /// <param name="keep">Shows all that is kept, twice the same.</param>
    public static void Write(Stream stream, Precision precision, Action<CheckpointPart> keep)
    {
        var measure = new Measure(precision);
        keep(new CheckpointPart(measure));
        byte[] header = measure.ToHeader();
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        keep(new CheckpointPart(new Data(precision, stream)));
    }

    private static void InPieces<T, TTake>(ReadOnlySpan<T> values, TTake take)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TTake : struct, ITake
    {
        Span<T> scratch = BitConverter.IsLittleEndian ? [] : new T[Math.Min(PieceLength, values.Length)];
        for (int start = 0; start < values.Length; start += PieceLength)
            take.Take(LittleEndian.ToFileBytes(values.Slice(start, Math.Min(PieceLength, values.Length - start)), scratch));
    }

    private interface ITake
    {
        void Take(ReadOnlySpan<byte> bytes);
    }

    private sealed class Measure : CheckpointExchange
    {
        private readonly SafetensorsHeader _header = new();
        private DataChecksum _checksum;
        private long _position;

        public Measure(Precision precision)
            : base(precision)
        {
            _header.Metadata.Add(CheckpointFormat.ChecksumKey, CheckpointFormat.NoChecksum);
            _header.Metadata.Add(CheckpointFormat.VersionKey, CheckpointFormat.Version);
        }

        public override string Text(string name, string value)
        {
            AddText(name, value);
            return value;
        }

        public override void Require(string name, string value) => AddText(name, value);

        public override void Values<T>(string name, ReadOnlySpan<int> shape, Span<T> values)
        {
            AddTensor(name, WeightFormat.TypeName<T>(), shape, (long)values.Length * Unsafe.SizeOf<T>());
            InPieces<T, Sum>(values, new Sum(this));
        }

        public override void Bytes(string name, Span<byte> bytes)
        {
            AddTensor(name, CheckpointFormat.ByteType, [bytes.Length], bytes.Length);
            _checksum.Append(bytes);
        }

        public byte[] ToHeader()
        {
            byte[] header = _header.ToBytes();
            if (header.Length > SafetensorsHeader.MetadataLimit)
                throw new InvalidOperationException($"What is kept beside numbers takes {header.Length} bytes; a checkpoint holds at most {SafetensorsHeader.MetadataLimit}.");
            _checksum.Append(header);
            Span<byte> digits = header.AsSpan(CheckpointFormat.Start.Length, CheckpointFormat.NoChecksum.Length);
            System.Text.Encoding.ASCII.GetBytes(_checksum.ToString(), digits);
            return header;
        }

        private void AddText(string name, string value)
        {
            if (!_header.Metadata.TryAdd(name, value))
                throw Twice(name);
        }

        private void AddTensor(string name, string type, ReadOnlySpan<int> shape, long length)
        {
            long[] axes = Array.ConvertAll(shape.ToArray(), axis => (long)axis);
            if (!_header.Entries.TryAdd(name, new SafetensorsEntry(name, type, axes, _position, _position + length)))
                throw Twice(name);
            _position += length;
        }

        private static InvalidOperationException Twice(string name) => new($"'{name}' is kept twice; names differ within a part.");

        private readonly struct Sum(Measure measure) : ITake
        {
            public void Take(ReadOnlySpan<byte> bytes) => measure._checksum.Append(bytes);
        }
    }

    private sealed class Data(Precision precision, Stream stream) : CheckpointExchange(precision)
    {
        public override string Text(string name, string value) => value;

        public override void Require(string name, string value)
        {
        }

        public override void Values<T>(string name, ReadOnlySpan<int> shape, Span<T> values) => InPieces<T, Append>(values, new Append(stream));

        public override void Bytes(string name, Span<byte> bytes) => stream.Write(bytes);

        private readonly struct Append(Stream stream) : ITake
        {
            public void Take(ReadOnlySpan<byte> bytes) => stream.Write(bytes);
        }
    }
}
