using GenRnn;
using Xunit;

namespace GenLibrary.Tests;

public sealed class ClassifierTests
{
    [Fact]
    public void It_learns_what_can_be_told_apart()
    {
        (float[] samples, float[] classes) = Gestures(rows: 192, seed: 1);
        var model = new Classifier(seed: 1);
        History history = model.Fit(new DataSet<float>(samples, classes), new FitOptions
        {
            Optimizer = new Adam { LearningRate = 0.01 }, Loss = Loss.SparseCategoricalCrossentropy, Metrics = [Metric.SparseCategoricalAccuracy], Epochs = 15, Verbose = Verbosity.Silent,
        });
        Assert.True(history["sparse_categorical_accuracy"][^1] > 0.9);
    }

    [Fact]
    public void A_step_at_a_time_gives_the_same_as_all_at_once()
    {
        (float[] samples, _) = Gestures(rows: 1, seed: 2);
        var model = new Classifier(seed: 1);
        float[] atOnce = new float[3], stepped = new float[3];
        model.Predict(samples, atOnce);
        Classifier.State state = model.CreateState(1);
        for (int step = 0; step < Classifier.TimeSteps; step++)
            model.Step(samples.AsSpan(step * 3, 3), stepped, state);
        Assert.Equal(atOnce, stepped);
    }

    [Fact]
    public void Weights_survive_a_file()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var model = new Classifier(seed: 3);
        model.Save(path);
        Assert.Equal(model.Parameters.ToArray(), Classifier.Load(path).Parameters.ToArray());
        File.Delete(path);
    }

    // A wave along one of three axes, and noise along all.
    private static (float[] Samples, float[] Classes) Gestures(int rows, int seed)
    {
        var random = new Random(seed);
        float[] samples = new float[rows * Classifier.InputLength], classes = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            classes[row] = row % 3;
            for (int i = 0; i < Classifier.InputLength; i++)
                samples[row * Classifier.InputLength + i] = random.NextSingle() * 0.2f + (i % 3 == row % 3 ? MathF.Sin(i * 0.1f) : 0);
        }

        return (samples, classes);
    }
}
