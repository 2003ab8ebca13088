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

    public int Count => thresholds.Length;

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

    /// <summary>The four counts at a threshold.</summary>
    public Confusion At(int threshold)
    {
        var counts = default(Confusion);
        for (int k = 0; k < _positives.Length; k++)
        {
            if (k > threshold)
                counts = counts with { TruePositives = counts.TruePositives + _positives[k], FalsePositives = counts.FalsePositives + _negatives[k] };
            else
                counts = counts with { FalseNegatives = counts.FalseNegatives + _positives[k], TrueNegatives = counts.TrueNegatives + _negatives[k] };
        }

        return counts;
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
