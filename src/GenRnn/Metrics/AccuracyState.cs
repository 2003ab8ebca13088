using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Positions (or, binary, values) that were right so far, and how many there were.</summary>
internal sealed class AccuracyState<T>(string name, AccuracyKind asked, int k = 1) : MetricState<T>
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
        bool takesIds = kind is AccuracyKind.Sparse or AccuracyKind.SparseTopK;
        if (targets != (takesIds ? 1 : batch.Features))
        {
            throw new ArgumentException(
                $"{name} takes {(takesIds ? "the id of one class" : "a target for each value")}: there are {batch.Targets.Length} targets for {batch.Predictions.Length} predictions.", nameof(batch));
        }

        double right = 0, weights = 0;
        for (int position = 0; position < batch.Positions; position++)
        {
            if (!batch.Counts(position))
                continue;
            double weight = batch.Weights.IsEmpty ? 1 : double.CreateTruncating(batch.Weights[position]);
            weights += weight;
            right += weight * Share(kind, batch.Targets.Slice(position * targets, targets), batch.Predictions.Slice(position * batch.Features, batch.Features));
        }

        _mean.AddTotal(right, weights);
    }

    public override void Reset() => _mean = default;

    public override void Checkpoint(CheckpointPart part) => _mean.Checkpoint(part);

    private double Share(AccuracyKind kind, ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions)
    {
        if (kind == AccuracyKind.Sparse)
            return T.CreateTruncating(Largest.IndexOf(predictions)) == T.Truncate(targets[0]) ? 1 : 0;
        if (kind == AccuracyKind.Categorical)
            return Largest.IndexOf(predictions) == Largest.IndexOf(targets) ? 1 : 0;
        if (kind is AccuracyKind.TopK or AccuracyKind.SparseTopK)
            return IsInTopK(kind == AccuracyKind.TopK ? T.CreateTruncating(Largest.IndexOf(targets)) : T.Truncate(targets[0]), predictions) ? 1 : 0;

        T half = T.One / (T.One + T.One);
        int right = 0;
        for (int i = 0; i < predictions.Length; i++)
            right += targets[i] == (predictions[i] > half ? T.One : T.Zero) ? 1 : 0;
        return (double)right / predictions.Length;
    }

    /// <summary>TensorFlow's in_top_k: fewer than k predictions are larger, so all that are equal at the border count; without a finite value for each class none does.</summary>
    private bool IsInTopK(T target, ReadOnlySpan<T> predictions)
    {
        // Written so that NaN is no class.
        if (!(target >= T.Zero && target < T.CreateTruncating(predictions.Length)))
            return false;
        T meant = predictions[int.CreateTruncating(target)];
        int larger = 0;
        foreach (T prediction in predictions)
        {
            if (!T.IsFinite(prediction))
                return false;
            larger += prediction > meant ? 1 : 0;
        }

        return larger < k;
    }
}
