using System;

namespace GenRnn;

/// <summary>Reads an attribute message: name, type, shape and value, each filled to a multiple of 8 in the form that Keras' files use.</summary>
internal static class Hdf5Attribute
{
    public static (string Name, Hdf5Value Value) Read(ref ByteReader message, Hdf5Memory memory)
    {
        byte version = message.U8(), flags = message.U8();
        ushort nameLength = message.U16(), typeLength = message.U16(), spaceLength = message.U16();
        switch (version)
        {
            case 1:
                break;
            case 2 or 3 when (flags & 3) != 0:
                throw FileFault.Refused("an attribute whose type or shape is shared");
            case 2:
                break;
            case 3:
                byte characters = message.U8();
                if (characters > 1)
                    throw FileFault.Damaged($"an attribute's name in the character set {characters}");
                break;
            default:
                throw FileFault.Refused($"attribute of version {version}");
        }

        bool isFilled = version == 1;
        ByteReader nameBytes = Part(ref message, nameLength, isFilled, "attribute name");
        string name = Hdf5Memory.Text(nameBytes.UntilNul(), "an attribute's name");
        ByteReader typeBytes = Part(ref message, typeLength, isFilled, "datatype");
        Hdf5Type type = Hdf5Type.Read(ref typeBytes);
        ByteReader spaceBytes = Part(ref message, spaceLength, isFilled, "dataspace");
        Hdf5Dataspace space = Hdf5Dataspace.Read(ref spaceBytes, memory);
        ulong length = memory.Product((ulong)space.Count, (ulong)type.Size, "an attribute");
        memory.ChargeValue(length, "attribute");
        int place = message.Place;
        message.Skip(length);
        return (name, new Hdf5Value(memory, type, space, place, (int)length));
    }

    private static ByteReader Part(ref ByteReader message, ushort length, bool isFilled, string piece)
    {
        if (length == 0)
            throw FileFault.Damaged($"an attribute without {piece}");
        ByteReader part = message.Piece(length, piece);
        if (isFilled)
            message.Skip((ulong)(-length & 7));
        return part;
    }
}
