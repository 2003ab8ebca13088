using System;

namespace GenRnn;

/// <summary>What an element is.</summary>
internal enum Hdf5Kind
{
    Number,
    FixedText,
    VariableText,
}

/// <summary>How a text of fixed length ends.</summary>
internal enum Hdf5Padding
{
    EndedByNul,
    FilledWithNul,
    FilledWithSpaces,
}

/// <summary>An element type.</summary>
/// <param name="Kind">Number or text.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Number">Which number; null for texts.</param>
/// <param name="Padding">How a fixed text ends.</param>
internal sealed record Hdf5Type(Hdf5Kind Kind, int Size, NumberType? Number = null, Hdf5Padding Padding = Hdf5Padding.EndedByNul)
{
    private const int VariableTextSize = 16;

    /// <summary>Reads a datatype message: IEEE floats, whole numbers, texts, and booleans, lowest byte first.</summary>
    public static Hdf5Type Read(ref ByteReader message, bool isBase = false)
    {
        byte first = message.U8();
        uint bits = message.U8() | (uint)message.U8() << 8 | (uint)message.U8() << 16;
        uint size = message.U32();
        int version = first >> 4;
        if (version is not (1 or 2 or 3))
            throw FileFault.Refused($"datatype of version {version}");
        if (size == 0)
            throw FileFault.Damaged("datatype of 0 bytes");
        return (first & 15) switch
        {
            0 => Integer(ref message, bits, size),
            1 => Float(ref message, bits, size),
            3 => new Hdf5Type(Hdf5Kind.FixedText, Whole(size), null, PaddingOf(bits & 15, bits >> 4 & 15)),
            9 => VariableText(ref message, bits, size, isBase),
            8 => Boolean(ref message, bits, version, isBase),
            2 => throw FileFault.Refused("a time type"),
            4 => throw FileFault.Refused("a bit field"),
            5 => throw FileFault.Refused("an opaque type (bfloat16 of Keras is stored so)"),
            6 => throw FileFault.Refused("a compound type"),
            7 => throw FileFault.Refused("a reference type"),
            10 => throw FileFault.Refused("an array type"),
            var other => throw FileFault.Refused($"the datatype class {other}"),
        };
    }

    private static int Whole(uint size) => size <= int.MaxValue ? (int)size : throw FileFault.Damaged($"an element of {size} bytes");

    private static Hdf5Padding PaddingOf(uint padding, uint characters) => padding <= 2 && characters <= 1
        ? (Hdf5Padding)padding
        : throw FileFault.Refused($"a text with padding {padding} and character set {characters}");

    private static Hdf5Type Integer(ref ByteReader message, uint bits, uint size)
    {
        ushort bitOffset = message.U16(), precision = message.U16();
        if ((bits & 1) != 0)
            throw FileFault.Refused("whole numbers with the highest byte first");
        bool isSigned = (bits >> 3 & 1) != 0;
        NumberType type = (size, isSigned) switch
        {
            (1, true) => NumberType.Int8,
            (2, true) => NumberType.Int16,
            (4, true) => NumberType.Int32,
            (8, true) => NumberType.Int64,
            (1, false) => NumberType.UInt8,
            (2, false) => NumberType.UInt16,
            (4, false) => NumberType.UInt32,
            (8, false) => NumberType.UInt64,
            _ => throw FileFault.Refused($"whole numbers of {size} bytes"),
        };
        if (bitOffset != 0 || precision != size * 8)
            throw FileFault.Refused($"whole numbers of {precision} bits at bit {bitOffset}");
        return new Hdf5Type(Hdf5Kind.Number, (int)size, type);
    }

    private static Hdf5Type Float(ref ByteReader message, uint bits, uint size)
    {
        if ((bits & 0x41) != 0)
            throw FileFault.Refused("floats that are big-endian or of a VAX");
        (ushort, ushort, byte, byte, byte, byte, uint) fields =
            (message.U16(), message.U16(), message.U8(), message.U8(), message.U8(), message.U8(), message.U32());
        bool isNormalised = (bits >> 4 & 3) == 2;
        return (size, bits >> 8 & 255, fields) switch
        {
            (2, 15, (0, 16, 10, 5, 0, 10, 15)) when isNormalised => new Hdf5Type(Hdf5Kind.Number, 2, NumberType.Float16),
            (4, 31, (0, 32, 23, 8, 0, 23, 127)) when isNormalised => new Hdf5Type(Hdf5Kind.Number, 4, NumberType.Float32),
            (8, 63, (0, 64, 52, 11, 0, 52, 1023)) when isNormalised => new Hdf5Type(Hdf5Kind.Number, 8, NumberType.Float64),
            _ => throw FileFault.Refused("floats that are not IEEE half, single or double"),
        };
    }

    private static Hdf5Type VariableText(ref ByteReader message, uint bits, uint size, bool isBase)
    {
        if ((bits & 15) != 1)
            throw FileFault.Refused("sequences of variable length");
        if (size != VariableTextSize || isBase)
            throw FileFault.Damaged("a text of variable length inside a type, or of another size than 16");
        Hdf5Padding padding = PaddingOf(bits >> 4 & 15, bits >> 8 & 15);
        Hdf5Type element = Read(ref message, isBase: true);
        if (element.Size != 1)
            throw FileFault.Refused("texts of wide characters");
        return new Hdf5Type(Hdf5Kind.VariableText, VariableTextSize, null, padding);
    }

    /// <summary>h5py's boolean: an enumeration of FALSE and TRUE.</summary>
    private static Hdf5Type Boolean(ref ByteReader message, uint bits, int version, bool isBase)
    {
        if (isBase || version == 3 || (bits & 0xFFFF) != 2)
            throw FileFault.Refused("an enumeration");
        Hdf5Type element = Read(ref message, isBase: true);
        bool isBoolean = element is { Kind: Hdf5Kind.Number, Size: 1 } && Name(ref message, "FALSE"u8) && Name(ref message, "TRUE"u8);
        if (!isBoolean || message.U8() != 0 || message.U8() != 1)
            throw FileFault.Refused("an enumeration other than FALSE and TRUE");
        return new Hdf5Type(Hdf5Kind.Number, 1, NumberType.Boolean);

        static bool Name(ref ByteReader message, ReadOnlySpan<byte> expected)
        {
            ReadOnlySpan<byte> name = message.UntilNul();
            message.Skip((ulong)(7 - name.Length % 8));
            return name.SequenceEqual(expected);
        }
    }
}
