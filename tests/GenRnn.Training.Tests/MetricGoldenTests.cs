using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Metrics against Keras' own, batch after batch, with and without weights, at ties and at the ends.</summary>
public sealed class MetricGoldenTests
{
    private const string Refused = "metric_ties_Precision_several_thresholds";

    public static TheoryData<string> Goldens { get; } =
        new(Directory.EnumerateFiles(Folder, "metric_*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Where(name => name != Refused).Order());

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Goldens");

    [Fact]
    public void All_goldens_of_metrics_are_here_and_one_is_refused_by_name()
    {
        Assert.Equal(78, Goldens.Count);
        Assert.Equal("several thresholds of Precision", Assert.Throws<NotSupportedException>(() => Check<double>(Refused, 0)).Message);
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Is_Keras_(string name)
    {
        Check<double>(name, 1e-6);
        Check<float>(name, 1e-5);
    }

    private static void Check<T>(string name, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        JsonElement golden = document.RootElement;
        MetricState<T> state = KerasSettings.CreateMetric(golden.GetProperty("class").GetString()!, golden.GetProperty("metric")).CreateState<T>();
        for (int round = 0; round < 2; round++)
        {
            foreach (JsonElement batch in golden.GetProperty("batches").EnumerateArray())
            {
                int[] shape = [.. batch.GetProperty("y_pred").GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
                T[] predictions = Values<T>(batch.GetProperty("y_pred"));
                T[] weights = batch.TryGetProperty("sample_weight", out JsonElement tensor) && tensor.ValueKind == JsonValueKind.Object ? Values<T>(tensor) : [];
                state.Update(new PredictionBatch<T>(
                    Values<T>(batch.GetProperty("y_true")), predictions, predictions.Length / shape[^1], weights, new T[predictions.Length + PredictionBatch<T>.ScratchPadding]));
                JsonElement result = batch.GetProperty("result");
                double[] expected = result.ValueKind == JsonValueKind.Array ? [.. result.EnumerateArray().Select(v => v.GetDouble())] : [result.GetDouble()];
                IReadOnlyList<double> actual = state.Results;
                Assert.Equal(expected.Length, actual.Count);
                for (int i = 0; i < expected.Length; i++)
                    Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
                if (expected.Length == 1)
                    Assert.Equal(actual[0], state.Result);
            }

            state.Reset();
            Assert.Equal(0, state.Result);
        }
    }

    private static T[] Values<T>(JsonElement tensor)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. tensor.GetProperty("f32").GetBytesFromBase64().Chunk(sizeof(float)).Select(value => T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(value)))];
}
