using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn;

/// <summary>
/// A file of <c>torch.save</c>, as a zip or in the form before PyTorch 1.6, read as data: nothing in it is executed.
/// </summary>
internal sealed class TorchArchive
{
    private const int LongestPickle = 16 << 20;
    private static readonly Int128 s_magic = new(0x1950, 0xA86A20F9469CFC6C);

    private readonly ReadOnlyMemory<byte> _data;
    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);
    private StoredZip? _zip;
    private string _folder = "";

    private TorchArchive(ReadOnlyMemory<byte> data) => _data = data;

    /// <summary>The saved object, as plain values, records and views.</summary>
    public object? Root { get; private set; }

    // The rest of the magic number is compared when it is read.
    private static ReadOnlySpan<byte> OldForm => [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46];

    /// <summary>Whether a file begins as PyTorch's form before 1.6 does.</summary>
    public static bool IsOldForm(ReadOnlySpan<byte> data) => data.StartsWith(OldForm);

    /// <summary>Whether a zip is one of PyTorch's: it has one pickle called <c>data.pkl</c> in one folder.</summary>
    public static bool IsOne(StoredZip zip) => PicklesOf(zip).Count() == 1;

    /// <exception cref="System.IO.InvalidDataException">The file is damaged, or holds what is not read.</exception>
    public static TorchArchive Open(ReadOnlyMemory<byte> data)
    {
        var archive = new TorchArchive(data);
        if (StoredZip.IsOne(data.Span))
            archive.ReadZip(StoredZip.Open(data));
        else if (IsOldForm(data.Span))
            archive.ReadOldForm();
        else
            throw FileFault.Damaged("it is neither a zip nor PyTorch's form before 1.6");
        return archive;
    }

    private static IEnumerable<string> PicklesOf(StoredZip zip) => zip.Names.Where(n => n.EndsWith("/data.pkl", StringComparison.Ordinal) && n.Count(c => c == '/') == 1);

    private void ReadZip(StoredZip zip)
    {
        _zip = zip;
        List<string> pickles = PicklesOf(zip).ToList();
        if (pickles.Count != 1)
            throw FileFault.Refused($"a zip with {pickles.Count} entries 'data.pkl'; PyTorch writes one");
        _folder = pickles[0][..^"data.pkl".Length];
        if (zip.Contains(_folder + "constants.pkl") || zip.Names.Any(n => n.StartsWith(_folder + "code/", StringComparison.Ordinal)))
            throw FileFault.Refused("TorchScript, which holds code; save the state_dict instead");
        if (zip.TryGet(_folder + "byteorder", out ReadOnlyMemory<byte> order) && !order.Span.SequenceEqual("little"u8))
            throw FileFault.Refused("numbers with the highest byte first");
        zip.TryGet(pickles[0], out ReadOnlyMemory<byte> pickle);
        if (pickle.Length > LongestPickle)
            throw FileFault.Refused($"a pickle of {pickle.Length} bytes; at most {LongestPickle} are read");
        var machine = new PickleMachine(pickle, Persistent, _data.Length);
        Root = machine.Run();
        if (machine.Length != pickle.Length)
            throw FileFault.Damaged("bytes behind the end of the pickle");
    }

    private void ReadOldForm()
    {
        int position = 0;
        object? Next()
        {
            var machine = new PickleMachine(_data[position..], Persistent, _data.Length);
            object? value = machine.Run();
            position += machine.Length;
            return value;
        }

        if (Next() is not Int128 magic || magic != s_magic)
            throw FileFault.Damaged("another magic number than PyTorch's");
        if (Next() is not 1001L)
            throw FileFault.Refused("another version of the form before 1.6 than 1001");
        if (Next() is not PickleDictionary system || system["little_endian"] is not true)
            throw FileFault.Refused("numbers with the highest byte first");
        Root = Next();
        if (Next() is not List<object?> keys)
            throw FileFault.Damaged("the list of storages is missing");
        if (keys.Count != _storages.Count || !_storages.Keys.ToHashSet().SetEquals(keys.OfType<string>()))
            throw FileFault.Damaged("the list of storages is not that of the object");
        foreach (string key in keys.OfType<string>())
        {
            TorchStorage storage = _storages[key];
            long length = storage.Count * NumberTypes.SizeOf(storage.Type);
            if (_data.Length - position < 8 || BinaryPrimitives.ReadInt64LittleEndian(_data.Span[position..]) != storage.Count || length > _data.Length - position - 8)
                throw FileFault.Damaged($"the storage {FileFault.Quote(key)} is cut, or of another length than {storage.Count}");
            storage.Bytes = _data.Slice(position + 8, (int)length);
            position += 8 + (int)length;
        }

        if (position != _data.Length)
            throw FileFault.Damaged($"{_data.Length - position} bytes behind the last storage");
    }

    /// <summary>What a persistent id stands for: a storage; in the old form also a class with its source text, which is dropped.</summary>
    private object? Persistent(object? id)
    {
        bool isOld = _zip is null;
        if (isOld && id is object?[] and ["module", PickleName name, _, _])
            return name;
        if (id is not object?[] parts || parts.Length != (isOld ? 6 : 5) || parts is not ["storage", PickleName type, string key, string, long count, ..] || count < 0)
            throw FileFault.Damaged("a persistent id that names no storage");
        if (isOld && parts[5] is not null)
            throw FileFault.Refused("a view of a storage");
        NumberType number = type.Text switch
        {
            "torch.FloatStorage" => NumberType.Float32,
            "torch.DoubleStorage" => NumberType.Float64,
            "torch.HalfStorage" => NumberType.Float16,
            "torch.BFloat16Storage" => NumberType.BFloat16,
            "torch.LongStorage" => NumberType.Int64,
            "torch.IntStorage" => NumberType.Int32,
            "torch.ShortStorage" => NumberType.Int16,
            "torch.CharStorage" => NumberType.Int8,
            "torch.ByteStorage" => NumberType.UInt8,
            "torch.BoolStorage" => NumberType.Boolean,
            _ => throw FileFault.Refused($"the storage type {FileFault.Quote(type.Text)}"),
        };
        int size = NumberTypes.SizeOf(number);
        if (count > _data.Length / size)
            throw FileFault.Damaged($"a storage of {count} elements in a file of {_data.Length} bytes");
        if (_storages.TryGetValue(key, out TorchStorage? known))
            return known.Type == number && known.Count == count ? known : throw FileFault.Refused($"the storage {FileFault.Quote(key)} with two types or lengths");
        var storage = new TorchStorage(key, number, count);
        if (_zip is not null)
        {
            if (!_zip.TryGet(_folder + "data/" + key, out ReadOnlyMemory<byte> bytes))
                throw FileFault.Damaged($"the storage {FileFault.Quote(key)} is missing");
            if (bytes.Length != count * size)
                throw FileFault.Damaged($"the storage {FileFault.Quote(key)} has {bytes.Length} bytes; {count * size} belong to it");
            storage.Bytes = bytes;
        }

        _storages.Add(key, storage);
        return storage;
    }
}
