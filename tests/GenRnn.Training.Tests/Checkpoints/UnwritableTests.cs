using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace GenRnn.Training.Tests.Checkpoints;

/// <summary>A checkpoint that could not be written, or that would be waited for, is refused before the first batch.</summary>
public sealed class UnwritableTests
{
    private static readonly AffineShape s_shape = new(Features: 3, Units: 2, Batch: 8);

    public static TheoryData<string> Places => ["no folder", "a folder", "a file for a folder"];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_backup_that_cannot_be_written_is_refused_before_training(string place)
    {
        using var folder = new TemporaryFolder();
        Refuse<IOException>(new BackupAndRestore(PathOf(place, folder)), PathOf(place, folder));
    }

    [Theory]
    [InlineData("a folder")]
    [InlineData("a file for a folder")]
    public void A_file_of_weights_that_cannot_be_written_is_refused_before_training(string place)
    {
        using var folder = new TemporaryFolder();
        Refuse<IOException>(new ModelCheckpoint(PathOf(place, folder)), folder.Path);
    }

    /// <summary>As Keras makes it; one that is named by a result is made when the result is known.</summary>
    [Fact]
    public void A_folder_for_files_of_weights_is_made()
    {
        using var folder = new TemporaryFolder();
        Fit(new AffineModel<double>(s_shape), new ModelCheckpoint(Path.Combine(folder.Path, "a", "b", "w-{epoch}.safetensors")), new ModelCheckpoint(Path.Combine(folder.Path, "epoch {epoch}", "w.safetensors")));
        string[] files = [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)];
        Array.Sort(files, StringComparer.Ordinal);
        Assert.Equal(
            [Path.Combine("a", "b", "w-1.safetensors"), Path.Combine("a", "b", "w-2.safetensors"), Path.Combine("epoch 1", "w.safetensors"), Path.Combine("epoch 2", "w.safetensors")],
            Array.ConvertAll(files, file => Path.GetRelativePath(folder.Path, file)));
    }

    [Fact]
    public async Task A_checkpoint_that_is_a_pipe_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        string pipe = Path.Combine(folder.Path, "pipe.safetensors");
        using (Process process = Process.Start("mkfifo", [pipe]))
            await process.WaitForExitAsync();
        Task refusal = Task.Run(() => Refuse<InvalidDataException>(new BackupAndRestore(pipe), "It has no length: it is empty, or a pipe or a device."));
        Assert.Same(refusal, await Task.WhenAny(refusal, Task.Delay(TimeSpan.FromSeconds(60))));
        await refusal;
    }

    private static string PathOf(string place, TemporaryFolder folder)
    {
        string path = Path.Combine(folder.Path, "run.safetensors");
        switch (place)
        {
            case "a folder":
                Directory.CreateDirectory(path);
                return path;
            case "a file for a folder":
                File.WriteAllText(path, "");
                return Path.Combine(path, "run.safetensors");
            default:
                return Path.Combine(folder.Path, "missing", "run.safetensors");
        }
    }

    private static void Refuse<TException>(Callback callback, string message)
        where TException : Exception
    {
        var model = new AffineModel<double>(s_shape) { Records = true };
        double[] before = model.Parameters.ToArray();
        Assert.Contains(message, Assert.ThrowsAny<TException>(() => Fit(model, callback)).Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.ToArray());
        Assert.Empty(model.SeenRows);
    }

    private static void Fit(AffineModel<double> model, params Callback[] callbacks) => model.Fit(
        Models.Data<double>(s_shape, 20), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 2, Verbose = Verbosity.Silent, Callbacks = callbacks });
}
