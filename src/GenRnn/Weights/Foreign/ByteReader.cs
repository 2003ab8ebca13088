using System;
using System.Buffers.Binary;

namespace GenRnn;

/// <summary>Reads a bounded piece of a file from front to back, lowest byte first. Leaving the piece is damage, and nothing else.</summary>
internal ref struct ByteReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _piece;

    /// <param name="bytes">The piece.</param>
    /// <param name="origin">Where it begins in the file.</param>
    /// <param name="piece">What it is, for messages: <c>dataspace</c>.</param>
    public ByteReader(ReadOnlySpan<byte> bytes, int origin, string piece)
    {
        _bytes = bytes;
        _piece = piece;
        Origin = origin;
    }

    /// <summary>Where the piece begins in the file.</summary>
    public int Origin { get; }

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _bytes.Length - Position;

    /// <summary>Where the next byte stands in the file.</summary>
    public readonly int Place => Origin + Position;

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)Left)
            throw FileFault.Damaged($"{_piece} at byte {Origin} ends inside a value");
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>The next <paramref name="count"/> bytes as a piece of their own.</summary>
    public ByteReader Piece(ulong count, string piece)
    {
        int place = Place;
        return new ByteReader(Take(count), place, piece);
    }

    public void Skip(ulong count) => Take(count);

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Bytes up to a 0, which is taken too.</summary>
    public ReadOnlySpan<byte> UntilNul()
    {
        int length = _bytes[Position..].IndexOf((byte)0);
        if (length < 0)
            throw FileFault.Damaged($"a name in {_piece} at byte {Origin} is not ended");
        ReadOnlySpan<byte> text = Take((ulong)length);
        Take(1);
        return text;
    }
}
