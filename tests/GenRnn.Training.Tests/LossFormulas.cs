using System;
using System.Linq;

namespace GenRnn.Training.Tests;

/// <summary>Keras' definitions of the losses, for one position, in double and as plainly as they can be written.</summary>
internal static class LossFormulas
{
    private const double Epsilon = 1e-7;

    /// <summary>A loss, what it is for one position, and what its targets and predictions look like.</summary>
    public sealed record Case(string Name, Loss Loss, Func<double[], double[], double> Value, Func<Random, int, double[]> Targets, Func<Random, int, double[]> Predictions)
    {
        public override string ToString() => Name;
    }

    public static Case[] All { get; } =
    [
        Mean("MeanSquaredError", Loss.MeanSquaredError, (y, p) => (y - p) * (y - p), Around, Around),
        Mean("MeanAbsoluteError", Loss.MeanAbsoluteError, (y, p) => Math.Abs(y - p), Around, Around),
        Mean("MeanAbsolutePercentageError", Loss.MeanAbsolutePercentageError, (y, p) => 100 * Math.Abs(y - p) / Math.Max(Math.Abs(y), Epsilon), Around, Around),
        Mean("MeanSquaredLogarithmicError", Loss.MeanSquaredLogarithmicError,
            (y, p) => Math.Pow(Math.Log(Math.Max(p, Epsilon) + 1) - Math.Log(Math.Max(y, Epsilon) + 1), 2), Shares, Around),
        Mean("Huber", Loss.Huber, Bend(1), Around, Around),
        Mean("Huber of 0.3", new Huber { Delta = 0.3 }, Bend(0.3), Around, Around),
        Mean("LogCosh", Loss.LogCosh, (y, p) => Math.Log(Math.Cosh(p - y)), Around, Around),
        Mean("Poisson", Loss.Poisson, (y, p) => p - y * Math.Log(p + Epsilon), Shares, Shares),
        Mean("Hinge", Loss.Hinge, (y, p) => Math.Max(1 - y * p, 0), Signs, Around),
        Mean("Hinge of 0 and 1", Loss.Hinge, (y, p) => Math.Max(1 - (2 * y - 1) * p, 0), Bits, Around),
        Mean("SquaredHinge", Loss.SquaredHinge, (y, p) => Math.Pow(Math.Max(1 - y * p, 0), 2), Signs, Around),
        Mean("BinaryCrossentropy", Loss.BinaryCrossentropy, (y, p) => Binary(y, Clip(p, 1 - Epsilon)), Shares, SharesAndEnds),
        Mean("BinaryCrossentropy, smoothed", new BinaryCrossentropy { LabelSmoothing = 0.2 }, (y, p) => Binary(0.8 * y + 0.1, Clip(p, 1 - Epsilon)), Bits, Shares),
        Mean("BinaryCrossentropy of logits", new BinaryCrossentropy { FromLogits = true }, (y, z) => Softplus(z) - y * z, Bits, Around),
        Mean("BinaryCrossentropy of logits, smoothed", new BinaryCrossentropy { FromLogits = true, LabelSmoothing = 1 }, (y, z) => Softplus(z) - z / 2, Bits, Around),
        new("KLDivergence", Loss.KLDivergence, (y, p) => y.Zip(p, (a, b) => Clip(a, 1) * Math.Log(Clip(a, 1) / Clip(b, 1))).Sum(), Shares, Shares),
        Mean("SymmetricMeanAbsolutePercentageError", Loss.SymmetricMeanAbsolutePercentageError, (y, p) => 200 * Math.Abs(y - p) / Math.Max(Math.Abs(y) + Math.Abs(p), Epsilon), Around, Around),
        Mean("QuantileLoss", new QuantileLoss(0.2), (y, p) => Math.Max(0.2 * (y - p), -0.8 * (y - p)), Around, Around),
        Mean("A formula of one's own", Loss.FromFormula("quartic", (y, p) => Math.Pow(p - y, 4), (y, p) => 4 * Math.Pow(p - y, 3)), (y, p) => Math.Pow(p - y, 4), Around, Around),
        new("CategoricalHinge", Loss.CategoricalHinge, Lead, OneHot, Around),
        new("CategoricalHinge of -1 and 1", Loss.CategoricalHinge, Lead, Signs, Around),
        new("CosineSimilarity", Loss.CosineSimilarity, (y, p) => -y.Zip(p, (a, b) => a * b).Sum() / Norm(y) / Norm(p), Around, Around),
        new("CategoricalCrossentropy", Loss.CategoricalCrossentropy, (y, p) => Categorical(y, p, 0), Shares, SharesAndOneEnd),
        new("CategoricalCrossentropy, smoothed", new CategoricalCrossentropy { LabelSmoothing = 0.1 }, (y, p) => Categorical(y, p, 0.1), Bits, Shares),
        new("CategoricalCrossentropy of logits", new CategoricalCrossentropy { FromLogits = true }, (y, z) => CategoricalOfLogits(y, z, 0), Shares, Around),
        new("CategoricalCrossentropy of logits, smoothed", new CategoricalCrossentropy { FromLogits = true, LabelSmoothing = 0.3 }, (y, z) => CategoricalOfLogits(y, z, 0.3), Bits, Around),
        new("SparseCategoricalCrossentropy", Loss.SparseCategoricalCrossentropy,
            (y, p) => Math.Log(p.Sum(v => Clip(v, 1 - Epsilon))) - Math.Log(Clip(p[(int)y[0]], 1 - Epsilon)), Id, SharesAndEnds),
        new("SparseCategoricalCrossentropy of logits", new SparseCategoricalCrossentropy { FromLogits = true }, (y, z) => LogSumExp(z) - z[(int)y[0]], Id, Around),
        new("SparseCategoricalCrossentropy that ignores what no target is", new SparseCategoricalCrossentropy { FromLogits = true, IgnoreClass = -1 },
            (y, z) => LogSumExp(z) - z[(int)y[0]], Id, Around),
    ];

