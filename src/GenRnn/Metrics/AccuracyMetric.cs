using System;
using System.Numerics;

namespace GenRnn;

/// <summary>How a prediction is held against its target.</summary>
internal enum AccuracyKind
{
    /// <summary>As Keras' "accuracy" does: binary for a single value, sparse for one target a position, else categorical.</summary>
    ByShape,

    /// <summary>Each value by itself: above 1/2 or not.</summary>
    Binary,

    /// <summary>The largest value stands where the largest target does.</summary>
    Categorical,

    /// <summary>The largest value stands where the target says.</summary>
    Sparse,
}

/// <summary>The share of positions (or, binary, of values) that are right: a mean over all that count.</summary>
internal sealed class AccuracyMetric(string name, AccuracyKind kind) : Metric(name)
{
    public override MetricState<T> CreateState<T>() => new State<T>(Name, kind);

    private sealed class State<T>(string name, AccuracyKind asked) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private RunningMean _mean;

        public override double Result => _mean.Result;

        public override void Update(in PredictionBatch<T> batch)
        {
            int targets = batch.Targets.Length / batch.Positions;
            AccuracyKind kind = asked != AccuracyKind.ByShape ? asked
                : batch.Features == 1 ? AccuracyKind.Binary
                : targets == 1 ? AccuracyKind.Sparse
                : AccuracyKind.Categorical;
            if (targets != (kind == AccuracyKind.Sparse ? 1 : batch.Features))
            {
                throw new ArgumentException(
                    $"{name} takes {(kind == AccuracyKind.Sparse ? "the id of one class" : "a target for each value")}: there are {batch.Targets.Length} targets for {batch.Predictions.Length} predictions.", nameof(batch));
            }

            // Weights are the mask's: 0 for what does not count, and the same for all others.
            ReadOnlySpan<T> mask = batch.WithoutWeights().Weights;
            double right = 0;
            for (int position = 0; position < batch.Positions; position++)
            {
                if (mask.IsEmpty || !T.IsZero(mask[position]))
                    right += Share(kind, batch.Targets.Slice(position * targets, targets), batch.Predictions.Slice(position * batch.Features, batch.Features));
            }

            if (batch.CountedPositions > 0)
                _mean.Add(right / batch.CountedPositions, batch.CountedPositions);
        }

        public override void Reset() => _mean = default;

        private static double Share(AccuracyKind kind, ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions)
        {
            if (kind == AccuracyKind.Sparse)
                return T.CreateTruncating(Largest(predictions)) == T.Truncate(targets[0]) ? 1 : 0;
            if (kind == AccuracyKind.Categorical)
                return Largest(predictions) == Largest(targets) ? 1 : 0;

            T half = T.One / (T.One + T.One);
            int right = 0;
            for (int i = 0; i < predictions.Length; i++)
                right += targets[i] == (predictions[i] > half ? T.One : T.Zero) ? 1 : 0;
            return (double)right / predictions.Length;
        }

        /// <summary>Where the largest value stands, the first of several.</summary>
        private static int Largest(ReadOnlySpan<T> values)
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
}
