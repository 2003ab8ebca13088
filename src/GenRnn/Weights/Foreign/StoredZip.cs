using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace GenRnn;

/// <summary>
/// The directory of a zip whose entries are stored, not compressed, as PyTorch and Keras write them. Entries are slices of the file: there is
/// nothing to unpack, and so nothing that could grow.
/// </summary>
/// <remarks>Form: PKWARE's APPNOTE, 4.3 and 4.5 (zip64). Sizes come from the central directory: local headers may leave them to a descriptor.</remarks>
internal sealed class StoredZip
{
    private const int EndLength = 22;
    private const int LocalLength = 30;
    private const int LongestComment = ushort.MaxValue;
    private const int LocatorLength = 20;
    private const int Zip64EndLength = 56;
    private readonly ReadOnlyMemory<byte> _data;
    private readonly Dictionary<string, (int Offset, int Length)> _entries = new(StringComparer.Ordinal);

    private StoredZip(ReadOnlyMemory<byte> data) => _data = data;

    /// <summary>Names of the entries.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Whether a file begins as a zip with an entry does.</summary>
    public static bool IsOne(ReadOnlySpan<byte> data) => data.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Reads and checks the directory.</summary>
    /// <exception cref="System.IO.InvalidDataException">It is damaged, or entries are compressed or encrypted.</exception>
    public static StoredZip Open(ReadOnlyMemory<byte> data)
    {
        var zip = new StoredZip(data);
        zip.ReadDirectory();
        return zip;
    }

    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>An entry's bytes; false if there is none of that name.</summary>
    public bool TryGet(string name, out ReadOnlyMemory<byte> entry)
    {
        bool found = _entries.TryGetValue(name, out (int Offset, int Length) place);
        entry = found ? _data.Slice(place.Offset, place.Length) : default;
        return found;
    }

    private ByteReader At(ulong offset, ulong length, string piece) => offset <= (ulong)_data.Length && length <= (ulong)_data.Length - offset
        ? new ByteReader(_data.Span.Slice((int)offset, (int)length), (int)offset, piece)
        : throw FileFault.Damaged($"the {piece} of the zip lies outside the file");

    private void ReadDirectory()
    {
        (ulong count, ulong length, ulong start) = Directory();
        ByteReader directory = At(start, length, "directory");
        ulong total = 0;
        for (ulong i = 0; i < count; i++)
        {
            if (directory.Left < 46 || !directory.Take(4).SequenceEqual("PK\u0001\u0002"u8))
                throw FileFault.Damaged("an entry of the zip's directory is missing");
            directory.Skip(4);
            ushort flags = directory.U16(), method = directory.U16();
            directory.Skip(8);
            ulong packed = directory.U32(), unpacked = directory.U32();
            ushort nameLength = directory.U16(), extraLength = directory.U16(), commentLength = directory.U16();
            directory.Skip(8);
            ulong offset = directory.U32();
            ReadOnlySpan<byte> nameBytes = directory.Take(nameLength);
            ByteReader extra = directory.Piece(extraLength, "extra field");
            directory.Skip(commentLength);
            Widen(extra, ref unpacked, ref packed, ref offset);

            string name = Hdf5Memory.Text(nameBytes, "a name in the zip");
            if ((flags & 0x41) != 0)
                throw FileFault.Refused($"the encrypted entry {FileFault.Quote(name)}");
            if (method != 0)
                throw FileFault.Refused($"the compressed entry {FileFault.Quote(name)} (method {method}); PyTorch and Keras store them");
            if (packed != unpacked)
                throw FileFault.Damaged($"the entry {FileFault.Quote(name)} is stored and has two lengths");
            (int Offset, int Length) place = Place(name, nameBytes, offset, unpacked);
            total += unpacked;
            if (total > (ulong)_data.Length)
                throw FileFault.Damaged("entries of the zip overlap");
            if (!_entries.TryAdd(name, place))
                throw FileFault.Damaged($"the zip has {FileFault.Quote(name)} twice");
        }
    }

    private (ulong Count, ulong Length, ulong Start) Directory()
    {
        ReadOnlySpan<byte> data = _data.Span;
        int first = Math.Max(0, data.Length - EndLength - LongestComment);
        int end = data[first..].LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || data.Length - (end += first) < EndLength)
            throw FileFault.Damaged("the end of the zip is missing; it was cut");
        ulong count = BinaryPrimitives.ReadUInt16LittleEndian(data[(end + 10)..]);
        ulong length = BinaryPrimitives.ReadUInt32LittleEndian(data[(end + 12)..]);
        ulong start = BinaryPrimitives.ReadUInt32LittleEndian(data[(end + 16)..]);
        if (end >= LocatorLength && data[(end - LocatorLength)..].StartsWith("PK\u0006\u0007"u8))
        {
            ulong wide = BinaryPrimitives.ReadUInt64LittleEndian(data[(end - LocatorLength + 8)..]);
            ByteReader record = At(wide, Zip64EndLength, "zip64 record");
            if (!record.Take(4).SequenceEqual("PK\u0006\u0006"u8))
                throw FileFault.Damaged("the zip64 record is missing");
            record.Skip(28);
            count = record.U64();
            length = record.U64();
            start = record.U64();
        }

        return count <= length / 46 ? (count, length, start) : throw FileFault.Damaged($"a zip directory of {count} entries in {length} bytes");
    }

    /// <summary>Numbers that do not fit 32 bits stand in an extra field, in a fixed order, only those that do not fit.</summary>
    private static void Widen(ByteReader extra, ref ulong unpacked, ref ulong packed, ref ulong offset)
    {
        while (extra.Left >= 4)
        {
            ushort tag = extra.U16(), length = extra.U16();
            if (length > extra.Left)
                return;
            ByteReader field = extra.Piece(length, "zip64 field");
            if (tag != 1)
                continue;
            if (unpacked == uint.MaxValue)
                unpacked = field.U64();
            if (packed == uint.MaxValue)
                packed = field.U64();
            if (offset == uint.MaxValue)
                offset = field.U64();
        }
    }

    /// <summary>Where an entry's bytes begin: behind its local header, whose extra field is longer than the directory's.</summary>
    private (int Offset, int Length) Place(string name, ReadOnlySpan<byte> nameBytes, ulong offset, ulong length)
    {
        ByteReader local = At(offset, LocalLength, "local header");
        if (!local.Take(4).SequenceEqual("PK\u0003\u0004"u8))
            throw FileFault.Damaged($"the entry {FileFault.Quote(name)} of the zip has no header");
        local.Skip(22);
        ushort nameLength = local.U16(), extraLength = local.U16();
        ByteReader localName = At(offset + LocalLength, nameLength, "local header");
        if (!localName.Take(nameLength).SequenceEqual(nameBytes))
            throw FileFault.Damaged($"the entry {FileFault.Quote(name)} of the zip has two names");
        ulong place = offset + LocalLength + nameLength + extraLength;
        At(place, length, "entry");
        return ((int)place, (int)length);
    }
}
