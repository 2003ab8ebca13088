using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Training.Tests.Checkpoints;

/// <summary>Trainings that are killed by SIGKILL, or find the disk full, and are started again. 20 kills of each with GEN_EXHAUSTIVE=1, two in all without.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Epochs = 12;

    private static readonly bool s_isExhaustive = Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    /// <summary>A checkpoint is written after every batch, so most kills fall into one being written.</summary>
    [Theory]
    [InlineData(CheckpointRuns.Noisy)]
    [InlineData(CheckpointRuns.Carrying)]
    public void A_killed_training_that_is_started_again_ends_with_the_bits_of_one_that_never_was(string name)
    {
        int seed = Environment.TickCount, wanted = s_isExhaustive ? 20 : 1, kills = 0, amidWrite = 0;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var whole = new TemporaryFolder();
        string expected = CheckpointRuns.Run(name, whole.Path, threads: 1, saveFrequency: null, Epochs);
        while (kills < wanted)
        {
            using var folder = new TemporaryFolder();
            while (!File.Exists(TrainingChild.ResultPath(folder.Path)))
            {
                bool kill = kills < wanted;
                kills += Run(name, folder.Path, threads: 1 + random.Next(3), kill ? random.Next(400) : null) ? 1 : 0;
                amidWrite += Directory.EnumerateFiles(folder.Path, "*.gen.tmp").Any() ? 1 : 0;
            }

            Assert.Equal(expected, File.ReadAllText(TrainingChild.ResultPath(folder.Path)));
            Assert.False(File.Exists(CheckpointRuns.CheckpointPath(folder.Path)), "A training that has ended leaves no checkpoint.");
            Assert.Empty(Directory.EnumerateFiles(folder.Path, ".run*.gen.tmp"));
        }

        output.WriteLine($"{kills} kills, {amidWrite} of them amid a file");
    }

    [Fact]
    public void A_full_disk_loses_no_earlier_checkpoint()
    {
        if (OperatingSystem.IsWindows())
            return;
        using TemporaryFolder whole = new(), folder = new();
        string expected = CheckpointRuns.Run(CheckpointRuns.Noisy, whole.Path, threads: 1, saveFrequency: null, epochs: 2);
        Assert.Throws<OperationCanceledException>(() => CheckpointRuns.Run(CheckpointRuns.Noisy, folder.Path, 1, saveFrequency: 1, epochs: 2, new Interruption(4)));
        byte[] earlier = File.ReadAllBytes(CheckpointRuns.CheckpointPath(folder.Path));

        // Larger than its header, smaller than the file. Without the signal a write fails as it does on a full disk.
        using (Process child = TrainingChild.Start("trap '' XFSZ; ulimit -f 12;", CheckpointRuns.Noisy, folder.Path, "1", "2"))
        {
            string printed = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            Assert.True(child.ExitCode == 3, $"The child ended with {child.ExitCode}:\n{printed}");
            Assert.Contains("Cannot save", printed, StringComparison.Ordinal);
        }

        Assert.Equal(earlier, File.ReadAllBytes(CheckpointRuns.CheckpointPath(folder.Path)));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.gen.tmp"));
        Assert.Equal(expected, CheckpointRuns.Run(CheckpointRuns.Noisy, folder.Path, 1, saveFrequency: 1, epochs: 2));
    }

    /// <summary>Returns whether the child was killed.</summary>
    private bool Run(string name, string folder, int threads, int? millisecondsToLive)
    {
        using Process child = TrainingChild.Start("", name, folder, $"{threads}", $"{Epochs}");
        string? began = child.StandardOutput.ReadLine();
        Assert.Equal(TrainingChild.Began, began);
        if (millisecondsToLive is { } time)
        {
            Thread.Sleep(time);
            child.Kill();
        }

        child.WaitForExit();
        Assert.True(child.ExitCode is 0 or 137, $"The child ended with {child.ExitCode}: {child.StandardOutput.ReadToEnd()}");
        return child.ExitCode != 0;
    }
}
