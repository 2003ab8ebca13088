using System;

namespace GenRnn;

/// <summary>A loss whose gradient is held against finite differences on the first batch.</summary>
internal sealed class CheckedLoss(Loss loss) : Loss(loss.Name)
{
    private const int MostValues = 64;
    private const double Step = 1e-5;
    private const double Tolerance = 1e-3;
    private bool _isChecked;

    public override int TargetLength(TensorInfo output) => loss.TargetLength(output);

    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        double value = loss.Evaluate(batch, gradients);
        if (!gradients.IsEmpty && !_isChecked && double.IsFinite(value))
        {
            Check(batch, gradients);
            _isChecked = true;
        }

        return value;
    }

    internal override Loss? OnLogits(Activation activation) => loss.OnLogits(activation) is { } onLogits ? new CheckedLoss(onLogits) : null;

    internal override string? FindWrongTarget<T>(ReadOnlySpan<T> targets, int first, TensorInfo output) => loss.FindWrongTarget(targets, first, output);

    internal override double TotalWeight<T>(in PredictionBatch<T> batch) => loss.TotalWeight(batch);

    internal override double Divisor<T>(in PredictionBatch<T> batch) => loss.Divisor(batch);

    private void Check<T>(in PredictionBatch<T> batch, ReadOnlySpan<T> gradients)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        double[] targets = Convert(batch.Targets), predictions = Convert(batch.Predictions), weights = Convert(batch.Weights), scratch = new double[batch.Scratch.Length];
        var mask = new double[batch.CountedPositions == batch.Positions ? 0 : batch.Positions];
        for (int i = 0; i < mask.Length; i++)
            mask[i] = batch.IsUnmasked(i) ? 1 : 0;
        int positions = batch.Positions;
        double Value() => loss.Evaluate(new PredictionBatch<double>(targets, predictions, positions, weights, mask, default, scratch), default);

        double largest = 0;
        foreach (T gradient in gradients)
            largest = Math.Max(largest, double.Abs(double.CreateTruncating(gradient)));
        double here = Value();
        int stride = Math.Max(1, predictions.Length / MostValues);
        for (int i = 0; i < predictions.Length; i += stride)
        {
            double at = predictions[i], step = Step * Math.Max(1, double.Abs(at)), found = double.CreateTruncating(gradients[i]);
            predictions[i] = at - step;
            double left = (here - Value()) / step;
            predictions[i] = at + step;
            double right = (Value() - here) / step;
            predictions[i] = at;
            // At a corner of the loss any slope between those of its sides is right.
            double margin = Tolerance * Math.Max(largest, Math.Max(double.Abs(left), double.Abs(right))) + Tolerance * Step;
            if (!(found >= Math.Min(left, right) - margin && found <= Math.Max(left, right) + margin))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{Name}: for prediction {i} of the batch, {at}, with target {targets[i * targets.Length / predictions.Length]} the gradient is {found}; finite differences give {(left + right) / 2}."));
            }
        }
    }

    private static double[] Convert<T>(ReadOnlySpan<T> values)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var converted = new double[values.Length];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = double.CreateTruncating(values[i]);
        return converted;
    }
}
