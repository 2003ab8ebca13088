using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using System.Text.Json;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class WeightFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gen-weights-");

    private string File => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Weights_come_back_and_panels_follow()
    {
        ModelCore<float> saved = Models.Core(Models.Small());
        saved.Initialize(3);
        saved.Save(File);
        ModelCore<float> loaded = Models.Core(Models.Small());
        loaded.LoadFrom(File);
        Assert.Equal(saved.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.Equal(2 * saved.Parameters[0], loaded.Panels);
    }

    [Fact]
    public void The_scaling_travels_in_the_metadata()
    {
        Scaling scaling = Scaling.Fit(new TimeSeries<float>(new float[] { 1, 2, 3, 5, 8, 13 }, 2, ["in", "out"]), Scaler.Log(1, "out"), Scaler.Standard());
        ModelCore<float> saved = Models.Core(Models.Small());
        saved.Initialize(3);
        saved.Scaling = scaling;
        saved.Save(File);
        using var stream = new MemoryStream();
        saved.Save(stream);
        Assert.Equal(System.IO.File.ReadAllBytes(File), stream.ToArray());

        ModelCore<float> loaded = Models.Core(Models.Small());
        loaded.Load(File);
        Assert.Equal(scaling, loaded.Scaling);
        saved.Scaling = null;
        saved.Save(File);
        loaded.LoadFrom(File);
        Assert.Null(loaded.Scaling);
        loaded.LoadFrom(stream.ToArray());
        Assert.Equal(scaling, loaded.Scaling);
    }

    [Fact]
    public void A_damaged_scaling_changes_nothing()
    {
        ModelCore<float> saved = Models.Core(Models.Small());
        saved.Initialize(3);
        saved.Scaling = Scaling.Fit(new TimeSeries<float>(new float[] { 1, 2 }), Scaler.Difference());
        saved.Save(File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int place = bytes.AsSpan().IndexOf("difference"u8);
        bytes[place] = (byte)'b';
        ModelCore<float> loaded = Models.Core(Models.Small());
        loaded.Initialize(4);
        float[] before = loaded.Parameters.ToArray();
        Assert.StartsWith("The scaling is damaged: ", Assert.Throws<InvalidDataException>(() => loaded.LoadFrom(bytes)).Message, StringComparison.Ordinal);
        Assert.Equal(before, loaded.Parameters.ToArray());
        Assert.Null(loaded.Scaling);
    }

    [Fact]
    public void Double_weights_come_back()
    {
        ModelInfo info = Models.Small();
        var values = new double[22];
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Sqrt(i);
        WeightFile.Save<double>(File, info, values, null);
        var loaded = new double[22];
        WeightFile.Load<double>(File, info, loaded);
        Assert.Equal(values, loaded);
    }

    [Fact]
    public void The_file_has_the_form_of_the_reference_library()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        core.SetWeights([Models.Ramp(6), Models.Ramp(9), Models.Ramp(3), Models.Ramp(3), [5f]]);
        core.Save(File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, headerLength % 8);
        Assert.Equal(8 + headerLength + 22 * sizeof(float), bytes.Length);
        Assert.Equal((byte)'{', bytes[8]);

        using JsonDocument json = JsonDocument.Parse(bytes.AsMemory(8, headerLength));
        JsonElement metadata = json.RootElement.GetProperty("__metadata__");
        Assert.Equal(("2", "Small", "hash-of-small"), (
            metadata.GetProperty("format_version").GetString(), metadata.GetProperty("model").GetString(), metadata.GetProperty("architecture_hash").GetString()));

        // Sorted by name, without holes: dense/bias is the first and has one value.
        JsonElement bias = json.RootElement.GetProperty("dense/bias");
        Assert.Equal("""{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", bias.GetRawText());
        Assert.Equal("""{"dtype":"F32","shape":[3,1],"data_offsets":[4,16]}""", json.RootElement.GetProperty("dense/kernel").GetRawText());
        Assert.Equal(5f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + headerLength)));
    }

    [Fact]
    public void Saving_replaces_a_file_whole_and_leaves_nothing_beside_it()
    {
        System.IO.File.WriteAllText(File, "an older file");
        Models.Core(Models.Small()).Save(File);
        Models.Core(Models.Small()).LoadFrom(File);
        Assert.Equal([File], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_save_that_fails_keeps_the_older_file_and_cleans_up()
    {
        System.IO.File.WriteAllText(File, "an older file");
        // Fewer parameters than the variables need: writing fails half way.
        Assert.ThrowsAny<ArgumentException>(() => WeightFile.Save<float>(File, Models.Small(), new float[20], null));
        Assert.Equal("an older file", System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_folder_that_is_not_there_or_in_the_way_is_said_so()
    {
        Assert.Throws<DirectoryNotFoundException>(() => Models.Core(Models.Small()).Save(Path.Combine(_folder.FullName, "none", "x.safetensors")));
        Directory.CreateDirectory(File);
        Assert.ThrowsAny<SystemException>(() => Models.Core(Models.Small()).Save(File));
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Names_outside_ASCII_come_back()
    {
        ModelInfo info = Models.Small("Größe+α") with { Name = "Übung" };
        Models.Core(info).Save(File);
        Models.Core(info).LoadFrom(File);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_so() =>
        Assert.Throws<FileNotFoundException>(() => Models.Core(Models.Small()).LoadFrom(File));

    [Theory]
    [InlineData("hash-of-small", "hash-of-other", "hash-of-other")] // another architecture
    [InlineData("architecture_hash", "architecture_hasch", "architecture_hash")]
    [InlineData("\"format_version\":\"2\"", "\"format_version\":\"3\"", "'3'")]
    [InlineData("\"dense/bias\"", "\"dense/bios\"", "'dense/bias' is missing")]
    [InlineData("\"shape\":[3,1]", "\"shape\":[1,3]", "[1, 3]")]
    [InlineData("\"shape\":[3,1]", "\"shape\":[3]  ", "[3]")]
    [InlineData("F32", "F64", "found the type F64", true)]
    [InlineData("F32", "I32", "found the type I32", true)]
    [InlineData("\"shape\":[3,1]", "\"shape\":[-3,-1]", "whole number")]
    [InlineData("\"data_offsets\":[0,4]", "\"data_offsets\":[0,8]", "hole or overlap")]
    [InlineData("\"data_offsets\":[0,4]", "\"data_offsets\":[4,0]", "hole or overlap")]
    [InlineData("\"data_offsets\":[0,4]", "\"data_offsets\":[0,9223372036854775807]", "hole or overlap")]
    [InlineData("\"data_offsets\":[0,4]", "\"data_offsets\":[0,1e30]", "whole number")]
    [InlineData("\"data_offsets\":[0,4]", "\"data_offsets\":[0,4,8]", "two data_offsets")]
    [InlineData("\"data_offsets\":[0,4]", "\"data_offsets\":[[[[[[[[[[0]]]]]]]]]]", "whole number")]
    [InlineData("\"shape\":[1],", "", "needs dtype, shape")]
    [InlineData("\"shape\":[1],", "\"shape\":[1],\"shape\":[1],", "repeated key 'shape'")]
    [InlineData("\"shape\":[1],", "\"shape\":[1],\"more\":0,", "unknown or repeated key 'more'")]
    [InlineData("\"dtype\":\"F32\",\"shape\":[1]", "\"dtype\":32,\"shape\":[1]", "String belongs")]
    [InlineData("\"dense/kernel\"", "\"dense/bias\"", "'dense/bias' twice")]
    [InlineData("\"model\"", "\"architecture_hash\"", "'architecture_hash' twice")]
    [InlineData("{\"__metadata__\"", "[\"__metadata__\"", "'{'")]
    [InlineData("{\"__metadata__\"", " {\"__metadata__\"", "'{'")]
    [InlineData("{\"__metadata__\":", "{\"__metadata__\":{},\"__metadata__\":", "twice")]
    [InlineData("}}", "}", "not valid JSON")]
    [InlineData("}}", "}},", "not valid JSON")]
    [InlineData("}}", "}}{}", "not valid JSON")]
    [InlineData("}}", "}}\0", "not valid JSON")]
    [InlineData("Small", "\\ud800", "invalid text")]
    [InlineData("\"dense/bias\":", "\"empty\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"dense/bias\":", "'empty', which is no variable")]
    public void A_header_that_lies_is_refused(string found, string replacement, string message, bool everywhere = false)
    {
        (string header, byte[] data) = Split(SavedBytes());
        string changed = everywhere ? header.Replace(found, replacement, StringComparison.Ordinal) : ReplaceFirst(header, found, replacement);
        Assert.NotEqual(header, changed);
        AssertRefused(Join(changed, data), message);
    }

    [Fact]
    public void Shapes_that_do_not_fit_their_bytes_are_refused()
    {
        // Two tensors of wrong lengths that cover the data together.
        (string header, byte[] data) = Split(SavedBytes());
        header = header.Replace("\"data_offsets\":[0,4]", "\"data_offsets\":[0,8]", StringComparison.Ordinal)
            .Replace("\"data_offsets\":[4,16]", "\"data_offsets\":[8,16]", StringComparison.Ordinal);
        AssertRefused(Join(header, data), "8 bytes for 'dense/");
    }

    [Theory]
    [InlineData(0UL), InlineData(1UL), InlineData(7UL), InlineData(100_000_001UL), InlineData(ulong.MaxValue), InlineData((ulong)long.MaxValue), InlineData(99_999_999UL)]
    public void A_header_length_that_lies_is_refused(ulong length)
    {
        byte[] bytes = SavedBytes();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        AssertRefused(bytes, "header");
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = SavedBytes();
        for (int length = 0; length < bytes.Length; length++)
            AssertRefused(bytes[..length], "");
        AssertRefused([.. bytes, 0], "appended");
        AssertRefused(new byte[1000], "");
    }

    [Fact]
    public void Random_damage_is_refused_or_harmless()
    {
        const int Seed = 99;
        var random = new Random(Seed);
        byte[] bytes = SavedBytes();
        int refused = 0;
        ModelCore<float> core = Models.Core(Models.Small());
        for (int i = 0; i < 4000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (int hit = random.Next(1, 6); hit > 0; hit--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                damaged = damaged[..random.Next(damaged.Length)];
            System.IO.File.WriteAllBytes(File, damaged);
            core.UpdateParameters(0, static (parameters, _) => parameters.Fill(3f));
            try
            {
                core.LoadFrom(File);
            }
            catch (InvalidDataException)
            {
                refused++;
                if (core.Parameters.IndexOfAnyExcept(3f) >= 0)
                    Assert.Fail(FormattableString.Invariant($"Seed {Seed}, file {i}: refused, but the weights changed."));
            }
        }

        // Hits among the data or in the padding make a valid file.
        Assert.InRange(refused, 2000, 3999);
    }

    private byte[] SavedBytes()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        core.Initialize(1);
        core.Save(File);
        return System.IO.File.ReadAllBytes(File);
    }

    private void AssertRefused(byte[] bytes, string message)
    {
        System.IO.File.WriteAllBytes(File, bytes);
        ModelCore<float> core = Models.Core(Models.Small());
        core.UpdateParameters(0, static (parameters, _) => parameters.Fill(3f));
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => core.LoadFrom(File));
        Assert.Contains(message, exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("model.safetensors", exception.Message, StringComparison.Ordinal);
        Assert.True(core.Parameters.IndexOfAnyExcept(3f) < 0);
        Assert.Equal(6f, core.Panels);
    }

    private static (string Header, byte[] Data) Split(byte[] bytes)
    {
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return (Encoding.UTF8.GetString(bytes, 8, length), bytes[(8 + length)..]);
    }

    private static byte[] Join(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        return [.. prefix, .. json, .. data];
    }

    private static string ReplaceFirst(string text, string found, string replacement)
    {
        int at = text.IndexOf(found, StringComparison.Ordinal);
        return at < 0 ? text : text[..at] + replacement + text[(at + found.Length)..];
    }
}
