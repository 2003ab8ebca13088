using System;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Variables that a training leaves as they are, by name.</summary>
public sealed class FrozenTests
{
    private static readonly AffineShape s_shape = new(
        Features: 3, Units: 2, Batch: 8, KernelPenalty: new RegularizerInfo { L2 = 0.5 }, KernelConstraint: new ConstraintInfo { Kind = ConstraintKind.UnitNorm });

    [Fact]
    public void What_is_named_stays_and_has_no_penalty_constraint_or_norm()
    {
        var model = new AffineModel<double>(s_shape);
        double[] before = model.Parameters.ToArray();
        DataSet<double> data = Models.Data<double>(s_shape, 8);
        using var trainer = new Trainer<double>(model, Options("affine/kernel", new Sgd { LearningRate = 1, GlobalClipNorm = 1e-3, WeightDecay = 0.01, UseEma = true }));
        double loss = trainer.TrainOnBatch(data);
        Assert.Equal(new AffineModel<double>(s_shape with { KernelPenalty = null }).Evaluate(data, Loss.MeanSquaredError).Loss, loss, 1e-14);
        Assert.Equal(before[..9], model.Parameters[..9].ToArray());
        // The bias alone makes the norm: its step is as long as it may be.
        double[] decayed = Array.ConvertAll(before[9..], w => w - 0.01 * w);
        double first = model.Parameters[9] - decayed[0], second = model.Parameters[10] - decayed[1];
        Assert.Equal(1e-3, Math.Sqrt(first * first + second * second), 1e-12);
    }

    [Fact]
    public void A_layer_is_frozen_by_its_name()
    {
        var model = new AffineModel<double>(s_shape);
        double[] before = model.Parameters.ToArray();
        model.Fit(Models.Data<double>(s_shape, 8), Options("affine", new Adam()));
        Assert.Equal(before, model.Parameters.ToArray());
        model.Fit(Models.Data<double>(s_shape, 8), Options("affine/bias", new Adam()));
        Assert.NotEqual(before[..6], model.Parameters[..6].ToArray());
        Assert.Equal(before[6..], model.Parameters[6..].ToArray());
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("affin")]
    [InlineData("")]
    public void A_name_that_nothing_has_is_refused(string name)
    {
        string message = Assert.Throws<ArgumentException>(() => new Trainer<double>(new AffineModel<double>(s_shape), Options(name, new Adam()))).Message;
        Assert.StartsWith($"Frozen names '{name}', which is no layer and no variable of Affine; its variables are affine/kernel, affine/frozen, affine/bias.", message, StringComparison.Ordinal);
    }

    private static FitOptions Options(string frozen, Optimizer optimizer) => new() { Optimizer = optimizer, Loss = Loss.MeanSquaredError, Frozen = [frozen], Verbose = Verbosity.Silent };
}
