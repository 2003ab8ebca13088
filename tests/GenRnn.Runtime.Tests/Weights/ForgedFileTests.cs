using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using static GenRnn.Runtime.Tests.ForeignModels;

namespace GenRnn.Runtime.Tests;

/// <summary>Files that were built to do harm: each is refused with one message, in little time and memory.</summary>
public sealed class ForgedFileTests
{
    private static readonly ModelInfo s_model = Of(Gru(3, 12), Dense(12, 3));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Weights", "Files");

    // A pickle of PyTorch's form before 1.6: magic number, version, system, and then the object.
    private static readonly byte[] s_oldForm =
    [
        .. Hex("80028A0A6CFC9C46F9206AA850192E"), .. Hex("80024DE9032E"), .. Hex("80027D580D000000"), .. "little_endian"u8, .. Hex("88732E"),
    ];

    // The list of storages behind the object.
    private static readonly byte[] s_noStorages = [0x80, 2, 0x5D, (byte)'.'];

    private static string Storage(string key, long count, string type = "FloatStorage") =>
        $"28{Word("storage")}{Global("torch", type)}{Word(key)}{Word("cpu")}{Integer(count)}4E7451";

    public static TheoryData<string, string, string> Pickles => new()
    {
        { "a dictionary in a dictionary, very often", string.Concat(Enumerable.Repeat("7D", 200_000)), "more containers than its length can hold" },
        { "a memo far away", "4E72FFFFFFFF", "the memo 4294967295 of a pickle out of order" },
        { "a memo that was never kept", "6807", "the memo 7 of a pickle was never kept" },
        { "a text of four gigabytes", "58FFFFFFFF41", "ends inside a value" },
        { "a name without an end", "63" + string.Concat(Enumerable.Repeat("41", 2000)), "a name in a pickle is not ended" },
        { "marks in marks", string.Concat(Enumerable.Repeat("28", 5000)), "more than 1000 open marks" },
        { "values without an end", string.Concat(Enumerable.Repeat("4E", 1_100_000)), "values at a time" },
        { "a number of 255 bytes", "8AFF" + string.Concat(Enumerable.Repeat("00", 255)), "a whole number of 255 bytes" },
        { "tuples as keys", "7D4E858585854E73", "keys that are no plain values" },
        { "a function of the system", Global("os", "system") + Word("true") + "8552", "a saved object without weights" },
        { "a class of INST", "2869" + Ascii("os\nsystem\n"), "the pickle opcode 0x69" },
        { "a class from the stack", "93", "the pickle opcode 0x93" },
        { "an extension", "8201", "the pickle opcode 0x82" },
        { "a value that is not there", "30", "the pickle opcode 0x30" },
        { "an object that is built twice", Global("a", "B") + "29817D627D62", "an object of a pickle that is built twice" },
        { "a list as a dictionary", "5D4B014B0273", "a pickle writes into what is no dictionary" },
        { "a storage of 2^62 elements", Storage("0", 1L << 62), "a storage of 4611686018427387904 elements" },
        { "a storage of no known type", Storage("0", 1, "QInt8Storage"), "torch.QInt8Storage" },
        { "a view of 2^60 elements", Tensor(Storage("0", 4), 0, [1 << 20, 1 << 20, 1 << 20], [0, 0, 0]), "with an axis of 1048576" },
        { "a view of one element, very often", Tensor(Storage("0", 4), 0, [30, 30], [0, 0]), "a tensor of more elements than its storage of 4" },
        { "a view beside its storage", Tensor(Storage("0", 4), 3, [2], [1]), "a tensor that leaves its storage" },
        { "a stride that overflows", Tensor(Storage("0", 4), 0, [2, 2], [1, long.MaxValue]), "a tensor that leaves its storage" },
        { "an offset from the end", Tensor(Storage("0", 4), -1, [2], [1]), "no whole number from 0" },
        { "a tensor of 33 axes", Tensor(Storage("0", 4), 0, [.. Enumerable.Repeat(1L, 33)], [.. Enumerable.Repeat(1L, 33)]), "differ in rank" },
        { "a list in itself", "7D" + Word("a") + "5D7100680061" + "73", "a saved object without weights" },
    };

