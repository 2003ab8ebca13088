using System;

namespace GenRnn;

/// <summary>A loss of the user's own: the mean over the last axis of a function of one target and one prediction.</summary>
internal sealed class FormulaLoss(string name, Func<double, double, double> value, Func<double, double, double> slope) : Loss(name)
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        ElementwiseLoss.CheckLengths(Name, batch, gradients);
        gradients.Clear();
        if (batch.CountedPositions == 0)
            return 0;
        int features = batch.Features;
        Span<T> values = batch.Scratch[..batch.Predictions.Length];
        values.Clear();
        double divisor = (double)batch.CountedPositions * features;
        for (int i = 0; i < values.Length; i++)
        {
            if (!batch.Counts(i / features))
                continue;
            double weight = batch.Weights.IsEmpty ? 1 : double.CreateTruncating(batch.Weights[i / features]);
            double target = double.CreateTruncating(batch.Targets[i]), prediction = double.CreateTruncating(batch.Predictions[i]);
            values[i] = T.CreateTruncating(weight * value(target, prediction));
            if (!gradients.IsEmpty)
                gradients[i] = T.CreateTruncating(weight * slope(target, prediction) / divisor);
        }

        return double.CreateTruncating(Lanes.Sum<T>(values)) / divisor;
    }
}
