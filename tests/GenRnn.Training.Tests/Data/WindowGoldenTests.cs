using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Windows against Keras' <c>timeseries_dataset_from_array</c>, value for value, as a model is given them.</summary>
public sealed class WindowGoldenTests
{
    public static TheoryData<string> Goldens { get; } =
        new(Directory.EnumerateFiles(Folder, "windows_*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order());

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Goldens");

    [Fact]
    public void All_goldens_of_windows_are_here() => Assert.Equal(9, Goldens.Count);

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Is_Keras_(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        JsonElement golden = document.RootElement;
        JsonElement arguments = golden.GetProperty("arguments");
        int Argument(string key, int otherwise) => arguments.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : otherwise;
        bool hasTargets = golden.TryGetProperty("targets", out JsonElement targets) && targets.ValueKind == JsonValueKind.Object;
        int features = Columns(golden.GetProperty("data"));
        int units = hasTargets ? Columns(targets) : 1;
        WindowDataSet<double> windows = WindowDataSet.FromArray<double>(
            Values(golden.GetProperty("data")),
            features,
            new WindowOptions
            {
                SequenceLength = Argument("sequence_length", 0),
                SequenceStride = Argument("sequence_stride", 1),
                SamplingRate = Argument("sampling_rate", 1),
                StartIndex = Argument("start_index", 0),
                EndIndex = Argument("end_index", 0) is > 0 and int end ? end : null,
            },
            hasTargets ? Values(targets) : default,
            units);

        int batch = Argument("batch_size", 0);
        foreach (DataLayout layout in Enum.GetValues<DataLayout>())
        {
            var model = new RecordingModel(batch, Argument("sequence_length", 0), features, units, layout);
            _ = model.Predict(windows);
            List<double[]> inputs = [.. golden.GetProperty("batches").EnumerateArray().Select(b => Values(b.GetProperty("x")))];
            Assert.Equal(inputs, model.Inputs);
            if (!hasTargets)
                continue;

            model.Inputs.Clear();
            var loss = new RecordingLoss();
            model.Evaluate(windows, loss);
            Assert.Equal(inputs, model.Inputs);
            Assert.Equal([.. golden.GetProperty("batches").EnumerateArray().Select(b => Values(b.GetProperty("y")))], loss.Targets);
        }
    }

    private static int Columns(JsonElement tensor) => tensor.GetProperty("shape").EnumerateArray().Last().GetInt32();

    private static double[] Values(JsonElement tensor) =>
        [.. tensor.GetProperty("f32").GetBytesFromBase64().Chunk(sizeof(float)).Select(value => (double)BinaryPrimitives.ReadSingleLittleEndian(value))];
}
