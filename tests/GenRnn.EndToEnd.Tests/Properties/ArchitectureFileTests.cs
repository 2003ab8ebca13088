using System;
using System.IO;
using System.Linq;
using System.Reflection;
using GenRnn.EndToEnd.Tests.Compiling;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Which files a class takes: those of the same architecture, whatever its layers are called, and those that were saved by earlier rules.</summary>
public sealed class ArchitectureFileTests
{
    private static readonly Lazy<ModelCompilation> s_compilation = new(() => ModelCompilation.Compile("ArchitectureFiles",
    [
        // The class that saved first-rules.safetensors, with seed 7.
        Source("Saved", "[Input(TimeSteps = 5, Features = 2, Batch = 4)]", "[Lstm(3, ReturnSequences = true, Name = \"Memory\")]", "[Gru(3)]", "[Dense(1)]"),
        Source("Gained", "[Input(TimeSteps = 5, Features = 2)]", "[Dropout(0.5)]", "[Lstm(3, ReturnSequences = true, Activation = Activation.Tanh, Name = \"Renamed\")]",
            "[GaussianNoise(0.1)]", "[Gru(3, Name = \"Second\")]", "[Dropout(0.5)]", "[Dense(1)]"),
        Source("Wider", "[Input(TimeSteps = 5, Features = 2, Batch = 4)]", "[Lstm(3, ReturnSequences = true, Name = \"Memory\")]", "[Gru(4)]", "[Dense(1)]"),
        Source("Plain", "[Input(TimeSteps = 5, Features = 2, Batch = 4)]", "[Lstm(3, ReturnSequences = true, Name = \"Memory\")]", "[Gru(3, ResetAfter = false)]", "[Dense(1)]"),
        Source("Longer", "[Input(TimeSteps = 5, Features = 2, Batch = 4)]", "[Lstm(3, ReturnSequences = true, Name = \"Memory\")]", "[Gru(3)]", "[Dense(1)]", "[Activation(Activation.Relu)]"),
    ]));

    private static string SavedFile => Path.Combine(AppContext.BaseDirectory, "Properties", "first-rules.safetensors");

    /// <summary>A file and a state that were saved before hashes had versions; the numbers are those of then.</summary>
    [Fact]
    public void FilesAndStatesOfTheFirstRulesAreRead()
    {
        const string bytes = "R2VuUwEAAAABAAAABAAAABAAAAA1NzFlOTliNTc0Y2ZiOWRlKQIZuyyzXr2deD08nFKTu6MS6L3gSbA8sO+WPH8ZnrzMgPg8";
        IModel<float> model = Load("Saved", File.ReadAllBytes(SavedFile));
        float[] x = [.. Enumerable.Range(0, 10).Select(i => (i * 7 % 10 - 4) / 8f)];
        var y = new float[1];
        model.Predict(x, y);
        Assert.Equal(0x3d0e19cbu, BitConverter.SingleToUInt32Bits(y[0]));
        ModelState<float> state = model.CreateState(1);
        state.Read(Convert.FromBase64String(bytes));
        model.Predict(x, y, state);
        Assert.Equal(0x3d2e738eu, BitConverter.SingleToUInt32Bits(y[0]));

        var written = new byte[state.ByteCount];
        state.Write(written);
        ModelState<float> again = Load("Saved", File.ReadAllBytes(SavedFile)).CreateState(1);
        again.Read(written);
        Assert.Equal(state.GetValues("Memory.h"), again.GetValues("Memory.h"));
    }

    [Fact]
    public void WhatComputesTheSameTakesTheSameFile()
    {
        IModel<float> saved = Load("Saved", File.ReadAllBytes(SavedFile));
        var file = new MemoryStream();
        saved.Save(file);
        IModel<float> gained = Load("Gained", file.ToArray());
        Bits.AssertEqual(saved.Parameters, gained.Parameters, "gained");
        file = new MemoryStream();
        gained.Save(file);
        Bits.AssertEqual(saved.Parameters, Load("Saved", file.ToArray()).Parameters, "lost");
    }

    [Theory]
    [InlineData("Wider", "'Gru Units=3'", "'Gru Units=4'")]
    [InlineData("Plain", "'Gru Units=3'", "'Gru Units=3 ResetAfter=false'")]
    [InlineData("Longer", "nothing", "'Activation Function=Relu'")]
    public void ARefusalSaysWhatDiffers(string name, string found, string expected)
    {
        var file = new MemoryStream();
        Load("Saved", File.ReadAllBytes(SavedFile)).Save(file);
        string message = Assert.Throws<InvalidDataException>(() => Load(name, file.ToArray())).Message;
        Assert.Contains($"is {found} in the file and {expected} in the model", message, StringComparison.Ordinal);
        Assert.Contains("'Saved'", message, StringComparison.Ordinal);
    }

    /// <summary>Files of the first rules say nothing of their layers, but their tensors do.</summary>
    [Theory]
    [InlineData("Wider", "in the file and [")]
    [InlineData("Gained", "'Renamed/lstm_cell/kernel', the file has the tensor '")]
    [InlineData("Longer", "flags of the layers")]
    public void ARefusalOfAnOldFileSaysWhichTensorDiffers(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Load(name, File.ReadAllBytes(SavedFile))).Message, StringComparison.Ordinal);

    private static ModelSource Source(string name, params string[] lines) => new("ArchitectureFiles", name, string.Join("\n", lines) + $"\npublic partial class {name};\n");

    private static IModel<float> Load(string name, byte[] file)
    {
        MethodInfo load = s_compilation.Value.Find("ArchitectureFiles." + name).GetMethod("Load", [typeof(Stream)])!;
        return (IModel<float>)load.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [new MemoryStream(file)], null)!;
    }
}
