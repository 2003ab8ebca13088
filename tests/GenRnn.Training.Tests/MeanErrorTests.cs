using System;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Squared and absolute error, whose formulas are exact but for rounding, against these formulas and their slopes in double.</summary>
public sealed class MeanErrorTests
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
