using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>Which curve <see cref="Auc"/> measures.</summary>
public enum AucCurve
{
    /// <summary>True positives over false positives.</summary>
    Roc,

    /// <summary>Precision over recall.</summary>
    PrecisionRecall,
}

/// <summary>How <see cref="Auc"/> joins the points of its curve.</summary>
public enum AucSummation
{
    /// <summary>By straight lines; for <see cref="AucCurve.PrecisionRecall"/> by the true form between two points (Davis and Goadrich, 2006).</summary>
    Interpolation,

    /// <summary>By the higher of two neighbours.</summary>
    Majoring,

    /// <summary>By the lower of two neighbours.</summary>
    Minoring,
}

/// <summary>The area under a curve over thresholds: Keras' <c>AUC</c>. Targets are 0 and 1, predictions probabilities.</summary>
/// <param name="curve">Which curve.</param>
/// <param name="summation">How its points are joined.</param>
/// <param name="name">The name in logs.</param>
public sealed class Auc(AucCurve curve = AucCurve.Roc, AucSummation summation = AucSummation.Interpolation, string name = "auc") : Metric(name)
{
    private readonly double[]? _thresholds;

    /// <summary>Number of thresholds, spread evenly over 0 to 1: 200 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 2.</exception>
    public int NumThresholds
    {
        get => _thresholds?.Length ?? field;
        init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(NumThresholds), value, "NumThresholds is at least 2.");
    } = 200;

    /// <summary>Thresholds of one's own, between 0 and 1, in place of evenly spread ones; a little below 0 and a little above 1 are added. Null unless set.</summary>
    /// <exception cref="ArgumentException">One is outside [0, 1].</exception>
    public IReadOnlyList<double>? Thresholds
    {
        get => _thresholds;
        init
        {
            if (value is null)
                return;
            if (value.Any(t => !(t >= 0 && t <= 1)))
                throw new ArgumentException("Thresholds lie between 0 and 1.", nameof(Thresholds));
            _thresholds = [-Loss.Epsilon, .. value.Order(), 1 + Loss.Epsilon];
        }
    }

    /// <inheritdoc/>
    public override MetricState<T> CreateState<T>() =>
        new State<T>(Name, new ThresholdCounts(_thresholds ?? ThresholdCounts.Even(NumThresholds)), curve, summation);

    private sealed class State<T>(string name, ThresholdCounts counts, AucCurve curve, AucSummation summation) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override double Result
        {
            get
            {
                double area = 0;
                ReadOnlySpan<Confusion> all = counts.All();
                Confusion left = all[0];
                foreach (Confusion right in all[1..])
                {
                    area += curve == AucCurve.PrecisionRecall && summation == AucSummation.Interpolation ? PrecisionRecall(left, right) : Trapezium(left, right);
                    left = right;
                }

                return area;
            }
        }

        public override void Update(in PredictionBatch<T> batch) => counts.Add(batch, name);

        public override void Reset() => counts.Reset();

        public override void Checkpoint(CheckpointPart part) => counts.Checkpoint(part);

        private double Trapezium(Confusion left, Confusion right)
        {
            bool isRoc = curve == AucCurve.Roc;
            double width = isRoc ? left.FalsePositiveRate - right.FalsePositiveRate : left.Recall - right.Recall;
            double a = isRoc ? left.Recall : left.Precision, b = isRoc ? right.Recall : right.Precision;
            return width * (summation switch
            {
                AucSummation.Majoring => Math.Max(a, b),
                AucSummation.Minoring => Math.Min(a, b),
                _ => (a + b) / 2,
            });
        }

        // Between two thresholds true positives grow in a straight line with all that are predicted, so precision does not.
        private static double PrecisionRecall(Confusion left, Confusion right)
        {
            double gained = left.TruePositives - right.TruePositives;
            double slope = Confusion.Share(gained, Math.Max(left.Positives - right.Positives, 0));
            double start = right.TruePositives - slope * right.Positives;
            double ratio = left.Positives > 0 && right.Positives > 0 ? Functions.Log(left.Positives / right.Positives) : 0;
            return Confusion.Share(slope * (gained + start * ratio), Math.Max(right.TruePositives + right.FalseNegatives, 0));
        }
    }
}
