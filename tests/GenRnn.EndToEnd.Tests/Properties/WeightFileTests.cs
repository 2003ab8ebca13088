using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
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

    [Fact]
    public void ADamagedHeaderIsRefusedOrHarmless()
    {
        IModel<float> model = PropertyModels.Create("SingleNeuron", new Variant(5));
        Save(model, "a.safetensors");
        byte[] whole = File.ReadAllBytes(PathOf("a.safetensors"));
        int header = 8 + (int)BitConverter.ToUInt64(whole, 0);
        int refused = 0;

        for (int i = 0; i < header; i++)
        {
            byte[] damaged = (byte[])whole.Clone();
            damaged[i] ^= 0x11;
            File.WriteAllBytes(PathOf("b.safetensors"), damaged);
            try
            {
                // A letter of the metadata that nothing reads may change; then the weights are what they were.
                Bits.AssertEqual(model.Parameters, Load("SingleNeuron", new Variant(5), "b.safetensors").Parameters, $"byte {i}");
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(refused > header * 3 / 4, $"Only {refused} of {header} damaged headers were refused.");
    }

    [Fact]
    public void AFileThatCannotBeWrittenLeavesTheOldOne()
    {
        IModel<float> model = PropertyModels.Create("SingleNeuron", new Variant(5));
        Save(model, "a.safetensors");

        Assert.ThrowsAny<IOException>(() => Save(model, Path.Combine("missing", "a.safetensors")));
        Bits.AssertEqual(model.Parameters, Load("SingleNeuron", new Variant(5), "a.safetensors").Parameters, "weights");
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private void Save(IModel<float> model, string file) => Invoke(model.GetType().GetMethod("Save", [typeof(string)])!, model, PathOf(file));

    private IModel<float> Load(string name, Variant variant, string file) =>
        (IModel<float>)Invoke(PropertyModels.TypeOf(name, variant).GetMethod("Load", [typeof(string)])!, null, PathOf(file))!;

    private static object? Invoke(MethodInfo method, object? target, string path) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, [path], null);
}
