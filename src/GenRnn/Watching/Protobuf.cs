using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace GenRnn;

/// <summary>Protocol buffers' wire format, as much of it as event files need: https://protobuf.dev/programming-guides/encoding.</summary>
internal sealed class Protobuf
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>A whole number; 0, its default, is left out.</summary>
    public Protobuf Number(int field, long value)
    {
        if (value == 0)
            return this;
        Key(field, Varint);
        WriteVarint((ulong)value);
        return this;
    }

    public Protobuf Double(int field, double value)
    {
        Key(field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
        return this;
    }

    public Protobuf Text(int field, string value) => Raw(field, Encoding.UTF8.GetBytes(value));

    public Protobuf Message(int field, Protobuf message) => Raw(field, message.Bytes);

    public Protobuf Raw(int field, ReadOnlySpan<byte> bytes)
    {
        Key(field, LengthDelimited);
        WriteVarint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    private void Key(int field, int wireType) => WriteVarint((ulong)(field << 3 | wireType));

    private void WriteVarint(ulong value)
    {
        Span<byte> span = _bytes.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
