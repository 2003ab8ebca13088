using System;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Penalties on weights: values against the formulas in double, gradients against finite differences, and their place in the loss.</summary>
public sealed class PenaltyTests
{
    private static readonly RegularizerInfo[] s_penalties =
    [
        new() { L1 = 0.3 }, new() { L2 = 0.7 }, new() { L1 = 0.3, L2 = 0.7 }, new() { Orthogonal = 0.4 }, new() { Orthogonal = 0.4, Mode = OrthogonalMode.Columns },
        new() { L1 = 0.1, L2 = 0.2, Orthogonal = 0.3 },
    ];

    [Fact]
    public void Values_are_the_formulas_and_gradients_their_differences()
    {
        foreach (RegularizerInfo penalty in s_penalties)
        {
            foreach ((int rows, int columns) in new[] { (1, 1), (2, 3), (5, 4), (7, 33), (40, 3) })
            {
                Check<double>(penalty, rows, columns, 1e-12, 1e-6);
                Check<float>(penalty, rows, columns, 2e-6, double.PositiveInfinity);
            }
        }
    }

    /// <summary>The derivative of |w| at 0 is 0, as that of Keras' sign is.</summary>
    [Fact]
    public void A_weight_of_zero_has_no_gradient_by_L1()
    {
        var penalties = new WeightPenalties<double>(Info(1, 3, new RegularizerInfo { L1 = 0.5 }));
        double[] gradients = [1, 1, 1];
        Assert.Equal(1.5, penalties.Differentiate([0, 2, -1], gradients), 1e-15);
        Assert.Equal([1, 1.5, 0.5], gradients);
    }

    /// <summary>Once a batch, whatever its rows: in training, validation and evaluation; the update sees the gradient.</summary>
    [Fact]
    public void A_penalty_is_part_of_every_loss()
    {
        var shape = new AffineShape(Features: 3, Units: 2, Batch: 8, KernelPenalty: new RegularizerInfo { L2 = 0.25 });
        DataSet<double> data = Models.Data<double>(shape, 20);
        var model = new AffineModel<double>(shape);
        var plain = new AffineModel<double>(shape with { KernelPenalty = null });
        double penalty = 0.25 * model.Parameters[..6].ToArray().Sum(w => w * w);
        Assert.Equal(plain.Evaluate(data, Loss.MeanSquaredError).Loss + penalty, model.Evaluate(data, Loss.MeanSquaredError).Loss, 1e-14);

        double[] before = model.Parameters.ToArray();
        var options = new FitOptions { Optimizer = new Sgd { LearningRate = 0.1 }, Loss = Loss.MeanSquaredError };
        using var trainer = new Trainer<double>(model, options);
        using var other = new Trainer<double>(plain, options);
        Assert.Equal(other.TrainOnBatch(data.Slice(0, 8)) + penalty, trainer.TrainOnBatch(data.Slice(0, 8)), 1e-14);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(plain.Parameters[i] - (i < 6 ? 0.1 * 2 * 0.25 * before[i] : 0), model.Parameters[i], 1e-14);
    }

    private static void Check<T>(RegularizerInfo penalty, int rows, int columns, double tolerance, double step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Away from zero, where |w| has a corner.
        double[] weights = [.. Models.Random<double>(rows * columns, 3).Select((w, i) => (w + 0.1) * (i % 3 == 0 ? -1 : 1))];
        var penalties = new WeightPenalties<T>(Info(rows, columns, penalty));
        T[] parameters = Array.ConvertAll(weights, T.CreateTruncating), gradients = new T[weights.Length];
        double value = penalties.Differentiate(parameters, gradients);
        Assert.Equal(value, penalties.Evaluate(parameters));
        double scale = Math.Max(1, Formula(penalty, weights, rows, columns));
        Assert.Equal(Formula(penalty, weights, rows, columns), value, tolerance * scale);
        for (int i = 0; i < weights.Length && double.IsFinite(step); i++)
        {
            double at = weights[i];
            weights[i] = at + step;
            double up = Formula(penalty, weights, rows, columns);
            weights[i] = at - step;
            double down = Formula(penalty, weights, rows, columns);
            weights[i] = at;
            Assert.Equal((up - down) / (2 * step), double.CreateTruncating(gradients[i]), 1e-7 * scale);
        }
    }

    private static double Formula(RegularizerInfo penalty, double[] weights, int rows, int columns)
    {
        bool ofRows = penalty.Mode == OrthogonalMode.Rows;
        int count = ofRows ? rows : columns;
        double[][] vectors = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, rows * columns / count).Select(k => ofRows ? weights[i * columns + k] : weights[k * columns + i]).ToArray())];
        double[] norms = [.. vectors.Select(v => Math.Sqrt(v.Sum(w => w * w)))];
        double cosines = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                cosines += Math.Abs(vectors[i].Zip(vectors[j], (a, b) => a * b).Sum()) / (norms[i] * norms[j]);
        }

        return penalty.L1 * weights.Sum(Math.Abs) + penalty.L2 * weights.Sum(w => w * w) + (count < 2 ? 0 : penalty.Orthogonal * cosines / (0.5 * count * (count - 1)));
    }

    private static ModelInfo Info(int rows, int columns, RegularizerInfo penalty)
    {
        ModelInfo info = Models.Info(1);
        return info with
        {
            Variables = [new VariableInfo { Path = "m/kernel", Shape = [rows, columns], Offset = 0, Regularizer = penalty }],
            ParameterCount = rows * columns,
        };
    }
}