    private static Case Mean(string name, Loss loss, Func<double, double, double> value, Func<Random, int, double[]> targets, Func<Random, int, double[]> predictions) =>
        new(name, loss, (y, p) => y.Zip(p, value).Average(), targets, predictions);

    private static Func<double, double, double> Bend(double delta) => (y, p) =>
        Math.Abs(y - p) <= delta ? (y - p) * (y - p) / 2 : delta * Math.Abs(y - p) - delta * delta / 2;

    private static double Lead(double[] y, double[] p) => Math.Max(y.Zip(p, (a, b) => (1 - a) * b).Max() - y.Zip(p, (a, b) => a * b).Sum() + 1, 0);

    private static double Binary(double y, double p) => -(y * Math.Log(p) + (1 - y) * Math.Log(1 - p));

    private static double Categorical(double[] y, double[] p, double smoothing) =>
        -y.Zip(p, (a, b) => (a * (1 - smoothing) + smoothing / y.Length) * Math.Log(Clip(b / p.Sum(), 1 - Epsilon))).Sum();

    private static double CategoricalOfLogits(double[] y, double[] z, double smoothing) =>
        y.Zip(z, (a, b) => (a * (1 - smoothing) + smoothing / y.Length) * (LogSumExp(z) - b)).Sum();

    private static double LogSumExp(double[] z) => Math.Log(z.Sum(Math.Exp));

    private static double Softplus(double z) => Math.Log(1 + Math.Exp(z));

    private static double Clip(double p, double high) => Math.Min(Math.Max(p, Epsilon), high);

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(v => v * v));

    private static double[] Around(Random random, int count) => Fill(count, () => random.NextDouble() * 5 - 2.5);

    private static double[] Shares(Random random, int count) => Fill(count, () => 0.05 + 0.9 * random.NextDouble());

    // Beyond the clipping there is no slope.
    private static double[] SharesAndEnds(Random random, int count) => Fill(count, () => random.Next(6) switch { 0 => 0, 1 => 1e-8, _ => 0.05 + 0.9 * random.NextDouble() });

    private static double[] SharesAndOneEnd(Random random, int count)
    {
        double[] shares = Shares(random, count);
        if (count > 2)
            shares[1] = 1e-8;
        return shares;
    }

    private static double[] Signs(Random random, int count) => Fill(count, () => random.Next(2) * 2 - 1);

    private static double[] Bits(Random random, int count) => Fill(count, () => random.Next(2));

    private static double[] OneHot(Random random, int count)
    {
        var y = new double[count];
        y[random.Next(count)] = 1;
        return y;
    }

    private static double[] Id(Random random, int count) => [random.Next(count)];

    private static double[] Fill(int count, Func<double> next) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)next())];
}
