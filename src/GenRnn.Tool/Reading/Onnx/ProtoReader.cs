using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>Reads a message of Protocol Buffers field by field; what a field holds are slices of the file.</summary>
internal struct ProtoReader(ReadOnlyMemory<byte> message)
{
    private readonly ReadOnlyMemory<byte> _message = message;
    private int _position;

    /// <summary>The field's number.</summary>
    public int Field { get; private set; }

    /// <summary>A number's value, of a fixed one its bits.</summary>
    public ulong Number { get; private set; }

    /// <summary>What a message, a text or a list of numbers is stored as; empty for a number.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Whether the field is stored as bytes.</summary>
    public bool IsBytes { get; private set; }

    public readonly long Integer => (long)Number;

    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)Number);

    /// <exception cref="InvalidDataException">It is no UTF-8.</exception>
    public readonly string Text
    {
        get
        {
            try
            {
                return s_strict.GetString(Bytes.Span);
            }
            catch (DecoderFallbackException exception)
            {
                throw new InvalidDataException("The file is damaged: a name is not UTF-8.", exception);
            }
        }
    }

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Goes to the next field; false at the end.</summary>
    /// <exception cref="InvalidDataException">The message ends inside a field, or has one of a form that is no more in use.</exception>
    public bool Next()
    {
        if (_position == _message.Length)
            return false;
        ulong key = Varint();
        if (key >> 3 is 0 or > 536_870_911)
            throw Damaged();
        Field = (int)(key >> 3);
        IsBytes = (key & 7) == 2;
        Bytes = default;
        switch (key & 7)
        {
            case 0: Number = Varint(); break;
            case 1: Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span); break;
            case 2: Bytes = Take(Varint()); break;
            case 5: Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span); break;
            default: throw Damaged();
        }

        return true;
    }

    /// <summary>The next number of a packed list; only between fields, or in a list alone.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_position == _message.Length)
                throw Damaged();
            byte part = _message.Span[_position++];
            value |= shift < 64 ? (ulong)(part & 127) << shift : 0;
            if (part < 128)
                return value;
        }

        throw Damaged();
    }

    public readonly bool IsAtEnd => _position == _message.Length;

    private ReadOnlyMemory<byte> Take(ulong count)
    {
        if (count > (ulong)(_message.Length - _position))
            throw Damaged();
        ReadOnlyMemory<byte> taken = _message.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private static InvalidDataException Damaged() => new("The file is damaged: a message of Protocol Buffers ends inside a field.");
}