    [Theory]
    [MemberData(nameof(Pickles))]
    public void A_pickle_is_refused(string what, string pickle, string reason)
    {
        byte[] file = [.. s_oldForm, 0x80, 2, .. Hex(pickle), (byte)'.', .. s_noStorages];
        Assert.Contains(reason, Refusal(what, file), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_longer_than_the_file_are_refused()
    {
        // 300 modules in modules, each under a name of 4,000 letters that is written once.
        string open = string.Concat(Enumerable.Range(0, 300).Select(i =>
            $"{Global("a", "M")}29817D{Word("_parameters")}7D73{Word("_buffers")}7D73{Word("_modules")}7D{(i == 0 ? Word(new string('n', 4000)) + "7100" : "6800")}"));
        string close = string.Concat(Enumerable.Repeat("737362", 300));
        byte[] file = [.. s_oldForm, 0x80, 2, .. Hex(open + "4E" + close), (byte)'.', .. s_noStorages];
        Assert.Contains("names of modules that are too long", Refusal("names", file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entries that share bytes", "entries of the zip overlap")]
    [InlineData("an entry twice", "twice")]
    [InlineData("an entry outside", "lies outside the file")]
    [InlineData("more entries than fit", "a zip directory of 60000 entries")]
    [InlineData("a compressed entry", "the compressed entry")]
    [InlineData("an encrypted entry", "the encrypted entry")]
    [InlineData("two lengths", "is stored and has two lengths")]
    [InlineData("two names", "has two names")]
    [InlineData("no end", "the end of the zip is missing")]
    public void A_zip_is_refused(string what, string reason) => Assert.Contains(reason, Refusal(what, Zip(what)), StringComparison.Ordinal);

    /// <summary>Pointers of a real file bent: to itself, to others, to nowhere, and sizes made enormous.</summary>
    [Fact]
    public void Bent_HDF5_is_refused()
    {
        byte[] original = File.ReadAllBytes(Path.Combine(Folder, "keras_lstm.weights.h5"));
        int root = (int)BinaryPrimitives.ReadUInt64LittleEndian(original.AsSpan(64));
        var bent = new List<(string What, int Place, ulong Value)>();
        foreach (int tree in Places(original, "TREE"))
        {
            bent.Add(("a tree that is its own child", tree + 32, (ulong)tree));
            bent.Add(("a tree of another's symbols", tree + 32, (ulong)Places(original, "SNOD").First()));
            bent.Add(("a tree of very many levels", tree + 4, 0xFFFF_FFFF_FF00_00FF));
        }

        foreach (int symbols in Places(original, "SNOD"))
        {
            bent.Add(("a group that holds the root", symbols + 16, (ulong)root));
            bent.Add(("a name outside", symbols + 8, ulong.MaxValue - 4));
            bent.Add(("65,535 symbols", symbols + 6, 0xFFFF));
        }

        foreach (int heap in Places(original, "HEAP"))
            bent.Add(("a heap without an end", heap + 8, ulong.MaxValue - 8));
        bent.Add(("a root that is the file's first byte", 64, 0));
        bent.Add(("a base elsewhere", 24, 512));
        foreach ((string what, int place, ulong value) in bent)
        {
            byte[] file = (byte[])original.Clone();
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(place), value);
            // A pointer to what the file has elsewhere may leave a file that is read; never one that is not ended.
            Refusal($"{what} at {place}", file, mayBeRead: true);
        }

        // The first symbol of the root is made the root itself.
        byte[] cycle = (byte[])original.Clone();
        BinaryPrimitives.WriteUInt64LittleEndian(cycle.AsSpan(Places(original, "SNOD").First() + 16), (ulong)root);
        Assert.Contains("an object that stands in two places", Refusal("a cycle", cycle), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,2],\"data_offsets\":[0,8]}}", "")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "")]
    [InlineData("{\"a\":{\"dtype\":\"I4\",\"shape\":[2],\"data_offsets\":[0,8]}}", "")]
    public void Safetensors_are_refused(string header, string reason)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        Assert.Contains(reason, Refusal(header, [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[8]]), StringComparison.Ordinal);
    }

    /// <summary>Reads a file; what is said of it, if it is not read.</summary>
    private static string Refusal(string what, byte[] file, bool mayBeRead = false)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        string message = "";
        try
        {
            WeightReader.Read(new SpanSource(file), s_model, new float[s_model.ParameterCount].AsSpan());
            Assert.True(mayBeRead, what + " was read.");
        }
        catch (InvalidDataException exception)
        {
            message = exception.Message;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < (64L << 20) + 10L * file.Length, $"{what}: {allocated} bytes for a file of {file.Length}.");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{what} took {watch.Elapsed}.");
        return message;
    }

