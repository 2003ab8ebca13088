using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>How often each class was predicted for each: <see cref="MetricState{T}.Results"/> holds [class that is meant][class that is predicted]; what logs show is the share on the diagonal.</summary>
/// <remarks>The class of a position is that of its largest value, in predictions and in targets; or, where it has one target, the target.</remarks>
/// <param name="classes">Number of classes.</param>
/// <param name="name">The name in logs.</param>
/// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 classes, or so many that an array can't hold a count for each pair: more than 46,340.</exception>
public sealed class ConfusionMatrix(int classes, string name = "confusion_matrix") : Metric(name)
{
    // The largest whose square is an array.
    private const int MostClasses = 46340;

    private readonly int _classes = classes is >= 2 and <= MostClasses ? classes : throw new ArgumentOutOfRangeException(nameof(classes), classes, $"There are 2 to {MostClasses} classes.");

    /// <inheritdoc/>
    public override MetricState<T> CreateState<T>() => new State<T>(Name, _classes);

    private sealed class State<T>(string name, int classes) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly double[] _counts = new double[classes * classes];

        public override double Result
        {
            get
            {
                double right = 0, all = 0;
                for (int i = 0; i < _counts.Length; i++)
                {
                    all += _counts[i];
                    right += i % (classes + 1) == 0 ? _counts[i] : 0;
                }

                return Confusion.Share(right, all);
            }
        }

        public override IReadOnlyList<double> Results => [.. _counts];

        public override void Update(in PredictionBatch<T> batch)
        {
            int targets = batch.Targets.Length / batch.Positions;
            if (batch.Features != classes || (targets != 1 && targets != classes))
                throw new ArgumentException($"{name} of {classes} classes found {batch.Features} predictions and {targets} targets for a position.", nameof(batch));
            for (int position = 0; position < batch.Positions; position++)
            {
                if (!batch.Counts(position))
                    continue;
                T meant = targets == 1 ? T.Truncate(batch.Targets[position]) : T.CreateTruncating(Largest.IndexOf(batch.Targets.Slice(position * targets, targets)));
                // Written so that NaN is no class.
                if (!(meant >= T.Zero && meant < T.CreateTruncating(classes)))
                    throw new ArgumentException(FormattableString.Invariant($"{name}: target {position} is {meant}, no class of 0 to {classes - 1}."), nameof(batch));
                int predicted = Largest.IndexOf(batch.Predictions.Slice(position * classes, classes));
                _counts[int.CreateTruncating(meant) * classes + predicted] += batch.Weights.IsEmpty ? 1 : double.CreateTruncating(batch.Weights[position]);
            }
        }

        public override void Reset() => Array.Clear(_counts);

        public override void Checkpoint(CheckpointPart part)
        {
            ArgumentNullException.ThrowIfNull(part);
            part.Keep<double>("counts", _counts);
        }
    }
}

/// <summary>Where the largest of some values stands.</summary>
internal static class Largest
{
    /// <summary>The first of several.</summary>
    public static int IndexOf<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }

        return largest;
    }
}
