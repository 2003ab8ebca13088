using System;
using System.IO;
using System.Linq;
using Xunit;

namespace GenRnn.Tool.Tests;

/// <summary>PyTorch's files: what is found, what is guessed and said, and what is refused.</summary>
public sealed class TorchImportTests
{
    [Fact]
    public void ALastStepIsGuessedAndSaid()
    {
        using var folder = new TemporaryFolder();

        ToolRun run = Import(folder, "torch_gru.pt");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.EndsWith("""
            using GenRnn;

            [Input(TimeSteps = 7, Features = 3)]
            [Gru(12)]
            [Dense(3)]
            public partial class TorchGru;

            """.ReplaceLineEndings("\n"), File.ReadAllText(folder.File("TorchGru.cs")), StringComparison.Ordinal);
        Assert.Contains("note: what the modules are is guessed from names and shapes, and what the program does with them is in no file; taken for --layers \"rnn: GRU, LastStep, head: Linear\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("rnn    GRU     [Gru(12)]   (None, 12)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ASortedFileGivesWhatItsPickleGives()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Import(folder, "torch_gru.pt").Code);
        string first = File.ReadAllText(folder.File("TorchGru.cs"));
        byte[] weights = File.ReadAllBytes(folder.File("torch_gru.safetensors"));

        Assert.Equal(0, ToolRun.Of("import", Own("torch_gru.safetensors"), "-o", folder.Path, "--time-steps", "7", "--force").Code);

        Assert.Equal(first.Replace("torch_gru.pt (PyTorch, a state_dict)", "torch_gru.safetensors (PyTorch, weights as safetensors)", StringComparison.Ordinal), File.ReadAllText(folder.File("TorchGru.cs")));
        Assert.Equal(weights, File.ReadAllBytes(folder.File("torch_gru.safetensors")));
    }

    [Fact]
    public void AModuleSaysItsClassesAndAUserWhatIsBetween()
    {
        using var folder = new TemporaryFolder();

        ToolRun run = Import(folder, "torch_whole_module.pt", "--name", "Net");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("// Imported from torch_whole_module.pt (PyTorch, a module of the class __main__.Net) by", File.ReadAllText(folder.File("Net.cs")), StringComparison.Ordinal);
        Assert.Contains("note: the modules are in the file, what the program does with them is in none; taken for --layers \"rnn: LSTM(input_size=3, hidden_size=12, num_layers=2", run.Output, StringComparison.Ordinal);
        Assert.Contains("rnn, layer 1  LSTM    [Lstm(12)]", run.Output, StringComparison.Ordinal);

        // print(model), with what the program does written between its lines.
        run = Import(folder, "torch_whole_module.pt", "--name", "Net", "--force", "--layers", "Net(\n  (rnn): LSTM(3, 12, num_layers=2, dropout=0.25, batch_first=True)\n  LastStep\n  Tanh()\n  (head): Linear(in_features=12, out_features=1, bias=True)\n)");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("[Lstm(12, ReturnSequences = true)]\n[Dropout(0.25)]\n[Lstm(12)]\n[Activation(Activation.Tanh)]\n[Dense(1)]\n", File.ReadAllText(folder.File("Net.cs")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch_conv_batchnorm_lstm.safetensors", "stride and padding of 'conv' are not in the file: say it with --layers, beginning from \"conv: Conv1d, bn: BatchNorm1d, lstm: LSTM, fc1: Linear, fc2: Linear\"")]
    [InlineData("torch_sequential_head.pth", "what stands between 'head.0' and 'head.3' is not in the file: say it with --layers, beginning from \"rnn: GRU, head.0: Linear, head.3: Linear\"")]
    [InlineData("torch_code_in_pickle.pt", "it calls '__builtin__.print', which no file of weights needs; nothing was called")]
    public void WhatIsNotInTheFileIsNotMadeUp(string file, string reason)
    {
        using var folder = new TemporaryFolder();

        ToolRun run = Import(folder, file);

        Assert.Equal((1, true), (run.Code, run.Error.Contains(reason, StringComparison.Ordinal)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("rnn, hed", "the file has no weights called 'hed'; it has 'rnn', 'head'")]
    [InlineData("rnn: LSTM(3, 16), head", "'rnn': LSTM.hidden_size = 16, and its weights say 12")]
    [InlineData("rnn: GRU(reset=True), head", "'rnn': GRU.reset = true, which Gen does not have")]
    [InlineData("rnn, rnn, head", "--layers calls 'rnn' twice: shared weights")]
    [InlineData("rnn: LSTM, head", "nothing in it fits the layer 'lstm'")]
    public void AWrongListIsRefused(string layers, string reason)
    {
        using var folder = new TemporaryFolder();

        ToolRun run = Import(folder, "torch_gru.pt", "--layers", layers);

        Assert.Equal(1, run.Code);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void APartOfANetworkCanBeTaken()
    {
        using var folder = new TemporaryFolder();

        ToolRun run = Import(folder, "torch_gru.pt", "--layers", "rnn, FinalState");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("left aside: the module 'head', which --layers does not name", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("[Gru(12)]\npublic partial class TorchGru;\n", File.ReadAllText(folder.File("TorchGru.cs")), StringComparison.Ordinal);
    }

    private static ToolRun Import(TemporaryFolder folder, string file, params string[] more) => ToolRun.Of(["import", Own(file), "-o", folder.Path, "--time-steps", "7", .. more]);

    private static string Own(string name) => Path.Combine(AppContext.BaseDirectory, "Interop", name);
}
