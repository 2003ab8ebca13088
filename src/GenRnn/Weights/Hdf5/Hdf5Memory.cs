using System;
using System.Collections.Generic;
using System.Text;

namespace GenRnn;

/// <summary>
/// The bytes of an HDF5 file, and the bookkeeping that keeps a hostile one harmless: every address is bounded, and no byte belongs to two
/// structures or to two values, which stops cycles, overlaps and quadratic time.
/// </summary>
internal sealed class Hdf5Memory
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly Dictionary<ulong, Dictionary<ushort, (int Offset, int Length)>> _collections = [];
    private long _structures;
    private long _values;

    public Hdf5Memory(ReadOnlyMemory<byte> data)
    {
        _data = data;
        End = (ulong)data.Length;
        _structures = data.Length;
        _values = data.Length;
    }

    /// <summary>Length of the file.</summary>
    public ulong Length => (ulong)_data.Length;

    /// <summary>One past the last byte that an address may name: what the superblock says.</summary>
    public ulong End { get; set; }

    /// <summary>Entries that an inner node of a group's tree may have.</summary>
    public int TreeEntries { get; set; }

    /// <summary>Entries that a leaf of a group's tree may have.</summary>
    public int SymbolEntries { get; set; }

    /// <summary>A structure of the file, which no other may overlap.</summary>
    public ByteReader Structure(ulong address, ulong length, string piece)
    {
        _structures -= length > Length ? long.MaxValue / 2 : (long)length;
        ByteReader reader = Peek(address, length, piece);
        return _structures >= 0 ? reader : throw FileFault.Damaged($"structures overlap ({piece} at byte {address})");
    }

    /// <summary>Bytes at an address, charged to nobody.</summary>
    public ByteReader Peek(ulong address, ulong length, string piece)
    {
        if (address > End || length > End - address)
            throw FileFault.Damaged($"{piece} at byte {address} ({length} bytes) lies outside the file of {End} bytes");
        return new ByteReader(_data.Span.Slice((int)address, (int)length), (int)address, piece);
    }

    /// <summary>Charges the bytes of a value, a string or a name.</summary>
    public void ChargeValue(ulong length, string what)
    {
        _values -= length > Length ? long.MaxValue / 2 : (long)length;
        if (_values < 0)
            throw FileFault.Damaged($"values overlap ({what})");
    }

    /// <summary>Bytes that <see cref="Peek"/> or <see cref="Structure"/> has bounded before.</summary>
    public ReadOnlySpan<byte> Bytes(int offset, int length) => _data.Span.Slice(offset, length);

    /// <summary>Count times size, if a file of this length can hold it.</summary>
    public ulong Product(ulong count, ulong size, string what)
    {
        UInt128 product = (UInt128)count * size;
        return product <= Length ? (ulong)product : throw FileFault.Damaged($"{what} of {product} bytes in a file of {Length}");
    }

    /// <summary>UTF-8 that is nothing else.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw FileFault.Damaged($"{what} is not UTF-8");
        }
    }

    /// <summary>A string of variable length, which lies in a global heap.</summary>
    /// <param name="length">Its bytes.</param>
    /// <param name="collection">Address of the heap; nothing if the length is 0.</param>
    /// <param name="index">Number of the object in it.</param>
    public ReadOnlySpan<byte> HeapString(uint length, ulong collection, uint index)
    {
        if (length == 0)
            return default;
        if (index > ushort.MaxValue || !CollectionAt(collection).TryGetValue((ushort)index, out (int Offset, int Length) item))
            throw FileFault.Damaged($"the object {index} of the heap at byte {collection} does not exist");
        if (length > (uint)item.Length)
            throw FileFault.Damaged($"a string of {length} bytes in an object of {item.Length}");
        ChargeValue(length, "string");
        ReadOnlySpan<byte> text = Bytes(item.Offset, (int)length);
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }

    /// <summary>Objects of a global heap, read once.</summary>
    private Dictionary<ushort, (int Offset, int Length)> CollectionAt(ulong address)
    {
        if (_collections.TryGetValue(address, out Dictionary<ushort, (int Offset, int Length)>? known))
            return known;
        const int HeaderLength = 16;
        ByteReader header = Peek(address, HeaderLength, "global heap");
        if (!header.Take(4).SequenceEqual("GCOL"u8))
            throw FileFault.Damaged($"no global heap at byte {address}");
        byte version = header.U8();
        if (version != 1)
            throw FileFault.Refused($"global heap of version {version}");
        header.Skip(3);
        ulong length = header.U64();
        if (length < HeaderLength)
            throw FileFault.Damaged($"global heap of {length} bytes");
        ByteReader heap = Structure(address, length, "global heap");
        heap.Skip(HeaderLength);

        var objects = new Dictionary<ushort, (int Offset, int Length)>();
        while (heap.Left >= HeaderLength)
        {
            ushort index = heap.U16();
            heap.Skip(6);
            ulong size = heap.U64();
            // The rest is free.
            if (index == 0)
                break;
            int offset = heap.Place;
            heap.Skip(size);
            heap.Skip((ulong)Math.Min(heap.Left, (int)(-(long)size & 7)));
            if (!objects.TryAdd(index, (offset, (int)size)))
                throw FileFault.Damaged($"the heap at byte {address} has the object {index} twice");
        }

        _collections.Add(address, objects);
        return objects;
    }

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
