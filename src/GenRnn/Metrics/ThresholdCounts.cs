using System;
using System.Numerics;

namespace GenRnn;

/// <summary>How much weight of positive and of negative targets lies above each of some thresholds.</summary>
/// <remarks>A value is a positive where its target is not 0, and is predicted as one where its prediction is larger than a threshold.</remarks>
internal sealed class ThresholdCounts(double[] thresholds)
{
    // Element k: the weight of values that lie above k thresholds, so above the first k.
    private readonly double[] _positives = new double[thresholds.Length + 1];
    private readonly double[] _negatives = new double[thresholds.Length + 1];

    private readonly Confusion[] _all = new Confusion[thresholds.Length];

    /// <summary>Thresholds i / (n - 1), the first a little below 0 and the last a little above 1, as Keras spreads them.</summary>
    public static double[] Even(int count)
    {
        var thresholds = new double[count];
        for (int i = 1; i < count - 1; i++)
            thresholds[i] = (double)i / (count - 1);
        thresholds[0] = -Loss.Epsilon;
        thresholds[^1] = 1 + Loss.Epsilon;
        return thresholds;
    }

    public void Add<T>(in PredictionBatch<T> batch, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (batch.Targets.Length != batch.Predictions.Length)
            throw new ArgumentException($"{name} takes a target for each value: there are {batch.Targets.Length} targets for {batch.Predictions.Length} predictions.", nameof(batch));
        for (int position = 0; position < batch.Positions; position++)
        {
            if (!batch.Counts(position))
                continue;
            double weight = batch.Weights.IsEmpty ? 1 : double.CreateTruncating(batch.Weights[position]);
            for (int i = position * batch.Features; i < (position + 1) * batch.Features; i++)
            {
                double[] counts = T.IsZero(batch.Targets[i]) ? _negatives : _positives;
                counts[Below(double.CreateTruncating(batch.Predictions[i]))] += weight;
            }
        }
    }

    public void Reset()
    {
        Array.Clear(_positives);
        Array.Clear(_negatives);
    }

    public void Checkpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.Keep<double>("positives", _positives);
        part.Keep<double>("negatives", _negatives);
    }

    /// <summary>The four counts at each threshold. Valid until the next call.</summary>
    /// <remarks>Sums from either end: a difference of sums would round, and a count be a little below 0.</remarks>
    public ReadOnlySpan<Confusion> All()
    {
        double positives = 0, negatives = 0;
        for (int i = 0; i < _all.Length; i++)
        {
            positives += _positives[i];
            negatives += _negatives[i];
            _all[i] = new Confusion(0, 0, negatives, positives);
        }

        (positives, negatives) = (0, 0);
        for (int i = _all.Length - 1; i >= 0; i--)
        {
            positives += _positives[i + 1];
            negatives += _negatives[i + 1];
            _all[i] = _all[i] with { TruePositives = positives, FalsePositives = negatives };
        }

        return _all;
    }

    // How many thresholds a prediction is larger than. NaN is larger than none.
    private int Below(double prediction)
    {
        int low = 0, high = thresholds.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (prediction > thresholds[middle])
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <summary>What was predicted against what is so.</summary>
internal readonly record struct Confusion(double TruePositives, double FalsePositives, double TrueNegatives, double FalseNegatives)
{
    public double Positives => TruePositives + FalsePositives;

    public double Precision => Share(TruePositives, TruePositives + FalsePositives);

    public double Recall => Share(TruePositives, TruePositives + FalseNegatives);

    public double Specificity => Share(TrueNegatives, TrueNegatives + FalsePositives);

    public double FalsePositiveRate => Share(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>x / y, and 0 for 0 / 0.</summary>
    public static double Share(double x, double y) => y == 0 ? 0 : x / y;
}
