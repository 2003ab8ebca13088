using System;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>A loss, a gradient or a weight that is infinite or NaN ends training before it does harm, or is let through, as asked.</summary>
public sealed class NonFiniteTests
{
    private static readonly AffineShape Shape = new(Features: 3, Units: 2, Batch: 8);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public void A_loss_stops_training_before_the_update(float target)
    {
        foreach (int threads in (int[])[1, 2])
        {
            float[] x = Models.Random<float>(20 * 3, 1), y = Models.Random<float>(20 * 2, 2);
            y[13 * 2 + 1] = target;
            var model = new AffineModel<float>(Shape);
            using var trainer = new Trainer<float>(model, Options(new Adam(), threads: threads));
            NonFiniteException error = Assert.Throws<NonFiniteException>(() => trainer.Fit(new DataSet<float>(x, y)));

            Assert.Equal((1, 2, 13), (error.Epoch, error.Batch, error.Row));
            Assert.Contains("epoch 1, batch 2, row 13: the loss is", error.Message, StringComparison.Ordinal);
            Assert.Equal(1, trainer.OptimizerState.Iterations);

            // The weights are those of the first batch alone.
            var expected = new AffineModel<float>(Shape);
            expected.Fit(new DataSet<float>(x, y).Slice(0, 8), Options(new Adam(), epochs: 1));
            Assert.Equal(expected.Parameters.ToArray(), model.Parameters.ToArray());
        }
    }

    [Fact]
    public void The_row_is_that_of_the_data_set_in_any_order_and_layout()
    {
        var shape = new AffineShape(Features: 1, Units: 2, Batch: 8, TimeSteps: 3, Layout: DataLayout.TimeMajor);
        float[] x = Models.Random<float>(30 * 3, 1), y = Models.Random<float>(30 * 6, 2);
        y[17 * 6 + 3] = float.NaN;
        var model = new AffineModel<float>(shape);
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 3, Seed = 4 };
        Assert.Equal(17, Assert.Throws<NonFiniteException>(() => model.Fit(new DataSet<float>(x, y), options)).Row);
        // And of the arrays behind a view.
        Assert.Equal(17, Assert.Throws<NonFiniteException>(() => model.Fit(new DataSet<float>(x, y).Slice(10, 20), options)).Row);
    }

    [Fact]
    public void A_gradient_behind_a_finite_loss_stops_training_too()
    {
        float[] x = Models.Random<float>(8 * 3, 1), y = Models.Random<float>(8 * 2, 2), weights = [1, 1, 1, 1, 1, 0, 1, 1];
        x[5 * 3] = float.NaN;
        var model = new AffineModel<float>(Shape);
        float[] before = model.Parameters.ToArray();
        NonFiniteException error = Assert.Throws<NonFiniteException>(() => model.Fit(new DataSet<float>(x, y, weights), Options(new Sgd())));
        Assert.Equal(5, error.Row);
        Assert.Contains("the gradient of affine/kernel is not", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.ToArray());
    }

    [Fact]
    public void A_sum_that_overflows_is_no_rows()
    {
        double[] x = Models.Random<double>(8 * 3, 1), y = new double[16];
        Array.Fill(y, 0.9e154);
        NonFiniteException error = Assert.Throws<NonFiniteException>(() => new AffineModel<double>(Shape).Fit(new DataSet<double>(x, y), Options(new Sgd())));
        Assert.Equal(((int?)null, true), (error.Row, error.Message.Contains("batch 1: the loss is", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_weight_that_the_update_makes_is_reported_after_it()
    {
        var model = new AffineModel<float>(Shape);
        NonFiniteException error = Assert.Throws<NonFiniteException>(() => model.Fit(Models.Data<float>(Shape, 8), Options(new Sgd { LearningRate = 1e300 })));
        Assert.Equal((1, 1, null), (error.Epoch, error.Batch, error.Row));
        Assert.Contains("the update of finite gradients made affine/", error.Message, StringComparison.Ordinal);
        Assert.Contains(model.Parameters.ToArray(), w => !float.IsFinite(w));
    }

    [Fact]
    public void Continue_goes_on_as_Keras_does()
    {
        float[] x = Models.Random<float>(20 * 3, 1), y = Models.Random<float>(20 * 2, 2);
        y[3] = float.NaN;
        var model = new AffineModel<float>(Shape);
        History history = model.Fit(new DataSet<float>(x, y), Options(new Sgd(), NonFinite.Continue));
        Assert.Equal([double.NaN, double.NaN, double.NaN], history["loss"]);
        Assert.Contains(model.Parameters.ToArray(), float.IsNaN);
    }

    [Fact]
    public void A_single_batch_and_a_stateful_model_are_checked_as_well()
    {
        var model = new AffineModel<float>(Shape with { IsStateful = true });
        float[] x = Models.Random<float>(8 * 3, 1), y = Models.Random<float>(8 * 2, 2);
        y[9] = float.NegativeInfinity;
        using var trainer = new Trainer<float>(model, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });
        NonFiniteException error = Assert.Throws<NonFiniteException>(() => trainer.TrainOnBatch(new DataSet<float>(x, y)));
        Assert.Equal((0, 1, 4), (error.Epoch, error.Batch, error.Row));
        Assert.StartsWith("Affine, single batch, row 4", error.Message, StringComparison.Ordinal);
    }

    private static FitOptions Options(Optimizer optimizer, NonFinite onNonFinite = NonFinite.Stop, int threads = 1, int epochs = 3) =>
        new() { Optimizer = optimizer, Loss = Loss.MeanSquaredError, Shuffle = false, Epochs = epochs, OnNonFinite = onNonFinite, Threads = threads };
}
