using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A metric that is the running mean of a loss, what becomes of it (its root, or a multiple) at the end.</summary>
internal sealed class LossMetric(string name, Loss loss, bool takesRoot = false, double factor = 1) : Metric(name)
{
    public override MetricState<T> CreateState<T>() => new State<T>(loss, takesRoot, factor);

    internal override Metric? OnLogits(Activation activation) => loss.OnLogits(activation) is { } onLogits ? new LossMetric(Name, onLogits, takesRoot, factor) : null;

    private sealed class State<T>(Loss loss, bool takesRoot, double factor) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private RunningMean _mean;

        public override double Result => takesRoot ? double.Sqrt(_mean.Result) : factor * _mean.Result;

        public override void Update(in PredictionBatch<T> batch) =>
            _mean.AddTotal(loss.Evaluate(batch, Span<T>.Empty) * loss.Divisor(batch), loss.TotalWeight(batch));

        public override void Reset() => _mean = default;

        public override void Checkpoint(CheckpointPart part) => _mean.Checkpoint(part);
    }
}
