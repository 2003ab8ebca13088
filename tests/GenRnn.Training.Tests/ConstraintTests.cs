using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Constraints against Keras' formulas in double, on vectors, matrices and kernels of convolutions, and their place in a step.</summary>
public sealed class ConstraintTests
{
    private static readonly ConstraintInfo[] s_constraints =
    [
        new() { Kind = ConstraintKind.MaxNorm, Max = 0.8 }, new() { Kind = ConstraintKind.UnitNorm }, new() { Kind = ConstraintKind.NonNegative },
        new() { Kind = ConstraintKind.MinMaxNorm, Min = 0.5, Max = 1.1, Rate = 0.7 }, new() { Kind = ConstraintKind.MinMaxNorm, Min = 0.9, Max = 1.0 },
    ];

    [Fact]
    public void Weights_become_what_the_formulas_say()
    {
        (int[] Shape, int[] Axes)[] places = [([1], [0]), ([37], [0]), ([5, 3], [0]), ([5, 40], [0]), ([6, 19], [1]), ([1, 1], [0]), ([2, 12], [0]), ([4, 3, 17], [0, 1]), ([4, 3, 17], [1]), ([3, 4, 5], [2]), ([3, 4, 5], [0, 1, 2])];
        foreach (ConstraintInfo constraint in s_constraints)
        {
            foreach ((int[] shape, int[] axes) in places)
            {
                Check<double>(constraint with { Axes = axes }, shape, 1e-14);
                Check<float>(constraint with { Axes = axes }, shape, 1e-6);
            }
        }
    }

    [Fact]
    public void Other_variables_and_weights_that_are_no_numbers_stay()
    {
        var constraint = new WeightConstraint<double>(new VariableInfo { Path = "m/kernel", Shape = [2, 1], Offset = 1 }, new ConstraintInfo { Kind = ConstraintKind.NonNegative });
        double[] parameters = [-1, double.NaN, -2, -3];
        constraint.Apply(parameters);
        Assert.Equal([-1, double.NaN, 0, -3], parameters);
        Assert.Throws<ArgumentException>(() => new WeightConstraint<double>(
            new VariableInfo { Path = "m/kernel", Shape = [2, 1], Offset = 1 }, new ConstraintInfo { Kind = ConstraintKind.UnitNorm, Axes = [2] }));
    }

    /// <summary>After the update and the average, not before the first step; and in the batches of a group that only add up, as in Keras.</summary>
    [Fact]
    public void A_step_ends_with_them()
    {
        var shape = new AffineShape(Features: 3, Units: 2, Batch: 8, KernelConstraint: new ConstraintInfo { Kind = ConstraintKind.UnitNorm });
        DataSet<double> data = Models.Data<double>(shape, 8);
        var model = new AffineModel<double>(shape);
        var plain = new AffineModel<double>(shape with { KernelConstraint = null });
        Assert.Equal(plain.Parameters.ToArray(), model.Parameters.ToArray());
        var options = new FitOptions { Optimizer = new Sgd { LearningRate = 0.1, UseEma = true }, Loss = Loss.MeanSquaredError };
        using var trainer = new Trainer<double>(model, options);
        using var other = new Trainer<double>(plain, options);
        trainer.TrainOnBatch(data);
        other.TrainOnBatch(data);
        Assert.Equal(Expected(new ConstraintInfo { Kind = ConstraintKind.UnitNorm }, [3, 2], plain.Parameters[..6].ToArray()), model.Parameters[..6].ToArray().Select(w => Math.Round(w, 13)));
        Assert.Equal(plain.Parameters[6..].ToArray(), model.Parameters[6..].ToArray());
        Assert.Equal(other.OptimizerState.Average.ToArray(), trainer.OptimizerState.Average.ToArray());

        var accumulating = new AffineModel<double>(shape);
        using var group = new Trainer<double>(accumulating, new FitOptions { Optimizer = new Sgd { GradientAccumulationSteps = 4 }, Loss = Loss.MeanSquaredError });
        double[] before = accumulating.Parameters.ToArray();
        group.TrainOnBatch(data);
        Assert.Equal(Expected(new ConstraintInfo { Kind = ConstraintKind.UnitNorm }, [3, 2], before[..6]), accumulating.Parameters[..6].ToArray().Select(w => Math.Round(w, 13)));
        Assert.Equal(before[6..], accumulating.Parameters[6..].ToArray());
    }

    private static double[] Expected(ConstraintInfo constraint, int[] shape, double[] weights) => [.. Formula(constraint, shape, weights).Select(w => Math.Round(w, 13))];

    private static void Check<T>(ConstraintInfo constraint, int[] shape, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        double[] weights = [.. Models.Random<double>(count, 5).Select((w, i) => i % 2 == 0 ? w : -w)];
        T[] found = Array.ConvertAll(weights, T.CreateTruncating);
        new WeightConstraint<T>(new VariableInfo { Path = "m/kernel", Shape = shape, Offset = 0 }, constraint).Apply(found);
        double[] expected = Formula(constraint, shape, weights);
        for (int i = 0; i < count; i++)
            Assert.Equal(expected[i], double.CreateTruncating(found[i]), tolerance);
    }

    private static double[] Formula(ConstraintInfo constraint, int[] shape, double[] weights)
    {
        if (constraint.Kind == ConstraintKind.NonNegative)
            return [.. weights.Select(w => Math.Max(w, 0))];
        // Weights with the same indices on all other axes share a norm.
        string[] keys = [.. Enumerable.Range(0, weights.Length).Select(i => string.Join(",", Indices(i, shape).Select((index, axis) => constraint.Axes.Contains(axis) ? 0 : index)))];
        Dictionary<string, double> norms = keys.Zip(weights).GroupBy(p => p.First).ToDictionary(g => g.Key, g => Math.Sqrt(g.Sum(p => p.Second * p.Second)));
        return [.. weights.Select((w, i) =>
        {
            double n = norms[keys[i]];
            double wanted = constraint.Kind switch
            {
                ConstraintKind.UnitNorm => 1,
                ConstraintKind.MaxNorm => Math.Min(n, constraint.Max),
                _ => constraint.Rate * Math.Clamp(n, constraint.Min, constraint.Max) + (1 - constraint.Rate) * n,
            };
            return w * wanted / (1e-7 + n);
        })];
    }

    private static IEnumerable<int> Indices(int i, int[] shape)
    {
        int rest = shape.Aggregate(1, (a, b) => a * b);
        foreach (int length in shape)
        {
            rest /= length;
            yield return i / rest % length;
        }
    }
}
