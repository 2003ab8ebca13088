using System;
using System.Collections.Generic;

namespace GenRnn;

/// <summary>
/// Reads the part of HDF5 that Keras' files are written in: superblock 0, groups with symbol tables, contiguous data without filters. What else
/// the format has is refused by name; nothing in the file can make reading it take more than time and memory in proportion to its length.
/// </summary>
/// <remarks>Form: the HDF5 File Format Specification, version 1.1 and 2.0.</remarks>
internal static class Hdf5File
{
    /// <summary>An address that names nothing.</summary>
    public const ulong Undefined = ulong.MaxValue;

    private const int SuperblockLength = 96;
    private const int MaximumDepth = 64;

    /// <summary>The first bytes of every HDF5 file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Whether a file says by its first bytes that it is HDF5. Its name decides nothing.</summary>
    public static bool IsOne(ReadOnlySpan<byte> data) => data.StartsWith(Signature);

    /// <summary>The root group, with everything below it.</summary>
    /// <exception cref="System.IO.InvalidDataException">The file is damaged, or uses what is not read.</exception>
    public static Hdf5Object Open(ReadOnlyMemory<byte> data)
    {
        var memory = new Hdf5Memory(data);
        var root = new Hdf5Object("/", Superblock(memory));
        var seen = new HashSet<ulong>();
        var open = new Stack<(Hdf5Object Object, int Depth)>();
        open.Push((root, 0));
        while (open.TryPop(out (Hdf5Object Object, int Depth) next))
        {
            if (next.Depth > MaximumDepth)
                throw FileFault.Damaged($"groups in groups, deeper than {MaximumDepth}");
            if (!seen.Add(next.Object.Address))
                throw FileFault.Refused("an object that stands in two places (a hard link, or a cycle)");
            Hdf5Header.Read(next.Object, memory);
            foreach (Hdf5Object member in next.Object.Members.Values)
                open.Push((member, next.Depth + 1));
        }

        return root;
    }

    /// <summary>Checks the superblock; returns the address of the root's header.</summary>
    private static ulong Superblock(Hdf5Memory memory)
    {
        if (memory.Length < (ulong)Signature.Length || !IsOne(memory.Bytes(0, Signature.Length)))
            throw memory.Length >= 520 && IsOne(memory.Bytes(512, Signature.Length)) ? FileFault.Refused("a block of the user's in front") : FileFault.Damaged("it is no HDF5");
        ByteReader block = memory.Peek(0, Math.Min(SuperblockLength, memory.Length), "superblock");
        block.Skip((ulong)Signature.Length);
        byte version = block.U8();
        if (version != 0)
            throw FileFault.Refused($"superblock of version {version}");
        byte freeSpace = block.U8(), rootEntry = block.U8();
        block.Skip(1);
        byte sharedHeaders = block.U8(), offsets = block.U8(), lengths = block.U8();
        block.Skip(1);
        if (freeSpace != 0 || rootEntry != 0 || sharedHeaders != 0)
            throw FileFault.Refused("a superblock whose parts are of another version than 0");
        if (offsets != 8 || lengths != 8)
            throw FileFault.Refused($"offsets of {offsets} and lengths of {lengths} bytes");
        int leaf = block.U16(), inner = block.U16();
        if (leaf == 0 || inner == 0)
            throw FileFault.Damaged("group nodes without room");
        block.Skip(4);
        ulong start = block.U64();
        block.Skip(8);
        ulong end = block.U64(), driver = block.U64();
        if (start != 0)
            throw FileFault.Refused($"addresses that count from byte {start}");
        if (driver != Undefined)
            throw FileFault.Refused("a block of driver information");
        if (end > memory.Length)
            throw FileFault.Damaged($"it was cut: it has {memory.Length} bytes and says {end}");
        if (end < SuperblockLength)
            throw FileFault.Damaged($"it says that it ends at byte {end}");
        memory.SymbolEntries = 2 * leaf;
        memory.TreeEntries = 2 * inner;
        memory.End = end;
        memory.Structure(0, SuperblockLength, "superblock");
        block.Skip(8);
        return block.U64();
    }
}
