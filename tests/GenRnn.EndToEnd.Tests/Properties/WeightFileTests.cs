using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GenRnn.EndToEnd.Tests.Declaring;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Save and Load of generated classes: the same bits come back, and nothing else is taken.</summary>
public sealed class WeightFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("genrnn-").FullName;

    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void WeightsComeBack(string name)
    {
        IModel<float> model = PropertyModels.Create(name, new Variant(5), seed: 9);
        Save(model, "a.safetensors");

        // Batch and layout are not part of the architecture.
        foreach (Variant variant in new[] { new Variant(5), new Variant(32) })
            Bits.AssertEqual(model.Parameters, Load(name, variant, "a.safetensors").Parameters, $"{name} {variant.ClassName}");
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AnotherArchitectureIsRefused()
    {
        Save(PropertyModels.Create("Forecaster", new Variant(5)), "a.safetensors");

        var error = Assert.Throws<InvalidDataException>(() => Load("Wide", new Variant(5), "a.safetensors"));
        Assert.Contains("a.safetensors", error.Message);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        Save(PropertyModels.Create("SingleNeuron", new Variant(5)), "a.safetensors");
        byte[] whole = File.ReadAllBytes(PathOf("a.safetensors"));

        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(PathOf("b.safetensors"), whole[..length]);
            Assert.Throws<InvalidDataException>(() => Load("SingleNeuron", new Variant(5), "b.safetensors"));
        }

        File.WriteAllBytes(PathOf("b.safetensors"), [.. whole, 0]);
        Assert.Throws<InvalidDataException>(() => Load("SingleNeuron", new Variant(5), "b.safetensors"));
    }

    /// <summary>Whatever is read of a header must be whole. What only messages say may change, as long as the weights stay what they were.</summary>
    [Theory]
    [InlineData(0x01)]
    [InlineData(0x11)]
    public void ADamagedHeaderIsRefusedOrHarmless(byte damage)
    {
        IModel<float> model = PropertyModels.Create("SingleNeuron", new Variant(5));
        Save(model, "a.safetensors");
        byte[] whole = File.ReadAllBytes(PathOf("a.safetensors"));
        int header = 8 + (int)BitConverter.ToUInt64(whole, 0);
        HashSet<int> unread = [.. Unread(whole.AsSpan(8, header - 8)).Select(i => 8 + i)];
        Assert.InRange(unread.Count, 1, header - 200);

        for (int i = 0; i < header; i++)
        {
            byte[] damaged = (byte[])whole.Clone();
            damaged[i] ^= damage;
            File.WriteAllBytes(PathOf("b.safetensors"), damaged);
            if (!unread.Contains(i))
            {
                Exception? error = Record.Exception(() => Load("SingleNeuron", new Variant(5), "b.safetensors"));
                Assert.True(error is InvalidDataException, $"Byte {i}, in front of '{System.Text.Encoding.UTF8.GetString(whole, i, Math.Min(30, header - i))}': {error?.ToString() ?? "nothing was refused."}");
                continue;
            }

            try
            {
                Bits.AssertEqual(model.Parameters, Load("SingleNeuron", new Variant(5), "b.safetensors").Parameters, $"byte {i}");
            }
            catch (InvalidDataException)
            {
                // Text that is no JSON any more.
            }
        }
    }

    /// <summary>
    /// The bytes of a header that Load reads nothing of: the texts of the metadata that stand in messages alone, or help where tensors have other names, and the keys of what may be absent.
    /// </summary>
    private static List<int> Unread(ReadOnlySpan<byte> json)
    {
        var unread = new List<int>();
        var reader = new Utf8JsonReader(json);
        string key = "";
        while (reader.Read())
        {
            bool isKey = reader.TokenType == JsonTokenType.PropertyName;
            if (isKey)
                key = reader.GetString()!;
            if (reader.CurrentDepth == 2 && (isKey || reader.TokenType == JsonTokenType.String) && (key is "model" or "architecture" or "variables" || (isKey && key == "crc32c")))
                unread.AddRange(Enumerable.Range((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
        }

        return unread;
    }

    [Fact]
    public void AFileThatCannotBeWrittenLeavesTheOldOne()
    {
        IModel<float> model = PropertyModels.Create("SingleNeuron", new Variant(5));
        Save(model, "a.safetensors");

        Assert.ThrowsAny<IOException>(() => Save(model, Path.Combine("missing", "a.safetensors")));
        Bits.AssertEqual(model.Parameters, Load("SingleNeuron", new Variant(5), "a.safetensors").Parameters, "weights");
    }

    /// <summary>Two sets of weights take turns while other threads predict: a call of many batches sees one of them, whole.</summary>
    [Fact]
    public async Task WeightsAreSwappedBetweenCalls()
    {
        const int rows = 150;
        IModel<float>[] sources = [PropertyModels.Create("Forecaster", new Variant(32), seed: 1), PropertyModels.Create("Forecaster", new Variant(32), seed: 2)];
        var inputs = new float[rows * 50];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = i % 50 / 50f;
        var expected = new List<float[]>();
        for (int i = 0; i < sources.Length; i++)
        {
            var outputs = new float[rows];
            sources[i].Predict(inputs, outputs);
            expected.Add(outputs);
            Save(sources[i], $"{i}.safetensors");
        }

        IModel<float> live = Load("Forecaster", new Variant(32), "0.safetensors");
        using var stop = new CancellationTokenSource();
        int seen = 0;
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var outputs = new float[rows];
            while (!stop.IsCancellationRequested)
            {
                live.Predict(inputs, outputs);
                int which = expected.FindIndex(e => e.AsSpan().SequenceEqual(outputs));
                Assert.True(which >= 0, "A call saw parts of two sets of weights.");
                Interlocked.Or(ref seen, 1 << which);
            }
        }))];
        byte[][] files = [File.ReadAllBytes(PathOf("0.safetensors")), File.ReadAllBytes(PathOf("1.safetensors"))];
        // On a busy machine the readers may not have begun when 600 are done.
        for (int i = 0; (i < 600 || (i < 200_000 && Volatile.Read(ref seen) != 3)) && !readers.Any(r => r.IsCompleted); i++)
            live.LoadFrom(files[i % 2]);
        live.LoadFrom(PathOf("1.safetensors"));
        stop.Cancel();
        await Task.WhenAll(readers);
        Assert.Equal(3, seen);
        Bits.AssertEqual(sources[1].Parameters, live.Parameters, "weights");
    }

    [Fact]
    public void StreamsAndBytesHoldTheSame()
    {
        IModel<float> model = PropertyModels.Create("Forecaster", new Variant(5), seed: 4);
        var stream = new MemoryStream();
        model.Save(stream);
        Save(model, "a.safetensors");
        Assert.Equal(File.ReadAllBytes(PathOf("a.safetensors")), stream.ToArray());

        Type type = PropertyModels.TypeOf("Forecaster", new Variant(5));
        stream.Position = 0;
        var loaded = (IModel<float>)type.GetMethod("Load", [typeof(Stream)])!.Invoke(null, [stream])!;
        Bits.AssertEqual(model.Parameters, loaded.Parameters, "stream");
        IModel<float> other = PropertyModels.Create("Forecaster", new Variant(5), seed: 5);
        other.LoadFrom(stream.ToArray());
        Bits.AssertEqual(model.Parameters, other.Parameters, "bytes");
        Assert.NotNull(type.GetMethod("Load", [typeof(ReadOnlySpan<byte>)]));
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private void Save(IModel<float> model, string file) => Invoke(model.GetType().GetMethod("Save", [typeof(string)])!, model, PathOf(file));

    private IModel<float> Load(string name, Variant variant, string file) =>
        (IModel<float>)Invoke(PropertyModels.TypeOf(name, variant).GetMethod("Load", [typeof(string)])!, null, PathOf(file))!;

    private static object? Invoke(MethodInfo method, object? target, string path) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, [path], null);
}
