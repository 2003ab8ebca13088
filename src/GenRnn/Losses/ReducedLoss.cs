using System;

namespace GenRnn;

/// <summary>A loss with another reduction than Keras' default.</summary>
internal sealed class ReducedLoss(Loss loss, Reduction reduction) : Loss(loss.Name)
{
    internal override string Description => $"{loss.Description}, {reduction}";

    public override int TargetLength(TensorInfo output) => loss.TargetLength(output);

    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        double mean = loss.Evaluate(batch, gradients);
        double divisor = Divisor(batch);
        double factor = divisor == 0 ? 0 : loss.Divisor(batch) / divisor;
        T scale = T.CreateTruncating(factor);
        foreach (ref T gradient in gradients)
            gradient *= scale;
        return mean * factor;
    }

    internal override Loss? OnLogits(Activation activation) => loss.OnLogits(activation) is { } onLogits ? new ReducedLoss(onLogits, reduction) : null;

    internal override string? FindWrongTarget<T>(ReadOnlySpan<T> targets, int first, TensorInfo output) => loss.FindWrongTarget(targets, first, output);

    internal override double TotalWeight<T>(in PredictionBatch<T> batch) => loss.TotalWeight(batch);

    internal override double Divisor<T>(in PredictionBatch<T> batch) => reduction switch
    {
        Reduction.Sum => 1,
        Reduction.MeanWithSampleWeight => loss.TotalWeight(batch),
        _ => loss.Divisor(batch),
    };
}
