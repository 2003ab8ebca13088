using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Interop;
using GenRnn.Tool.Reading.Onnx;
using Xunit;

namespace GenRnn.Tool.Tests;

/// <summary>ONNX: graphs as exporters write them, and files that were changed or built to do harm.</summary>
public sealed class OnnxImportTests
{
    private static int Count => Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1" ? 20_000 : 200;

    [Theory]
    [InlineData("graph_last_step_gemm_softmax.onnx", "[Input(TimeSteps = 5, Features = 4)]\n[Gru(6)]\n[Dense(3)]\n[Activation(Activation.Softmax)]\n")]
    [InlineData("graph_two_layers_bidirectional.onnx", "[Input(TimeSteps = 5, Features = 4)]\n[Bidirectional]\n[Lstm(6, ReturnSequences = true)]\n[Bidirectional]\n[Lstm(6, ReturnSequences = true)]\n[Dense(2)]\n")]
    [InlineData("graph_conv_relu_gru.onnx", "[Input(TimeSteps = 5, Features = 4)]\n[Conv1D(6, 3, Padding = Padding.Causal)]\n[Activation(Activation.Relu)]\n[Gru(6, ResetAfter = false)]\n")]
    [InlineData("torch_gru_dynamo.onnx", "[Input(TimeSteps = 7, Features = 3)]\n[Gru(12, ReturnSequences = true)]\n[Dense(3)]\n")]
    public void AGraphBecomesWhatAPersonWouldHaveWritten(string file, string expected)
    {
        using var folder = new TemporaryFolder();

        ToolRun run = ToolRun.Of("import", Own(file), "-o", folder.Path, "--name", "Net");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains(expected + "public partial class Net;\n", File.ReadAllText(folder.File("Net.cs")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clip", "1.5", "clip = 1.5, which Gen does not have")]
    [InlineData("input_forget", "1", "input_forget = 1, which Gen does not have")]
    [InlineData("invented", "1", "invented = 1, which Gen does not have")]
    public void AnAttributeThatGenDoesNotHaveIsRefusedByName(string name, string value, string reason)
    {
        var attributes = new Dictionary<string, KerasValue> { [name] = KerasValue.Of(double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)) };

        ForeignModelException exception = Assert.Throws<ForeignModelException>(() => OnnxRecurrent.Read("LSTM", new OnnxAttributes("the node 'l' (LSTM)", attributes), 4, hasBias: true, hasPeepholes: false));

        Assert.Equal("the node 'l' (LSTM): " + reason, exception.Message);
    }

    [Theory]
    [InlineData("torch_gru.onnx")]
    [InlineData("graph_two_layers_bidirectional.onnx")]
    public void AChangedFileIsReadOrRefused(string file)
    {
        byte[] original = File.ReadAllBytes(Own(file));
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int i = 0; i < Count; i++)
        {
            byte[] changed = [.. original];
            for (int j = random.Next(1, 5); j > 0; j--)
            {
                int at = random.Next(changed.Length);
                if (random.Next(3) == 0)
                    changed[at] ^= (byte)(1 << random.Next(8));
                else if (random.Next(2) == 0)
                    changed[at] = (byte)random.Next(256);
                else
                    changed.AsSpan(random.Next(changed.Length - 40), 30).CopyTo(changed.AsSpan(Math.Min(at, changed.Length - 30)));
            }

            if (random.Next(8) == 0)
                changed = changed[..random.Next(changed.Length)];
            Read(changed, $"change {i} of seed {seed}");
        }
    }

    [Fact]
    public void ForgedFilesAreRefused()
    {
        // A graph (field 7) with one constant (field 5) that says what follows.
        static byte[] Message(int field, byte[] content) => [(byte)(8 * field + 2), .. Length(content.Length), .. content];
        static byte[] Length(int length) => length < 128 ? [(byte)length] : [(byte)(length & 127 | 128), .. Length(length >> 7)];
        static byte[] Model(byte[] graph) => [8, 8, .. Message(2, "x"u8.ToArray()), .. Message(7, graph)];
        byte[] huge = [8, 255, 255, 255, 255, 255, 255, 255, 127, 16, 1];

        Assert.Contains("in another file", Read(Model(Message(5, [.. Message(8, "w"u8.ToArray()), 16, 1, 14 * 8, 1])), "external data"), StringComparison.Ordinal);
        Assert.Contains("has an axis of", Read(Model(Message(5, [.. huge, .. Message(9, new byte[4])])), "an axis of 2^62"), StringComparison.Ordinal);
        Assert.Contains("ends inside a field", Read([8, 8, 18, 1, 120, 58, 255, 255, 255, 255, 7], "a graph of two gigabytes"), StringComparison.Ordinal);
        Assert.Contains("ends inside a field", Read([8, 8, 18, 1, 120, 58, 2, 11, 12], "a group"), StringComparison.Ordinal);
        Assert.Contains("without a graph", Read([8, 8, 18, 1, 120, 64, 1], "no graph"), StringComparison.Ordinal);
        Assert.Contains("more than 100000 nodes", Read(Model([.. Enumerable.Repeat(new byte[] { 10, 0 }, 200_000).SelectMany(n => n)]), "nodes without an end"), StringComparison.Ordinal);
        // Constants that become enormous.
        byte[] shape = [.. Message(8, "s"u8.ToArray()), 8, 2, 16, 7, .. Message(9, [.. BitConverter.GetBytes(1L << 20), .. BitConverter.GetBytes(1L << 20)])];
        byte[] node = [.. Message(1, "s"u8.ToArray()), .. Message(2, "y"u8.ToArray()), .. Message(4, Encoding.ASCII.GetBytes("ConstantOfShape"))];
        byte[] input = Message(1, "x"u8.ToArray()), dimension = Message(1, [8, 4]);
        byte[] value = [.. input, .. Message(2, Message(1, [8, 1, .. Message(2, [.. dimension, .. dimension])]))];
        Assert.Contains("make more of its constants than it holds", Read(Model([.. Message(1, node), .. Message(5, shape), .. Message(11, value), .. Message(12, Message(1, "y"u8.ToArray()))]), "2^40 zeros"), StringComparison.Ordinal);
    }

    /// <summary>Reads a file; what is said of it, if it is not read.</summary>
    private static string Read(byte[] file, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        string message = "";
        try
        {
            OnnxSource.Open(file).Declare(new ImportRequest("Net") { TimeSteps = 5 });
        }
        catch (Exception exception) when (exception is InvalidDataException or ForeignModelException)
        {
            message = exception.Message;
        }
        catch (Exception exception)
        {
            Assert.Fail($"{what}: {exception}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < (64L << 20) + 10L * file.Length, $"{what}: {allocated} bytes for a file of {file.Length}.");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{what} took {watch.Elapsed}.");
        return message;
    }

    private static string Own(string name) => Path.Combine(AppContext.BaseDirectory, "Interop", name);
}
