using System;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Losses against their definitions in double.</summary>
public sealed class LossTests
{
    [Fact]
    public void Mean_squared_error()
    {
        Check<float>(Loss.MeanSquaredError, (y, p) => (y - p) * (y - p), (y, p) => 2 * (p - y), 1e-6);
        Check<double>(Loss.MeanSquaredError, (y, p) => (y - p) * (y - p), (y, p) => 2 * (p - y), 1e-14);
    }

    [Fact]
    public void Mean_absolute_error()
    {
        Check<float>(Loss.MeanAbsoluteError, (y, p) => Math.Abs(y - p), (y, p) => Math.Sign(p - y), 1e-6);
        Check<double>(Loss.MeanAbsoluteError, (y, p) => Math.Abs(y - p), (y, p) => Math.Sign(p - y), 1e-14);
    }

    [Fact]
    public void The_slope_of_an_absolute_value_is_0_at_0()
    {
        float[] gradients = [9, 9, 9];
        double loss = Loss.MeanAbsoluteError.Evaluate(Batch<float>([1, 2, 3], [1, 2.5f, 1], 3), gradients);
        Assert.Equal([0, 1 / 3f, -1 / 3f], gradients);
        Assert.Equal(2.5 / 3, loss, 1e-7);
    }

    [Fact]
    public void The_sum_is_divided_by_the_number_of_positions_not_of_weights()
    {
        float[] gradients = new float[4];
        PredictionBatch<float> batch = Batch<float>([0, 0, 0, 0], [1, 2, 3, 4], 2, [0.5f, 0]);
        Assert.Equal(0.5 * 2.5 / 2, Loss.MeanSquaredError.Evaluate(batch, gradients), 1e-7);
        Assert.Equal([0.25f, 0.5f, 0, 0], gradients);
    }

    [Fact]
    public void NaN_goes_through_both_losses()
    {
        foreach (Loss loss in (Loss[])[Loss.MeanSquaredError, Loss.MeanAbsoluteError])
        {
            float[] gradients = new float[3];
            Assert.True(double.IsNaN(loss.Evaluate(Batch<float>([1, 2, 3], [1, float.NaN, 3], 3), gradients)));
            Assert.True(float.IsNaN(gradients[1]));
            Assert.Equal(0, gradients[0]);
        }
    }

    [Fact]
    public void The_sum_runs_over_16_lanes_in_the_fixed_order()
    {
        // 2^24 + 1 is not a float: only the stated order gives this sum.
        const int count = 100;
        var predictions = new float[count];
        for (int i = 0; i < count; i++)
            predictions[i] = i % 5 == 0 ? 1 << 23 : 0.75f + i * 0.01f;
        var lanes = new float[16];
        for (int i = 0; i < count; i++)
            lanes[i % 16] += predictions[i];
        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                lanes[i] += lanes[i + half];
        }

        double loss = Loss.MeanAbsoluteError.Evaluate(Batch<float>(new float[count], predictions, count), default);
        Assert.Equal((double)lanes[0] / count, loss);
        Assert.NotEqual(predictions.Sum() / count, loss);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError.Evaluate(Batch<float>([1, 2], [1, 2, 3, 4], 2), default));
        Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError.Evaluate(Batch<float>([1, 2], [1, 2], 2), new float[3]));
        Assert.Throws<ArgumentException>(() => Batch<float>([1, 2], [1, 2], 2, [1]).Positions);
        Assert.Throws<ArgumentException>(() => Batch<float>([1, 2, 3], [1, 2, 3], 2).Positions);
        Assert.Throws<ArgumentException>(() => new PredictionBatch<float>([1], [1], 1, default, new float[16]).Positions);
    }

    [Fact]
    public void An_evaluation_allocates_nothing()
    {
        var predictions = new float[37];
        var targets = new float[37];
        var gradients = new float[37];
        var scratch = new float[64];
        var weights = new float[37];
        double sum = 0;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                sum += Loss.MeanSquaredError.Evaluate(new PredictionBatch<float>(targets, predictions, 37, weights, scratch), gradients);
                sum += Loss.MeanAbsoluteError.Evaluate(new PredictionBatch<float>(targets, predictions, 37, default, scratch), gradients);
            }

            if (round > 0)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, sum);
    }

    private static void Check<T>(Loss loss, Func<double, double, double> value, Func<double, double, double> slope, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (bool weighted in (bool[])[false, true])
        {
            for (int positions = 1; positions <= 21; positions++)
            {
                for (int features = 1; features <= 5; features++)
                {
                    var random = new Random(positions * 10 + features);
                    int count = positions * features;
                    T[] targets = [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((float)random.NextDouble()))];
                    T[] predictions = [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((float)random.NextDouble()))];
                    T[] weights = weighted ? [.. Enumerable.Range(0, positions).Select(_ => T.CreateTruncating((float)random.NextDouble()))] : [];
                    var gradients = new T[count];

                    double actual = loss.Evaluate(Batch<T>(targets, predictions, positions, weights), gradients);

                    double expected = 0;
                    for (int i = 0; i < count; i++)
                    {
                        double weight = weighted ? double.CreateTruncating(weights[i / features]) : 1;
                        double y = double.CreateTruncating(targets[i]);
                        double p = double.CreateTruncating(predictions[i]);
                        expected += weight * value(y, p) / features / positions;
                        Assert.Equal(weight * slope(y, p) / count, double.CreateTruncating(gradients[i]), tolerance);
                    }

                    Assert.Equal(expected, actual, tolerance);
                    Assert.Equal(actual, loss.Evaluate(Batch<T>(targets, predictions, positions, weights), default));
                }
            }
        }
    }

    private static PredictionBatch<T> Batch<T>(T[] targets, T[] predictions, int positions, T[]? weights = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(targets, predictions, positions, weights ?? [], new T[predictions.Length + PredictionBatch<T>.ScratchPadding]);
}
