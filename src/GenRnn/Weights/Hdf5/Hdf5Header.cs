using System.Collections.Generic;

namespace GenRnn;

/// <summary>Reads an object's header: a list of messages in one block or several, which make it a group or a dataset.</summary>
internal static class Hdf5Header
{
    private const int HeaderLength = 16;
    private const byte SharedFlag = 0x02;

    /// <summary>Fills <paramref name="target"/> with attributes, members and value.</summary>
    public static void Read(Hdf5Object target, Hdf5Memory memory)
    {
        Hdf5Dataspace? space = null;
        Hdf5Type? type = null;
        Hdf5Layout? layout = null;
        (ulong Tree, ulong Heap)? table = null;
        foreach ((ushort kind, int place, int length, byte flags) in MessagesOf(target.Address, memory))
        {
            if (kind == 0)
                continue;
            if ((flags & SharedFlag) != 0)
                throw FileFault.Refused($"a shared message (0x{kind:X2})");
            var message = new ByteReader(memory.Bytes(place, length), place, "message");
            switch (kind)
            {
                case 0x01:
                    Once(space);
                    space = Hdf5Dataspace.Read(ref message, memory);
                    break;
                case 0x03:
                    Once(type);
                    type = Hdf5Type.Read(ref message);
                    break;
                case 0x08:
                    Once(layout);
                    layout = Hdf5Layout.Read(ref message);
                    break;
                case 0x11:
                    Once(table);
                    table = (message.U64(), message.U64());
                    break;
                case 0x0C:
                    (string name, Hdf5Value value) = Hdf5Attribute.Read(ref message, memory);
                    if (!target.Attributes.TryAdd(name, value))
                        throw FileFault.Damaged($"the attribute {FileFault.Quote(name)} twice");
                    break;
                case 0x04 or 0x05 or 0x0D or 0x0E or 0x10 or 0x12 or 0x16:
                    // Fill values, comments, times, where a header goes on (followed already), and counts of references.
                    break;
                case 0x0B:
                    throw FileFault.Refused("filters (compressed data)");
                case 0x07:
                    throw FileFault.Refused("data in other files");
                case 0x02 or 0x06 or 0x0A:
                    throw FileFault.Refused("groups of the newer form (libver='latest')");
                case 0x15:
                    throw FileFault.Refused("attributes of the newer form");
                default:
                    throw FileFault.Refused($"the message 0x{kind:X2}");
            }
        }

        if (table is { } group)
        {
            if (space is not null || type is not null || layout is not null)
                throw FileFault.Damaged("an object that is a group and a dataset");
            Hdf5Group.Read(target, group.Tree, group.Heap, memory);
            return;
        }

        if (type is not null && space is null && layout is null)
            throw FileFault.Refused("a committed datatype");
        if (space is null || type is null || layout is null)
            throw FileFault.Damaged($"the object {FileFault.Quote(target.Name)} is neither a group nor a dataset");
        target.Value = ValueOf(target, memory, type, space, layout);
    }

    private static void Once<T>(T? earlier)
    {
        if (earlier is not null)
            throw FileFault.Damaged("an object with two types, shapes, layouts or symbol tables");
    }

    private static Hdf5Value ValueOf(Hdf5Object target, Hdf5Memory memory, Hdf5Type type, Hdf5Dataspace space, Hdf5Layout layout)
    {
        ulong length = memory.Product((ulong)space.Count, (ulong)type.Size, "a dataset");
        if (length == 0)
            return new Hdf5Value(memory, type, space, 0, 0);
        if (!layout.IsWritten)
            throw FileFault.Damaged($"the dataset {FileFault.Quote(target.Name)} was never written");
        if (layout.Length < length)
            throw FileFault.Damaged($"the dataset {FileFault.Quote(target.Name)} needs {length} bytes and has {layout.Length}");
        memory.Peek(layout.Address, length, "data");
        memory.ChargeValue(length, "data");
        return new Hdf5Value(memory, type, space, (int)layout.Address, (int)length);
    }

    /// <summary>Messages of all blocks, in the order in which the blocks are named.</summary>
    private static List<(ushort Kind, int Place, int Length, byte Flags)> MessagesOf(ulong address, Hdf5Memory memory)
    {
        ByteReader header = memory.Structure(address, HeaderLength, "object header");
        byte version = header.U8();
        if (version == (byte)'O')
            throw FileFault.Refused("object headers of version 2 (libver='latest')");
        if (version != 1)
            throw FileFault.Damaged($"no object header at byte {address}");
        header.Skip(1);
        int count = header.U16();
        header.Skip(4);
        var blocks = new List<(ulong Address, ulong Length)> { (address + HeaderLength, header.U32()) };
        var starts = new HashSet<ulong> { blocks[0].Address };
        var messages = new List<(ushort Kind, int Place, int Length, byte Flags)>();
        for (int i = 0; i < blocks.Count; i++)
        {
            ByteReader block = memory.Structure(blocks[i].Address, blocks[i].Length, "object header");
            while (block.Left >= 8 && messages.Count < count)
            {
                ushort kind = block.U16(), length = block.U16();
                byte flags = block.U8();
                block.Skip(3);
                ByteReader message = block.Piece(length, "message");
                messages.Add((kind, message.Origin, length, flags));
                if (kind != 0x10)
                    continue;
                ulong next = message.U64();
                if (!starts.Add(next))
                    throw FileFault.Damaged("an object header that goes on where it was");
                blocks.Add((next, message.U64()));
            }
        }

        return messages.Count == count ? messages : throw FileFault.Damaged($"an object header of {count} messages has {messages.Count}");
    }
}
