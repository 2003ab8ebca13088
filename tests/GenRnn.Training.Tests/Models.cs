using System;
using System.Linq;
using System.Numerics;

namespace GenRnn.Training.Tests;

/// <summary>Models, data and options that several tests use.</summary>
internal static class Models
{
    /// <summary>A model with a kernel of some weights, three parameters that are not trainable, and one bias.</summary>
    public static ModelInfo Info(int weights) => new AffineModel<float>(new AffineShape(weights, 1)).Info;

    /// <summary>Random inputs and targets, none for a second output; element 0 of each row of x is the row's number / 1000.</summary>
    public static DataSet<T> Data<T>(AffineShape shape, int rows, int seed = 1, bool weighted = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int steps = Math.Max(1, shape.TimeSteps);
        T[] inputs = Random<T>(rows * steps * shape.Features, seed);
        for (int row = 0; row < rows; row++)
            inputs[row * steps * shape.Features] = T.CreateTruncating(row / 1000f);
        T[] targets = Random<T>(rows * steps * shape.Units, seed + 1);
        T[]? weights = weighted ? Random<T>(rows, seed + 2) : null;
        return shape.HasSecondOutput ? new DataSet<T>([inputs], [targets, default], weights) : new DataSet<T>(inputs, targets, weights);
    }

    /// <summary>Uniform values in [0, 1) that are exact in float.</summary>
    public static T[] Random<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextSingle()))];
    }
}
