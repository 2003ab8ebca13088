using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using GenRnn.Training.Tests.Checkpoints;
using Xunit;

namespace GenRnn.Training.Tests.Watching;

/// <summary>Event files: records as Keras' own callback wrote them, byte for byte, and what a training puts into them.</summary>
public sealed class TensorBoardTests
{
    private static readonly AffineShape s_shape = new(Features: 3, Units: 2, Batch: 8);

    /// <summary>Files/*.tfevents are of Keras 3.15 on TensorFlow 2.21; expected.json is what TensorFlow's reader finds in them.</summary>
    [Theory]
    [InlineData("train")]
    [InlineData("validation")]
    public void Records_are_those_of_Keras_byte_for_byte(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine("Watching", "Files", name + ".tfevents"));
        List<byte[]> records = EventFileReader.Records(file);
        List<EventValue> values = EventFileReader.Values(file);
        Assert.Equal(records[0], EventRecord.Version(BitConverter.ToDouble(records[0], 13)));
        foreach ((byte[] record, EventValue value) in records.Skip(1).Zip(values))
        {
            byte[] own = value.Plugin == "scalars"
                ? EventRecord.Scalar(value.Time, value.Step, value.Tag, value.Values[0])
                : EventRecord.Histogram(value.Time, value.Step, value.Tag, value.Values);
            Assert.Equal(record, own);
        }

        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine("Watching", "Files", "expected.json")));
        JsonElement[] found = [.. expected.RootElement.GetProperty("events").GetProperty(name).EnumerateArray()];
        Assert.Equal(found.Select(e => (e.GetProperty("tag").GetString()!, e.GetProperty("step").GetInt64())), values.Select(v => (v.Tag, v.Step)));
    }

    /// <summary>From their ends and counts the buckets come out as Keras has them: the same edges, bit for bit.</summary>
    [Fact]
    public void Edges_of_buckets_are_those_of_Keras()
    {
        List<EventValue> values = EventFileReader.Values(File.ReadAllBytes(Path.Combine("Watching", "Files", "train.tfevents")));
        EventValue[] histograms = [.. values.Where(v => v.Plugin == "histograms")];
        Assert.Equal(10, histograms.Length);
        foreach (EventValue value in histograms)
        {
            long[] counts = [.. Enumerable.Range(0, 30).Select(i => (long)value.Values[i * 3 + 2])];
            Assert.Equal(value.Values, new Histogram(value.Values[0], value.Values[^2], counts).ToBuckets());
        }
    }

    [Fact]
    public void A_value_falls_into_the_bucket_of_its_edges()
    {
        Histogram histogram = Histogram.Of([0, 0.05, 0.1, 0.5, 0.95, 1, double.NaN, double.PositiveInfinity], 10);
        Assert.Equal([2, 1, 0, 0, 0, 1, 0, 0, 0, 2], histogram.Counts);
        Assert.Equal([0, 0, 3], Histogram.Of([7.0, 7, 7], 3).Counts);
        Assert.Equal([0, 0, 0], Histogram.Of([double.NaN], 3).Counts);
    }

    [Fact]
    public void A_training_is_written_as_Keras_writes_it()
    {
        using var folder = new TemporaryFolder();
        var board = new TensorBoard(folder.Path) { HistogramFrequency = 2, UpdateFrequency = 4 };
        var model = new AffineModel<float>(s_shape);
        DataSet<float> data = Models.Data<float>(s_shape, 44);
        History history = model.Fit(data, Options(data, [board]));

        List<EventValue> train = Read(folder.Path, "train"), validation = Read(folder.Path, "validation");
        string[] batch = ["batch_loss", "batch_mean_absolute_error"], epoch = ["epoch_loss", "epoch_mean_absolute_error", "epoch_learning_rate"];
        string[] histograms = ["affine/kernel/histogram", "affine/frozen/histogram", "affine/bias/histogram"];
        Assert.Equal([.. batch, .. batch, .. epoch, .. histograms, .. batch, .. batch, .. epoch, .. batch, .. batch, .. epoch, .. histograms], train.Select(v => v.Tag));
        Assert.Equal([1L, 5, 7, 11, 13, 17], train.Where(v => v.Tag == "batch_loss").Select(v => v.Step));
        Assert.Equal([0L, 1, 2], train.Where(v => v.Tag == "epoch_loss").Select(v => v.Step));
        Assert.Equal(history["loss"].Select(v => (double)(float)v), train.Where(v => v.Tag == "epoch_loss").Select(v => v.Values[0]));
        Assert.All(train.Where(v => v.Plugin == "histograms"), v => Assert.Equal([30L, 3], v.Shape));
        Assert.Equal(6, train.Last(v => v.Tag == "affine/kernel/histogram").Values.Where((_, i) => i % 3 == 2).Sum());

        string[] evaluation = ["evaluation_loss_vs_iterations", "evaluation_mean_absolute_error_vs_iterations", "epoch_loss", "epoch_mean_absolute_error"];
        Assert.Equal([.. evaluation, .. evaluation, .. evaluation], validation.Select(v => v.Tag));
        Assert.Equal([6L, 6, 0, 0, 12, 12, 1, 1, 18, 18, 2, 2], validation.Select(v => v.Step));
        Assert.Equal(history["val_loss"].Select(v => (double)(float)v), validation.Where(v => v.Tag == "epoch_loss").Select(v => v.Values[0]));
    }

    [Fact]
    public void A_training_that_goes_on_goes_on_in_the_same_files()
    {
        using TemporaryFolder whole = new(), parts = new();
        DataSet<float> data = Models.Data<float>(s_shape, 44);
        void Fit(TemporaryFolder folder, params Callback[] others) => new AffineModel<float>(s_shape).Fit(data, Options(data,
            [new TensorBoard(folder.Path) { UpdateFrequency = 1 }, new HtmlReport(Path.Combine(folder.Path, "report.html")), new BackupAndRestore(Path.Combine(folder.Path, "run.safetensors")), .. others]));
        Fit(whole);
        Assert.Throws<OperationCanceledException>(() => Fit(parts, new Interruption(9)));
        Fit(parts);
        foreach (string name in (string[])["train", "validation"])
            Assert.Equal(Read(whole.Path, name).Select(v => (v.Tag, v.Step, v.Values[0])), Read(parts.Path, name).Select(v => (v.Tag, v.Step, v.Values[0])));
        string Charts(TemporaryFolder folder) => File.ReadAllText(Path.Combine(folder.Path, "report.html")) is var page
            ? page[page.IndexOf("<h2>Results", StringComparison.Ordinal)..page.IndexOf("<h2>Settings", StringComparison.Ordinal)]
            : "";
        Assert.Equal(Charts(whole), Charts(parts));
    }

    private static FitOptions Options(DataSet<float> data, Callback[] callbacks) => new()
    {
        Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Metrics = [Metric.MeanAbsoluteError], Validation = data.Slice(0, 20), Epochs = 3, Callbacks = callbacks,
    };

    private static List<EventValue> Read(string folder, string name)
    {
        string path = Assert.Single(Directory.GetFiles(Path.Combine(folder, name)));
        Assert.Matches(@"^events\.out\.tfevents\.\d{10}\..+\.\d+\.\d+\.v2$", Path.GetFileName(path));
        return EventFileReader.Values(File.ReadAllBytes(path));
    }
}