    /// <summary>A zip of a few entries that is wrong in one way.</summary>
    private static byte[] Zip(string what)
    {
        bool isNested = what == "entries that share bytes";
        string[] names = [.. Enumerable.Range(0, isNested ? 20 : 2).Select(i => i == 0 || what == "an entry twice" ? "x/data.pkl" : $"x/{i}")];
        var file = new List<byte>();
        var places = new List<int>();
        foreach (string name in names)
        {
            places.Add(file.Count);
            file.AddRange([.. "PK\u0003\u0004"u8, 20, 0, .. new byte[12], .. BitConverter.GetBytes(4), .. BitConverter.GetBytes(4), (byte)name.Length, 0, 0, 0]);
            file.AddRange([.. Encoding.ASCII.GetBytes(what == "two names" ? new string('z', name.Length) : name), 0x80, 2, 0x4E, (byte)'.']);
        }

        int start = file.Count;
        var directory = new List<byte>();
        foreach ((string name, int place) in names.Zip(places))
        {
            // Each entry holds all that come behind it.
            int packed = isNested ? start - place - 30 - name.Length : 4, unpacked = what == "two lengths" ? 3 : packed;
            directory.AddRange([.. "PK\u0001\u0002"u8, 20, 0, 20, 0, (byte)(what == "an encrypted entry" ? 1 : 0), 0, (byte)(what == "a compressed entry" ? 8 : 0), .. new byte[9]]);
            directory.AddRange([.. BitConverter.GetBytes(packed), .. BitConverter.GetBytes(unpacked), (byte)name.Length, .. new byte[13]]);
            directory.AddRange([.. BitConverter.GetBytes(what == "an entry outside" ? 1 << 30 : place), .. Encoding.ASCII.GetBytes(name)]);
        }

        byte[] count = BitConverter.GetBytes((ushort)(what == "more entries than fit" ? 60_000 : names.Length));
        byte[] end = [.. "PK\u0005\u0006"u8, 0, 0, 0, 0, .. count, .. count, .. BitConverter.GetBytes(directory.Count), .. BitConverter.GetBytes(start), 0, 0];
        return what == "no end" ? [.. file, .. directory] : [.. file, .. directory, .. end];
    }

    private static IEnumerable<int> Places(byte[] file, string signature)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(signature);
        for (int at = 0; file.AsSpan(at).IndexOf(bytes) is var next and >= 0; at += next + 1)
            yield return at + next;
    }

    private static string Tensor(string storage, long offset, long[] shape, long[] strides) =>
        $"{Global("torch._utils", "_rebuild_tensor_v2")}28{storage}{Integer(offset)}28{string.Concat(shape.Select(Integer))}7428{string.Concat(strides.Select(Integer))}7489{Global("collections", "OrderedDict")}29527452";

    private static string Integer(long number) => "8A08" + Convert.ToHexString(BitConverter.GetBytes(number));

    private static string Word(string text) => "58" + Convert.ToHexString(BitConverter.GetBytes(text.Length)) + Ascii(text);

    private static string Global(string module, string name) => "63" + Ascii(module + "\n" + name + "\n");

    private static string Ascii(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
