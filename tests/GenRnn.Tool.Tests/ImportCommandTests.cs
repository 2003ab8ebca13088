using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace GenRnn.Tool.Tests;

/// <summary>What <c>import</c> writes, says and refuses.</summary>
public sealed class ImportCommandTests
{
    private static readonly string s_forecaster = Own("keras_forecaster.keras");

    [Fact]
    public void WritesTheDeclarationThatAPersonWouldHaveWritten()
    {
        using var folder = new TemporaryFolder();

        ToolRun run = ToolRun.Of("import", s_forecaster, "-o", folder.Path, "--namespace", "Weather.Models", "--name", "Forecaster");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            """
            // Imported from keras_forecaster.keras (Keras 3.15.1, Sequential 'sequential') by dotnet gen import.
            // Its weights: Forecaster.Load("keras_forecaster.safetensors").
            // Left aside: the optimiser's state.
            // Left aside: the model's optimizer Adam.
            // Left aside: the model's loss mse.
            using GenRnn;

            namespace Weather.Models;

            [Input(TimeSteps = 7, Features = 3, Batch = 2)]
            [SimpleRnn(12, ReturnSequences = true)]
            [SimpleRnn(12)]
            [Dense(1)]
            public partial class Forecaster;

            """.ReplaceLineEndings("\n"),
            File.ReadAllText(folder.File("Forecaster.cs")));
        Assert.Equal(["Forecaster.cs", "keras_forecaster.safetensors"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("simple_rnn_1  SimpleRNN  [SimpleRnn(12)]                          (None, 12)     300", run.Output, StringComparison.Ordinal);
        Assert.Contains("505 parameters in 8 variables", run.Output, StringComparison.Ordinal);
        Assert.Contains("left aside: the model's loss mse", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void OverwritesOnlyWithForce()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("KerasForecaster.cs"), "mine");

        ToolRun refused = ToolRun.Of("import", s_forecaster, "-o", folder.Path);

        Assert.Equal(1, refused.Code);
        Assert.Contains("KerasForecaster.cs' exists; --force overwrites it.", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder.File("KerasForecaster.cs")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal(0, ToolRun.Of("import", s_forecaster, "-o", folder.Path, "--force").Code);
        Assert.StartsWith("// Imported", File.ReadAllText(folder.File("KerasForecaster.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APipeIsRefusedAndNotWaitedFor()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        string pipe = folder.File("pipe.keras");
        using (Process process = Process.Start("mkfifo", [pipe]))
            await process.WaitForExitAsync();
        Task<ToolRun> import = Task.Run(() => ToolRun.Of("import", pipe, "-o", folder.Path));
        Assert.Same(import, await Task.WhenAny(import, Task.Delay(TimeSpan.FromSeconds(60))));
        ToolRun run = await import;
        Assert.Equal((1, $"gen: '{pipe}' is refused: It has no length: it is empty, or a pipe or a device.\n"), (run.Code, run.Error.ReplaceLineEndings("\n")));
        Assert.Equal([pipe], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--time-steps", "0")]
    [InlineData("--name", "class")]
    [InlineData("--name", "2nd")]
    [InlineData("--name", "Activation")]
    [InlineData("--namespace", "A..B")]
    [InlineData("--invented", "1")]
    public void AWrongOptionIsAnErrorOfUsage(string option, string value)
    {
        using var folder = new TemporaryFolder();

        ToolRun run = ToolRun.Of("import", s_forecaster, "-o", folder.Path, option, value);

        Assert.Equal(2, run.Code);
        Assert.NotEmpty(run.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void AFileThatIsNotThereIsAnErrorOfUsage() => Assert.Equal(2, ToolRun.Of("import", Own("nothing.keras")).Code);

    [Fact]
    public void DoubleIsDeclaredAndSaved()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(0, ToolRun.Of("import", s_forecaster, "-o", folder.Path, "--double").Code);

        Assert.Contains("Precision = Precision.Double", File.ReadAllText(folder.File("KerasForecaster.cs")), StringComparison.Ordinal);
        Assert.Contains("Float64", ToolRun.Of("summary", folder.File("keras_forecaster.safetensors")).Output, StringComparison.Ordinal);
        // float32 widened: no value differs from the file's.
        Assert.Equal(0, ToolRun.Of("import", s_forecaster, "-o", folder.File("single")).Code);
        ToolRun diff = ToolRun.Of("diff", folder.File("keras_forecaster.safetensors"), Path.Combine(folder.File("single"), "keras_forecaster.safetensors"));
        Assert.Equal((0, true), (diff.Code, diff.Output.Contains("the same weights", StringComparison.Ordinal)));
    }

    [Fact]
    public void AnUnknownLengthMustBeSaid()
    {
        using var folder = new TemporaryFolder();

        ToolRun run = ToolRun.Of("import", Own("keras2_bidirectional_hard_sigmoid.h5"), "-o", folder.Path);

        Assert.Equal(1, run.Code);
        Assert.Contains("the number of time steps is not in the file: say it with --time-steps N", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Of("import", Own("keras2_bidirectional_hard_sigmoid.h5"), "-o", folder.Path, "--time-steps", "9").Code);
        string source = File.ReadAllText(folder.File("Keras2BidirectionalHardSigmoid.cs"));
        Assert.Contains("[Input(TimeSteps = 9)]\n[Embedding(13, 6)]\n[Bidirectional]\n[Lstm(10, RecurrentActivation = Activation.HardSigmoidKeras2)]\n", source, StringComparison.Ordinal);
    }

    /// <summary>What a file says stands in comments of C#: nothing in it may end one.</summary>
    [Fact]
    public void ANameCannotLeaveItsComment()
    {
        using var folder = new TemporaryFolder();
        string configuration = folder.File("evil.config.json");
        File.WriteAllText(configuration, File.ReadAllText(Own("keras2_characters.config.json")).Replace("\"name\": \"sequential", "\"name\": \"x\\nclass Evil { }\\u2028class Worse { }", StringComparison.Ordinal));

        ToolRun run = ToolRun.Of("import", configuration, "--weights", Own("keras2_characters.npz"), "-o", folder.Path);

        Assert.Equal((0, ""), (run.Code, run.Error));
        string source = File.ReadAllText(folder.File("Evil.cs"));
        Assert.Contains("class Evil { }", source, StringComparison.Ordinal);
        Assert.All(source.Split(['\n', '\r', '\u2028', '\u2029', '\u0085']).Where(line => line.Contains("class", StringComparison.Ordinal)), line =>
            Assert.True(line.StartsWith("//", StringComparison.Ordinal) || line == "public partial class Evil;", line));
    }

    [Fact]
    public void WeightsAloneAreNoNetwork()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, ToolRun.Of("import", s_forecaster, "-o", folder.Path).Code);

        Assert.Contains("which has weights and no network", ToolRun.Of("import", folder.File("keras_forecaster.safetensors"), "-o", folder.File("out")).Error, StringComparison.Ordinal);
        Assert.Contains("which has weights and no network", ToolRun.Of("import", Own("keras2_characters.npz"), "-o", folder.File("out")).Error, StringComparison.Ordinal);
        Assert.Contains("It holds weights without a configuration", ToolRun.Of("import", Own("keras1_weights_only.h5"), "-o", folder.File("out")).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("out")));
    }

    [Fact]
    public void WeightsOfAnotherNetworkAreRefusedWithBothTables()
    {
        using var folder = new TemporaryFolder();

        ToolRun run = ToolRun.Of("import", Own("keras2_characters.config.json"), "--weights", Own("keras_two_directions_of_their_own.weights.h5"), "-o", folder.Path);

        Assert.Equal(1, run.Code);
        Assert.Contains("other weights than the model 'Keras2Characters' has", run.Error, StringComparison.Ordinal);
        Assert.Contains("model: embedding [17, ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void DamageAnywhereIsOneMessageAndLeavesNothing()
    {
        byte[] whole = File.ReadAllBytes(s_forecaster);
        const int Seed = 18;
        var random = new Random(Seed);
        for (int i = 0; i < 30; i++)
        {
            using var folder = new TemporaryFolder();
            byte[] damaged = [.. whole];
            for (int j = 0; j < 4; j++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            string file = folder.File("damaged.keras");
            File.WriteAllBytes(file, i % 3 == 0 ? damaged[..random.Next(damaged.Length)] : damaged);

            ToolRun run = ToolRun.Of("import", file, "-o", folder.File("out"));

            bool isWhole = run.Code == 0 && Directory.EnumerateFiles(folder.File("out")).Count() == 2;
            bool isRefused = run.Code == 1 && run.Error.StartsWith("gen: '", StringComparison.Ordinal) && !Directory.Exists(folder.File("out"));
            Assert.True(isWhole || isRefused, $"seed {Seed}, file {i}: exit code {run.Code}, {run.Error}");
        }
    }

    [Fact]
    public void DiffTellsWhatDiffers()
    {
        using var folder = new TemporaryFolder();
        ToolRun same = ToolRun.Of("diff", s_forecaster, s_forecaster);
        ToolRun other = ToolRun.Of("diff", Own("keras1_weights_only.h5"), Own("keras1_lstm_stack.h5"));

        Assert.Equal(0, same.Code);
        Assert.Contains("layers/dense/vars/0  ", same.Output, StringComparison.Ordinal);
        Assert.Equal(1, other.Code);
        Assert.Contains("the weights differ", other.Output, StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.Of("diff", s_forecaster, Own("git_lfs_pointer.h5")).Code);
    }

    [Fact]
    public void SummarySaysWhyAModelCannotBeImported()
    {
        ToolRun run = ToolRun.Of("summary", Own("keras_functional_residual.h5"));

        Assert.Equal(0, run.Code);
        Assert.Contains("cannot be imported: the layer 'shortcut' of the class Dense reads 'series'", run.Output, StringComparison.Ordinal);
        Assert.Contains("model_weights/", run.Output, StringComparison.Ordinal);
    }

    private static string Own(string name) => Path.Combine(AppContext.BaseDirectory, "Interop", name);
}
