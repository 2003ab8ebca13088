using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace GenRnn.Training.Tests.Watching;

/// <summary>One value of an event file.</summary>
internal sealed record EventValue(double Time, long Step, string Tag, string Plugin, long[] Shape, double[] Values);

/// <summary>Reads event files without anything of the writer: its own checksum, bit by bit, and its own reading of protocol buffers.</summary>
internal static class EventFileReader
{
    /// <summary>The records of a file, framing included.</summary>
    public static List<byte[]> Records(byte[] file)
    {
        var records = new List<byte[]>();
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)));
            RequireChecksum(file.AsSpan(at, 8), file.AsSpan(at + 8, 4));
            RequireChecksum(file.AsSpan(at + 12, length), file.AsSpan(at + 12 + length, 4));
            records.Add(file[at..(at + 16 + length)]);
            at += 16 + length;
        }

        return records;
    }

    /// <summary>All values of a file, behind its version.</summary>
    public static List<EventValue> Values(byte[] file)
    {
        List<byte[]> records = Records(file);
        var version = Fields(records[0].AsMemory(12, records[0].Length - 16));
        if (Text(version.Single(f => f.Number == 3).Bytes) != "brain.Event:2")
            throw new InvalidDataException("No version.");
        return [.. records.Skip(1).Select(record => ReadEvent(record.AsMemory(12, record.Length - 16)))];
    }

    private static EventValue ReadEvent(ReadOnlyMemory<byte> bytes)
    {
        var fields = Fields(bytes);
        var value = Fields(Fields(fields.Single(f => f.Number == 5).Bytes).Single(f => f.Number == 1).Bytes);
        var tensor = Fields(value.Single(f => f.Number == 8).Bytes);
        var plugin = Fields(Fields(value.Single(f => f.Number == 9).Bytes).Single(f => f.Number == 1).Bytes);
        long[] shape = [.. Fields(tensor.Single(f => f.Number == 2).Bytes).Where(f => f.Number == 2).Select(f => Fields(f.Bytes).Single(d => d.Number == 1).Value)];
        bool isDouble = tensor.Single(f => f.Number == 1).Value == 2;
        ReadOnlySpan<byte> content = tensor.Single(f => f.Number == 4).Bytes.Span;
        var values = new double[content.Length / (isDouble ? 8 : 4)];
        for (int i = 0; i < values.Length; i++)
            values[i] = isDouble ? BinaryPrimitives.ReadDoubleLittleEndian(content[(i * 8)..]) : BinaryPrimitives.ReadSingleLittleEndian(content[(i * 4)..]);
        return new EventValue(
            BitConverter.Int64BitsToDouble(fields.Single(f => f.Number == 1).Value),
            fields.FirstOrDefault(f => f.Number == 2).Value,
            Text(value.Single(f => f.Number == 1).Bytes),
            Text(plugin.Single(f => f.Number == 1).Bytes),
            shape,
            values);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static List<(int Number, long Value, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        var fields = new List<(int, long, ReadOnlyMemory<byte>)>();
        for (int at = 0; at < message.Length;)
        {
            long key = Varint(message.Span, ref at);
            switch (key & 7)
            {
                case 0:
                    fields.Add(((int)(key >> 3), Varint(message.Span, ref at), default));
                    break;
                case 1:
                    fields.Add(((int)(key >> 3), BinaryPrimitives.ReadInt64LittleEndian(message.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message.Span, ref at);
                    fields.Add(((int)(key >> 3), 0, message.Slice(at, length)));
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {key & 7}.");
            }
        }

        return fields;
    }

    private static long Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private static void RequireChecksum(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> expected)
    {
        uint crc = 0xffffffff;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }

        crc = ~crc;
        uint masked = unchecked((crc >> 15 | crc << 17) + 0xa282ead8);
        if (masked != BinaryPrimitives.ReadUInt32LittleEndian(expected))
            throw new InvalidDataException($"Checksum {masked:x8}.");
    }
}
