using System;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Losses against their definitions in double.</summary>
public sealed class LossTests
{
    public static TheoryData<string> Names { get; } = new(LossFormulas.All.Select(c => c.Name));

    /// <summary>What stands around another loss has tests of its own.</summary>
    [Fact]
    public void Every_loss_is_in_the_table() => Assert.Empty(typeof(Loss).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Loss)) && !type.IsAbstract && type != typeof(ReducedLoss) && type != typeof(CheckedLoss) && type != typeof(OutputLosses))
        .Except(LossFormulas.All.Select(row => row.Loss.GetType())));

    /// <summary>Values against the definition in double, gradients against its central differences.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Is_what_Keras_defines(string name)
    {
        LossFormulas.Case loss = LossFormulas.All.Single(c => c.Name == name);
        // The difference quotients themselves are no better than 3e-6, beside clipped probabilities.
        Check<float>(loss, valueTolerance: 5e-7, slopeTolerance: 5e-6);
        Check<double>(loss, valueTolerance: 1e-14, slopeTolerance: 5e-6);
    }

    [Fact]
    public void Large_logits_neither_overflow_nor_saturate()
    {
        float[] gradients = new float[2];
        Assert.Equal(1000, new BinaryCrossentropy { FromLogits = true }.Evaluate(Batch<float>([0, 1], [1000, -1000], 2), gradients));
        Assert.Equal([0.5f, -0.5f], gradients);
        Assert.Equal(2000, new CategoricalCrossentropy { FromLogits = true }.Evaluate(Batch<float>([0, 1], [1000, -1000], 1), gradients));
        Assert.Equal([1, -1], gradients);
        Assert.Equal(2000, new SparseCategoricalCrossentropy { FromLogits = true }.Evaluate(Batch<float>([1], [1000, -1000], 1), gradients));
        Assert.Equal([1, -1], gradients);

        // Probabilities are clipped: a finite loss, and no way back.
        Assert.Equal(-Math.Log(1e-7), Loss.BinaryCrossentropy.Evaluate(Batch<float>([1], [0], 1), gradients.AsSpan(0, 1)), 1e-6);
        Assert.Equal(0, gradients[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(1e10)]
    [InlineData(double.NaN)]
    public void An_id_that_is_no_class_is_refused_before_anything_is_written(double id)
    {
        double[] gradients = [7, 7, 7, 7, 7, 7];
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => Loss.SparseCategoricalCrossentropy.Evaluate(Batch<double>([2, id], [0.1, 0.2, 0.7, 0.1, 0.2, 0.7], 2), gradients));
        Assert.Contains("target 1 is", refused.Message, StringComparison.Ordinal);
        Assert.Contains("no class of 0 to 2", refused.Message, StringComparison.Ordinal);
        Assert.All(gradients, g => Assert.Equal(7, g));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Huber { Delta = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Huber { Delta = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossentropy { LabelSmoothing = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CategoricalCrossentropy { LabelSmoothing = double.NaN });
        Assert.Throws<ArgumentException>(() => Loss.CategoricalCrossentropy.Evaluate(Batch<float>([1], [1, 2], 1), default));
        Assert.Throws<ArgumentException>(() => Loss.SparseCategoricalCrossentropy.Evaluate(Batch<float>([1, 0], [1, 2], 1), default));
        Assert.Throws<ArgumentException>(() => Loss.SparseCategoricalCrossentropy.Evaluate(Batch<float>([1], [1, 2], 1), new float[3]));
    }

    /// <summary>As if the positions were not there: neither their values nor their number count. A weight of another position does, and is not divided by.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(255)]
    [InlineData(2)]
    public void Positions_of_an_ignored_class_do_not_count(int ignored)
    {
        float[] targets = [0, ignored, 1, ignored, 1], predictions = [0.1f, 2, -1, float.NaN, 3, 1, 0.5f, 0.25f, 0, 9, 9, 9, -2, 1, 4];
        float[] left = [.. predictions[..3], .. predictions[6..9], .. predictions[12..]];
        foreach (float[] weights in (float[][])[[], [0.5f, 4, 2, 4, 0.25f]])
        {
            foreach (bool fromLogits in (bool[])[true, false])
            {
                float[] gradients = [.. Enumerable.Repeat(7f, 15)], expected = new float[9];
                float[] weightsLeft = weights.Length == 0 ? [] : [weights[0], weights[2], weights[4]];
                double loss = new SparseCategoricalCrossentropy { FromLogits = fromLogits, IgnoreClass = ignored }.Evaluate(Batch(targets, predictions, 5, weights), gradients);

                Assert.Equal(new SparseCategoricalCrossentropy { FromLogits = fromLogits }.Evaluate(Batch<float>([0, 1, 1], left, 3, weightsLeft), expected), loss);
                Assert.Equal([.. expected[..3], 0, 0, 0, .. expected[3..6], 0, 0, 0, .. expected[6..]], gradients);
            }
        }
    }

    [Fact]
    public void Without_a_position_that_counts_the_loss_is_0()
    {
        float[] gradients = [7, 7, 7, 7];
        var loss = new SparseCategoricalCrossentropy { IgnoreClass = -1 };
        Assert.Equal(0, loss.Evaluate(Batch<float>([-1, -1], [1, 2, 3, 4], 2), gradients));
        Assert.Equal([0, 0, 0, 0], gradients);

        // What is ignored is one id, not all that are no classes.
        Assert.Contains("target 1 is -2, no class of 0 to 1", Assert.Throws<ArgumentException>(
            () => loss.Evaluate(Batch<float>([-1, -2], [1, 2, 3, 4], 2), default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_of_a_categorical_hinge_share_the_slope()
    {
        float[] gradients = [7, 7, 7, 7];
        Assert.Equal(1.5, Loss.CategoricalHinge.Evaluate(Batch<float>([0, 1, 0, 0], [2, 1.5f, 2, 0], 1), gradients));
        Assert.Equal([0.5f, -1, 0.5f, 0], gradients);

        // The lead is just kept.
        Assert.Equal(0, Loss.CategoricalHinge.Evaluate(Batch<float>([0, 1, 0, 0], [2, 3, 2, 0], 1), gradients));
        Assert.Equal([0, 0, 0, 0], gradients);
    }

    // More classes than lanes: what lies behind a position's values must not count.
    [Fact]
    public void The_values_of_one_position_do_not_reach_another()
    {
        const int classes = 37;
        var random = new Random(5);
        float[] predictions = [.. Enumerable.Range(0, 3 * classes).Select(_ => random.NextSingle() * 4)];
        foreach (Loss loss in (Loss[])[new SparseCategoricalCrossentropy { FromLogits = true }, Loss.SparseCategoricalCrossentropy])
        {
            float[] ids = [4, 36, 0];
            var all = new float[3 * classes];
            double together = loss.Evaluate(Batch<float>(ids, predictions, 3), all);
            double apart = 0;
            for (int i = 0; i < 3; i++)
            {
                var own = new float[classes];
                apart += loss.Evaluate(Batch<float>([ids[i]], predictions[(i * classes)..((i + 1) * classes)], 1), own);
                for (int j = 0; j < classes; j++)
                    Assert.Equal(own[j] / 3, all[i * classes + j], 1e-6f);
            }

            Assert.Equal(apart / 3, together, 1e-6);
        }
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
    public void NaN_goes_through_every_loss()
    {
        foreach (LossFormulas.Case loss in LossFormulas.All)
        {
            float[] targets = loss.Loss is SparseCategoricalCrossentropy ? [0, 0, 0] : [1, 0, 1];
            float[] gradients = new float[3];
            Assert.True(double.IsNaN(loss.Loss.Evaluate(Batch<float>(targets, [1, float.NaN, 1], 3), gradients)), loss.Name);
            Assert.True(float.IsNaN(gradients[1]), loss.Name);
            Assert.False(float.IsNaN(gradients[0]), loss.Name);
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
        Array.Fill(predictions, 0.5f);
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
                foreach (LossFormulas.Case loss in LossFormulas.All)
                {
                    var batch = new PredictionBatch<float>(targets, predictions, 37, weights, scratch);
                    sum += loss.Loss.Evaluate(batch, gradients);
                    sum += loss.Loss.Evaluate(batch, default);
                    sum += loss.Loss.Evaluate(new PredictionBatch<float>(targets, predictions, 37, default, scratch), gradients);
                }
            }

            if (round > 0)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void Several_quantiles_are_learnt_at_once()
    {
        var loss = new QuantileLoss(0.1, 0.5, 0.9);
        double[] gradients = new double[6];
        // Two positions, one target each: y = 1 and 0.
        double value = loss.Evaluate(Batch<double>([1, 0], [0, 1, 2, -1, 0.5, 0], 2), gradients);
        Assert.Equal((0.1 + 0 + 0.1 + 0.1 + 0.25 + 0) / 6, value, 1e-15);
        double[] expected = [-0.1, 0, 0.1, -0.1, 0.5, 0];
        for (int i = 0; i < 6; i++)
            Assert.Equal(expected[i] / 6, gradients[i], 1e-15);
        Assert.Equal(4, loss.TargetLength(new TensorInfo { Name = "y", TimeSteps = 4, Features = 3 }));
        Assert.Contains("a multiple of 3 predictions", Assert.Throws<ArgumentException>(() => loss.TargetLength(new TensorInfo { Name = "y", TimeSteps = 4, Features = 4 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileLoss(0.5, 1));
        Assert.Throws<ArgumentException>(() => new QuantileLoss());
    }

    [Fact]
    public void Reductions_are_Kerass()
    {
        PredictionBatch<double> batch = Batch<double>([0, 0, 0, 0], [1, 2, 3, 4], 2, [0.5, 2]);
        foreach ((Reduction reduction, double divisor) in (ReadOnlySpan<(Reduction, double)>)[(Reduction.SumOverBatchSize, 2), (Reduction.Sum, 1), (Reduction.MeanWithSampleWeight, 2.5)])
        {
            double[] gradients = new double[4];
            Assert.Equal((0.5 * 2.5 + 2 * 12.5) / divisor, Loss.MeanSquaredError.WithReduction(reduction).Evaluate(batch, gradients), 1e-12);
            double[] expected = [0.5, 1, 6, 8];
            for (int i = 0; i < 4; i++)
                Assert.Equal(expected[i] / divisor, gradients[i], 1e-14);
        }

        // What is ignored is in no divisor.
        Loss sparse = new SparseCategoricalCrossentropy { FromLogits = true, IgnoreClass = -1 };
        PredictionBatch<double> ids = Batch<double>([0, -1], [0, 0, 5, 5], 2, [3, 7]);
        Assert.Equal(3 * Math.Log(2), sparse.WithReduction(Reduction.Sum).Evaluate(ids, default), 1e-12);
        Assert.Equal(Math.Log(2), sparse.WithReduction(Reduction.MeanWithSampleWeight).Evaluate(ids, default), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => sparse.WithReduction((Reduction)7));
    }

    [Fact]
    public void A_gradient_that_is_another_losss_is_found_on_the_first_batch()
    {
        var shape = new AffineShape(Features: 3, Units: 2, Batch: 8);
        Loss wrong = Loss.FromFormula("mine", (y, p) => (p - y) * (p - y), (y, p) => p - y);
        Loss right = Loss.FromFormula("mine", (y, p) => (p - y) * (p - y), (y, p) => 2 * (p - y));
        foreach (Loss loss in (Loss[])[right, .. LossFormulas.All.Where(c => c.Name is "MeanSquaredError" or "MeanAbsoluteError" or "Huber").Select(c => c.Loss)])
            new AffineModel<float>(shape).Fit(Models.Data<float>(shape, 20, weighted: true), Options(loss));
        var model = new AffineModel<float>(shape);
        float[] before = model.Parameters.ToArray();
        Assert.Contains("mine: for prediction 0 of the batch", Assert.Throws<InvalidOperationException>(
            () => model.Fit(Models.Data<float>(shape, 20), Options(wrong))).Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.ToArray());

        static FitOptions Options(Loss loss) => new() { Optimizer = new Sgd(), Loss = loss, CheckLossGradient = true };
    }

    private static void Check<T>(LossFormulas.Case loss, double valueTolerance, double slopeTolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (bool weighted in (bool[])[false, true])
        {
            for (int positions = 1; positions <= 21; positions += 4)
            {
                foreach (int features in (int[])[1, 2, 3, 5, 17])
                {
                    var random = new Random(positions * 100 + features);
                    double[][] targets = [.. Enumerable.Range(0, positions).Select(_ => loss.Targets(random, features))];
                    double[][] predictions = [.. Enumerable.Range(0, positions).Select(_ => loss.Predictions(random, features))];
                    double[] weights = weighted ? [.. Enumerable.Range(0, positions).Select(_ => (double)random.NextSingle())] : [];
                    PredictionBatch<T> batch = Batch(Convert<T>(targets.SelectMany(y => y)), Convert<T>(predictions.SelectMany(p => p)), positions, Convert<T>(weights));
                    var gradients = new T[positions * features];

                    double actual = loss.Loss.Evaluate(batch, gradients);

                    double expected = 0;
                    for (int i = 0; i < positions; i++)
                    {
                        double weight = weighted ? weights[i] : 1;
                        expected += weight * loss.Value(targets[i], predictions[i]) / positions;
                        for (int j = 0; j < features; j++)
                            Close(weight * Slope(loss, targets[i], predictions[i], j) / positions, double.CreateTruncating(gradients[i * features + j]), slopeTolerance);
                    }

                    Close(expected, actual, valueTolerance);
                    Assert.Equal(actual, loss.Loss.Evaluate(batch, default));
                }
            }
        }
    }

    private static double Slope(LossFormulas.Case loss, double[] target, double[] prediction, int index)
    {
        const double step = 1e-6;
        double at = prediction[index];
        // Below the clipping nothing changes.
        if (at < 1e-7 && at >= 0)
            return SlopeOf(loss, target, prediction, index, at, 1e-9);
        return SlopeOf(loss, target, prediction, index, at, step);
    }

    private static double SlopeOf(LossFormulas.Case loss, double[] target, double[] prediction, int index, double at, double step)
    {
        prediction[index] = at + step;
        double above = loss.Value(target, prediction);
        prediction[index] = at - step;
        double below = loss.Value(target, prediction);
        prediction[index] = at;
        return (above - below) / (2 * step);
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{expected} was expected, found {actual}");

    private static T[] Convert<T>(System.Collections.Generic.IEnumerable<double> values)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. values.Select(T.CreateTruncating)];

    private static PredictionBatch<T> Batch<T>(T[] targets, T[] predictions, int positions, T[]? weights = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(targets, predictions, positions, weights ?? [], new T[predictions.Length + PredictionBatch<T>.ScratchPadding]);
}
