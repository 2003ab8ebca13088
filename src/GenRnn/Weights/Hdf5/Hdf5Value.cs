using System;
using System.Buffers.Binary;
using System.Numerics;

namespace GenRnn;

/// <summary>Typed elements of a dataset or an attribute. Nothing is copied until they are asked for.</summary>
internal sealed class Hdf5Value
{
    private readonly Hdf5Memory _memory;
    private readonly int _offset;
    private readonly int _length;

    public Hdf5Value(Hdf5Memory memory, Hdf5Type type, Hdf5Dataspace space, int offset, int length)
    {
        _memory = memory;
        Type = type;
        Space = space;
        _offset = offset;
        _length = length;
    }

    public Hdf5Type Type { get; }

    public Hdf5Dataspace Space { get; }

    /// <summary>Converts all elements, row-major.</summary>
    /// <exception cref="System.IO.InvalidDataException">They are texts.</exception>
    public void CopyTo<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Type.Number is not { } number)
            throw FileFault.Damaged("texts stand where numbers belong");
        NumberTypes.Convert(_memory.Bytes(_offset, _length), number, values);
    }

    /// <summary>All elements as texts. An empty array of numbers is an empty list, as Keras writes one.</summary>
    /// <exception cref="System.IO.InvalidDataException">They are numbers.</exception>
    public string[] Texts()
    {
        if (Type.Kind == Hdf5Kind.Number && Space.Count == 0)
            return [];
        if (Type.Kind == Hdf5Kind.Number)
            throw FileFault.Damaged("numbers stand where texts belong");
        var texts = new string[(int)Space.Count];
        ReadOnlySpan<byte> bytes = _memory.Bytes(_offset, _length);
        for (int i = 0; i < texts.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * Type.Size, Type.Size);
            texts[i] = Hdf5Memory.Text(Type.Kind == Hdf5Kind.FixedText ? Trimmed(element) : Pointed(element), "a text");
        }

        return texts;
    }

    private ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> element)
    {
        switch (Type.Padding)
        {
            case Hdf5Padding.EndedByNul:
                int end = element.IndexOf((byte)0);
                return end < 0 ? element : element[..end];
            case Hdf5Padding.FilledWithNul:
                return element.TrimEnd((byte)0);
            default:
                return element.TrimEnd((byte)' ');
        }
    }

    private ReadOnlySpan<byte> Pointed(ReadOnlySpan<byte> element) => _memory.HeapString(
        BinaryPrimitives.ReadUInt32LittleEndian(element),
        BinaryPrimitives.ReadUInt64LittleEndian(element[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(element[12..]));
}
