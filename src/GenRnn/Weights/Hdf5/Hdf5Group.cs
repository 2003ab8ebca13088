using System;
using System.Collections.Generic;

namespace GenRnn;

/// <summary>Reads the members of a group: a tree of symbol nodes whose names lie in a local heap.</summary>
internal static class Hdf5Group
{
    private const int MaximumLevel = 16;

    /// <summary>Adds the members to <paramref name="group"/>, in the order of their names.</summary>
    public static void Read(Hdf5Object group, ulong tree, ulong heap, Hdf5Memory memory)
    {
        (ulong names, ulong namesLength) = NamesOf(heap, memory);
        string? last = null;
        byte[] lastBytes = [];
        foreach (ulong leaf in LeavesOf(tree, memory))
        {
            ByteReader header = memory.Peek(leaf, 8, "symbol node");
            if (!header.Take(4).SequenceEqual("SNOD"u8))
                throw FileFault.Damaged($"no symbol node at byte {leaf}");
            byte version = header.U8();
            if (version != 1)
                throw FileFault.Refused($"symbol node of version {version}");
            header.Skip(1);
            int count = header.U16();
            if (count > memory.SymbolEntries)
                throw FileFault.Damaged($"a symbol node with {count} entries");
            ByteReader entries = memory.Structure(leaf, 8 + (ulong)count * 40, "symbol node");
            entries.Skip(8);
            for (int i = 0; i < count; i++)
            {
                ulong nameOffset = entries.U64(), address = entries.U64();
                uint cache = entries.U32();
                entries.Skip(20);
                if (cache == 2)
                    throw FileFault.Refused("a soft link");
                if (cache > 2)
                    throw FileFault.Damaged($"a symbol of kind {cache}");
                if (nameOffset >= namesLength)
                    throw FileFault.Damaged("a name outside of its heap");
                ByteReader heapRest = memory.Peek(names + nameOffset, namesLength - nameOffset, "names of a group");
                ReadOnlySpan<byte> bytes = heapRest.UntilNul();
                memory.ChargeValue((ulong)bytes.Length + 1, "name");
                if (bytes.IsEmpty || bytes.SequenceEqual("."u8) || bytes.Contains((byte)'/'))
                    throw FileFault.Damaged("a name that is empty or holds '/'");
                if (last is not null && bytes.SequenceCompareTo(lastBytes) <= 0)
                    throw FileFault.Damaged("names of a group are not in order");
                lastBytes = bytes.ToArray();
                last = Hdf5Memory.Text(bytes, "a name");
                group.Members.Add(last, new Hdf5Object(last, address));
            }
        }
    }

    private static (ulong Address, ulong Length) NamesOf(ulong heap, Hdf5Memory memory)
    {
        ByteReader header = memory.Structure(heap, 32, "local heap");
        if (!header.Take(4).SequenceEqual("HEAP"u8))
            throw FileFault.Damaged($"no local heap at byte {heap}");
        byte version = header.U8();
        if (version != 0)
            throw FileFault.Refused($"local heap of version {version}");
        header.Skip(3);
        ulong length = header.U64();
        header.Skip(8);
        ulong address = header.U64();
        memory.Structure(address, length, "names of a group");
        return (address, length);
    }

    /// <summary>Symbol nodes from left to right.</summary>
    private static List<ulong> LeavesOf(ulong tree, Hdf5Memory memory)
    {
        const int HeaderLength = 24;
        var leaves = new List<ulong>();
        var open = new Stack<(ulong Address, int Level)>();
        open.Push((tree, -1));
        while (open.TryPop(out (ulong Address, int Level) node))
        {
            ByteReader header = memory.Peek(node.Address, HeaderLength, "group tree");
            if (!header.Take(4).SequenceEqual("TREE"u8))
                throw FileFault.Damaged($"no tree node at byte {node.Address}");
            byte kind = header.U8(), level = header.U8();
            int count = header.U16();
            if (kind != 0)
                throw FileFault.Damaged($"a group's tree of kind {kind}");
            if (level > MaximumLevel || (node.Level >= 0 && level != node.Level))
                throw FileFault.Damaged($"a tree node of level {level}");
            if (count > memory.TreeEntries || (count == 0 && level > 0))
                throw FileFault.Damaged($"a tree node with {count} entries");
            ByteReader entries = memory.Structure(node.Address, HeaderLength + (ulong)count * 16 + 8, "group tree");
            entries.Skip(HeaderLength);
            var children = new ulong[count];
            for (int i = 0; i < count; i++)
            {
                entries.Skip(8);
                children[i] = entries.U64();
            }

            if (level == 0)
            {
                leaves.AddRange(children);
                continue;
            }

            for (int i = count - 1; i >= 0; i--)
                open.Push((children[i], level - 1));
        }

        return leaves;
    }
}
