using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Any number of threads trains to the same bits.</summary>
public sealed class ThreadTests
{
    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    [Theory]
    [MemberData(nameof(Models))]
    public void AnyNumberOfThreadsGivesTheSameBits(string name)
    {
        // Ranges of rows start at multiples of 16: 32 rows are two ranges, 5 rows one.
        foreach (Variant variant in new[] { new Variant(32), new Variant(5) })
        {
            IReadOnlyList<Section> one = ModelFingerprint.Of(PropertyModels.TypeOf(name, variant), threads: 1);
            foreach (int threads in new[] { 2, 3, 8 })
                Assert.Equal(one, ModelFingerprint.Of(PropertyModels.TypeOf(name, variant), threads));
            Assert.Contains(one, s => s.Name == "trained parameters");
        }
    }

    [Fact]
    public void PredictMayRunOnManyThreads()
    {
        IModel<float> model = PropertyModels.Create("Forecaster", new Variant(32));
        ModelInfo info = model.Info;
        float[] x = new RandomValues(1).Next<float>(40 * info.InputLength), expected = new float[40 * info.OutputLength];
        model.Predict(x, expected);

        float[][] results = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(_ =>
        {
            var y = new float[expected.Length];
            model.Predict(x, y);
            return y;
        }).ToArray();

        Assert.All(results, y => Bits.AssertEqual<float>(expected, y, "Predict"));
    }
}
