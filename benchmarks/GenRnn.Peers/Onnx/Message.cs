using System;
using System.IO;
using System.Text;

namespace GenRnn.Peers.Onnx;

/// <summary>A message of protobuf, as far as ONNX files need it: numbers, texts, bytes and messages by field number.</summary>
internal sealed class Message
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public Message Number(int field, long value)
    {
        WriteVarint((ulong)(field << 3));
        WriteVarint((ulong)value);
        return this;
    }

    public Message Bytes(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint((ulong)(field << 3 | 2));
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public Message Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public Message Inner(int field, Message value) => Bytes(field, value.ToArray());

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
