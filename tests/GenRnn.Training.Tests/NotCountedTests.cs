using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>What does not count, by a mask or a weight of 0, is not looked at: whatever stands there, the numbers are the same.</summary>
public sealed class NotCountedTests
{
    // NaN, infinities, what overflows when it is squared, and labels that are no class.
    private static readonly double[] s_anything = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e30, -1e30, -1, -100, 255, 3e38];

    private static readonly double[] s_weights = [0.5, 0, 2, 0, 1, 0];

    private static Metric[] AllMetrics { get; } =
    [
        Metric.MeanSquaredError, Metric.MeanAbsoluteError, Metric.RootMeanSquaredError, Metric.Accuracy, Metric.BinaryAccuracy, Metric.CategoricalAccuracy,
        Metric.SparseCategoricalAccuracy, Metric.TopKCategoricalAccuracy, Metric.SparseTopKCategoricalAccuracy, Metric.MeanAbsolutePercentageError, Metric.MeanSquaredLogarithmicError,
        Metric.SymmetricMeanAbsolutePercentageError, Metric.LogCoshError, Metric.KLDivergence, Metric.CosineSimilarity, Metric.CategoricalCrossentropy, Metric.R2Score,
        Metric.MeanAbsoluteScaledError<double>([1, 2, 4]), Metric.Precision(), Metric.Recall(0.2), Metric.TruePositives(), Metric.TrueNegatives(), Metric.FalsePositives(), Metric.FalseNegatives(),
        Metric.PrecisionAtRecall(0.5), Metric.RecallAtPrecision(0.5), Metric.SensitivityAtSpecificity(0.5), new Auc(), new Auc(AucCurve.PrecisionRecall, name: "auc_pr"), new F1Score(),
        new F1Score(F1Average.Micro, 0.5, "f1_micro"), new ConfusionMatrix(7), Metric.SparseCategoricalCrossentropy,
    ];

    public static TheoryData<string> Losses { get; } = new(LossFormulas.All.Select(c => c.Name));

    public static TheoryData<string> Metrics { get; } = new(AllMetrics.Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_and_its_gradient_do_not_look_at_positions_of_weight_0(string name)
    {
        LossFormulas.Case loss = LossFormulas.All.Single(c => c.Name == name);
        CheckLoss<float>(loss);
        CheckLoss<double>(loss);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_metric_does_not_look_at_positions_of_weight_0(string name)
    {
        Metric metric = AllMetrics.Single(m => m.Name == name);
        CheckMetric<float>(metric);
        CheckMetric<double>(metric);
    }

    /// <summary>Targets behind the end of rows: every loss and every metric that takes its targets, in both layouts, over epochs with validation.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Training_does_not_look_at_masked_steps(string name)
    {
        LossFormulas.Case loss = LossFormulas.All.Single(c => c.Name == name);
        foreach (DataLayout layout in (DataLayout[])[DataLayout.BatchMajor, DataLayout.TimeMajor])
        {
            var shape = new AffineShape(Features: 2, Units: 3, Batch: 8, TimeSteps: 5, layout, HasMask: true);
            float[] inputs = Models.Random<float>(20 * 5 * 2, 3), weights = Models.Random<float>(20, 4);
            var random = new Random(5);
            int perStep = loss.Targets(random, 3).Length;
            float[] targets = [.. Enumerable.Range(0, 20 * 5).SelectMany(_ => loss.Targets(random, 3)).Select(y => (float)y)];
            weights[7] = 0;
            bool[] counts = [.. Enumerable.Range(0, 100).Select(step => step / 5 != 7 && step % 5 <= step / 5 % 5)];
            for (int step = 0; step < 100; step++)
                inputs[step * 2] = counts[step] || step / 5 == 7 ? inputs[step * 2] + 0.5f : 0;

            string expected = Train(inputs, targets, null);
            string expectedWeighted = Train(inputs, targets, weights);
            foreach (double anything in (double[])[double.NaN, double.NegativeInfinity, 1e30, -100])
            {
                float[] replaced = [.. targets.Select((y, i) => counts[i / perStep] ? y : (float)anything)];
                float[] masked = [.. targets.Select((y, i) => counts[i / perStep] || i / perStep / 5 == 7 ? y : (float)anything)];
                Assert.Equal(expected, Train(inputs, masked, null));
                Assert.Equal(expectedWeighted, Train(inputs, replaced, weights));
            }

            string Train(float[] x, float[] y, float[]? w)
            {
                var model = new AffineModel<float>(shape);
                // Of some losses predictions must be positive.
                model.UpdateParameters(0, static (p, _) => p.Fill(0.25f));
                var data = new DataSet<float>(x, y, w);
                History history = model.Fit(data, new FitOptions
                {
                    Optimizer = new Sgd { LearningRate = 1e-3 },
                    Loss = loss.Loss,
                    Metrics = perStep == 3 ? [Metric.MeanSquaredError, Metric.MeanAbsoluteError, Metric.RootMeanSquaredError, Metric.BinaryAccuracy, Metric.CategoricalAccuracy, Metric.TopKCategoricalAccuracy] : [Metric.Accuracy, Metric.SparseTopKCategoricalAccuracy],
                    Validation = data,
                    Epochs = 2,
                });
                string logs = string.Join('\n', history.Epochs.Select(e => string.Join(' ', e.Logs.Select(l => $"{l.Key} {l.Value:R}"))));
                Assert.DoesNotContain("NaN", logs, StringComparison.Ordinal);
                return logs + string.Join(' ', model.Parameters.ToArray());
            }
        }
    }

    [Fact]
    public void Targets_of_minus_1_that_mean_0_are_decided_by_those_that_count()
    {
        // All that count are 0 or 1, so 0 means -1.
        Assert.Equal(1.5, Loss.Hinge.Evaluate(Batch<float>([0, 1, -1], [0.5f, -0.5f, 9], 3, [1, 1, 0]), default) * 3 / 2);
        Assert.Equal(1, Loss.Hinge.Evaluate(Batch<float>([0, 1, -1], [0.5f, 9, 9], 3, [1, 1, 1]), default) * 3 - 10, 1e-6);
    }

    [Fact]
    public void Labels_outside_of_the_view_or_without_weight_may_be_no_class()
    {
        var shape = new AffineShape(Features: 1, Units: 2, Batch: 4);
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.SparseCategoricalCrossentropy };
        float[] x = Models.Random<float>(4, 1);
        new AffineModel<float>(shape).Fit(new DataSet<float>(x, [0f, 1, -100, -1]).Slice(0, 2), options);
        new AffineModel<float>(shape).Fit(new DataSet<float>(x, [0f, -1, 1, -100], [1, 0, 1, 0]), options);
        Assert.Contains("target 3 is -100, no class of 0 to 1", Assert.Throws<ArgumentException>(
            () => new AffineModel<float>(shape).Fit(new DataSet<float>(x, [0f, -1, 1, -100], [1, 0, 1, 1]), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_label_at_a_step_that_counts_is_refused_where_others_are_masked()
    {
        var model = new AffineModel<float>(new AffineShape(Features: 1, Units: 2, Batch: 4, TimeSteps: 2, HasMask: true));
        float[] before = model.Parameters.ToArray();
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.SparseCategoricalCrossentropy, Shuffle = false };
        Assert.Contains("target 2 is -1, no class of 0 to 1", Assert.Throws<ArgumentException>(
            () => model.Fit(new DataSet<float>([1f, 0, 1, 0], [0f, -100, -1, -100]), options)).Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.ToArray());
    }

    [Fact]
    public void Where_nothing_counts_the_loss_is_0_and_has_no_gradient()
    {
        var shape = new AffineShape(Features: 1, Units: 3, Batch: 4, TimeSteps: 2, HasMask: true);
        foreach (LossFormulas.Case loss in LossFormulas.All)
        {
            var model = new AffineModel<float>(shape);
            float[] before = model.Parameters.ToArray();
            int targets = loss.Loss.TargetLength(model.Info.Outputs[0]);
            float[] y = new float[4 * targets];
            Array.Fill(y, float.NaN);
            History history = model.Fit(new DataSet<float>(new float[8], y), new FitOptions { Optimizer = new Sgd(), Loss = loss.Loss });
            Assert.Equal(0, history["loss"][0]);
            Assert.Equal(before, model.Parameters.ToArray());
        }
    }

    private static void CheckLoss<T>(LossFormulas.Case loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int features in (int[])[1, 3, 17])
        {
            (T[] targets, T[] predictions) = Data<T>(loss, features);
            var expected = new T[predictions.Length];
            double value = loss.Loss.Evaluate(Batch(targets, predictions, 6, Weights<T>()), expected);
            Assert.True(double.IsFinite(value));
            foreach ((T[] y, T[] p) in Replaced(targets, predictions))
            {
                // An ignored class lowers the number of positions, which weights do not: as in Keras.
                if (loss.Loss is SparseCategoricalCrossentropy { IgnoreClass: -1 } && y.Contains(-T.One))
                    continue;
                T[] gradients = [.. Enumerable.Repeat(T.NaN, p.Length)];
                Assert.Equal(value, loss.Loss.Evaluate(Batch(y, p, 6, Weights<T>()), gradients));
                Assert.Equal(expected, gradients);
                for (int i = 0; i < p.Length; i++)
                    Assert.True(s_weights[i / features] != 0 || T.IsZero(gradients[i]));
            }
        }
    }

    private static void CheckMetric<T>(Metric metric)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool takesIds = metric.Name.StartsWith("sparse", StringComparison.Ordinal);
        LossFormulas.Case loss = LossFormulas.All.Single(c => c.Name == (takesIds ? "SparseCategoricalCrossentropy" : "CategoricalHinge"));
        (T[] targets, T[] predictions) = Data<T>(loss, 7);
        double expected = Of(metric, targets, predictions);
        foreach ((T[] y, T[] p) in Replaced(targets, predictions))
            Assert.Equal(expected, Of(metric, y, p));

        // Those that count, and nothing else.
        MetricState<T> state = metric.CreateState<T>();
        int[] counted = [0, 2, 4];
        T[] left = [.. counted.SelectMany(i => targets[(i * targets.Length / 6)..((i + 1) * targets.Length / 6)])];
        state.Update(Batch(left, [.. counted.SelectMany(i => predictions[(i * 7)..((i + 1) * 7)])], 3, [.. counted.Select(i => T.CreateTruncating(s_weights[i]))]));
        Assert.Equal(state.Result, expected, 1e-6 * Math.Max(1, Math.Abs(expected)));
    }

    private static double Of<T>(Metric metric, T[] targets, T[] predictions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MetricState<T> state = metric.CreateState<T>();
        state.Update(Batch(targets, predictions, 6, Weights<T>()));
        return state.Result;
    }

    private static IEnumerable<(T[] Targets, T[] Predictions)> Replaced<T>(T[] targets, T[] predictions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (double anything in s_anything)
        {
            yield return (Replace(targets, anything), predictions);
            yield return (targets, Replace(predictions, anything));
            yield return (Replace(targets, anything), Replace(predictions, anything));
        }
    }

    private static T[] Replace<T>(T[] values, double anything)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. values.Select((value, i) => s_weights[i / (values.Length / 6)] == 0 ? T.CreateTruncating(anything) : value)];

    private static (T[] Targets, T[] Predictions) Data<T>(LossFormulas.Case loss, int features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(features);
        return ([.. Enumerable.Range(0, 6).SelectMany(_ => loss.Targets(random, features)).Select(T.CreateTruncating)],
            [.. Enumerable.Range(0, 6).SelectMany(_ => loss.Predictions(random, features)).Select(T.CreateTruncating)]);
    }

    private static T[] Weights<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => [.. s_weights.Select(T.CreateTruncating)];

    private static PredictionBatch<T> Batch<T>(T[] targets, T[] predictions, int positions, T[] weights)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(targets, predictions, positions, weights, new T[predictions.Length + PredictionBatch<T>.ScratchPadding]);
}
