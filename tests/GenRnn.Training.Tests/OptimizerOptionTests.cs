using System;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>What every optimiser can do besides its formula: decay, averages, accumulation, a rate that is set.</summary>
public sealed class OptimizerOptionTests
{
    [Theory]
    [InlineData("bias", false)]
    [InlineData("affine/bias", false)]
    [InlineData("affine", true)]
    [InlineData("kernel", true)]
    public void A_variable_that_is_excluded_does_not_decay(string word, bool biasDecays)
    {
        ModelInfo info = Models.Info(5);
        var parameters = new double[info.ParameterCount];
        Array.Fill(parameters, 1);
        new Sgd { LearningRate = 0.5, WeightDecay = 0.5, ExcludeFromWeightDecay = [word] }.CreateState<double>(info).Apply(new double[info.ParameterCount], parameters);
        double kernel = word == "kernel" ? 1 : 0.75;
        Assert.Equal([kernel, kernel, kernel, kernel, kernel, 1, 1, 1, biasDecays ? 0.75 : 1], parameters);
    }

    [Fact]
    public void The_average_starts_at_the_first_weights_and_follows_each_batch()
    {
        ModelInfo info = Models.Info(1);
        OptimizerState<double> state = new Sgd { LearningRate = 1, UseEma = true, EmaMomentum = 0.75 }.CreateState<double>(info);
        double[] parameters = new double[5], gradients = [-1, 0, 0, 0, -1];
        double average = 0;
        for (int t = 1; t <= 4; t++)
        {
            state.Apply(gradients, parameters);
            average = t == 1 ? 1 : 0.75 * average + 0.25 * t;
            Assert.Equal(t, parameters[0]);
            Assert.Equal(average, state.Average[0], 1e-15);
        }

        state.OverwriteWithAverage(parameters);
        Assert.Equal([average, 0, 0, 0, average], parameters);
    }

    [Fact]
    public void The_average_becomes_the_weights_as_often_as_asked()
    {
        ModelInfo info = Models.Info(1);
        OptimizerState<double> state = new Sgd { LearningRate = 1, UseEma = true, EmaMomentum = 0.5, EmaOverwriteFrequency = 2 }.CreateState<double>(info);
        double[] parameters = new double[5], gradients = [-1, 0, 0, 0, -1];
        double[] seen = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            state.Apply(gradients, parameters);
            return parameters[0];
        })];
        // 1; 2 and the average of 1 and 2; 2.5; 3.5 and the average of (1.5 + 2.5) / 2 and 3.5.
        Assert.Equal([1, 1.5, 2.5, 2.75], seen);
    }

    [Fact]
    public void Several_batches_make_one_update_of_their_mean()
    {
        ModelInfo info = Models.Info(9);
        foreach (Func<int, Optimizer> create in (Func<int, Optimizer>[])
            [
                k => new Sgd { LearningRate = new Halving(k), GradientAccumulationSteps = k },
                k => new Adam { GradientAccumulationSteps = k, GlobalClipNorm = 0.25, WeightDecay = 0.1 },
                k => new Nadam { GradientAccumulationSteps = k, ClipValue = 0.1 },
            ])
        {
            OptimizerState<double> accumulating = create(4).CreateState<double>(info), plain = create(1).CreateState<double>(info);
            double[] ours = Models.Random<double>(info.ParameterCount, 1), expected = [.. ours];
            for (int group = 0; group < 5; group++)
            {
                double[][] gradients = [.. Enumerable.Range(0, 4).Select(i => Models.Random<double>(info.ParameterCount, group * 4 + i))];
                double[] before = [.. ours];
                foreach (double[] gradient in gradients)
                {
                    Assert.Equal(before, ours);
                    accumulating.Apply(gradient, ours);
                }

                plain.Apply([.. Enumerable.Range(0, info.ParameterCount).Select(i => (gradients[0][i] + gradients[1][i] + gradients[2][i] + gradients[3][i]) / 4)], expected);
                Assert.Equal(expected, ours);
                Assert.Equal((group + 1, 4 * (group + 1)), (accumulating.Iterations, accumulating.Batches));
            }
        }
    }

    [Fact]
    public void A_rate_that_is_a_number_may_be_set_and_a_schedule_may_not()
    {
        ModelInfo info = Models.Info(1);
        OptimizerState<double> state = new Sgd { LearningRate = 1 }.CreateState<double>(info);
        state.LearningRate = 0.25;
        double[] parameters = new double[5];
        state.Apply([-1, 0, 0, 0, -1], parameters);
        Assert.Equal((0.25, 0.25), (parameters[0], state.LearningRate));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.LearningRate = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.LearningRate = -1);
        Assert.Contains("is a schedule, ExponentialDecay", Assert.Throws<InvalidOperationException>(
            () => new Sgd { LearningRate = new ExponentialDecay(1, 1, 1) }.CreateState<double>(info).LearningRate = 1).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ends_with_the_averages_of_the_weights_and_reports_the_weights_themselves()
    {
        var shape = new AffineShape(Features: 3, Units: 2, Batch: 8);
        DataSet<double> data = Models.Data<double>(shape, 30);
        var model = new AffineModel<double>(shape);
        History history = model.Fit(data, Options(new Sgd { LearningRate = 0.1, UseEma = true, EmaMomentum = 0.9 }, data));

        var raw = new AffineModel<double>(shape);
        Assert.Equal(raw.Fit(data, Options(new Sgd { LearningRate = 0.1 }, data))["val_loss"], history["val_loss"]);
        Assert.NotEqual(raw.Parameters.ToArray(), model.Parameters.ToArray());
        int frozen = model.Info.Variables[1].Offset;
        Assert.Equal(raw.Parameters.Slice(frozen, 3).ToArray(), model.Parameters.Slice(frozen, 3).ToArray());
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { WeightDecay = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { EmaMomentum = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { EmaOverwriteFrequency = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { GradientAccumulationSteps = 0 });
        Assert.Throws<ArgumentNullException>(() => new Sgd { ExcludeFromWeightDecay = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp { Rho = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Nadam { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad { InitialAccumulatorValue = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adadelta { Epsilon = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adamax { Beta2 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion { Beta1 = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ftrl { LearningRatePower = 0.5 });
    }

    private static FitOptions Options(Optimizer optimizer, DataSet data) =>
        new() { Optimizer = optimizer, Loss = Loss.MeanSquaredError, Epochs = 3, Validation = data };

    private sealed class Halving(int batches) : LearningRate
    {
        public override double At(long iteration) => 1.0 / (1 << (int)(iteration / batches));
    }
}
