using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A metric that is the running mean of a loss, or its square root.</summary>
internal sealed class LossMetric(string name, Loss loss, bool takesRoot = false) : Metric(name)
{
    public override MetricState<T> CreateState<T>() => new State<T>(loss, takesRoot);

    private sealed class State<T>(Loss loss, bool takesRoot) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private RunningMean _mean;

        public override double Result => takesRoot ? double.Sqrt(_mean.Result) : _mean.Result;

        public override void Update(in PredictionBatch<T> batch)
        {
            PredictionBatch<T> counted = batch.WithoutWeights();
            _mean.Add(loss.Evaluate(counted, Span<T>.Empty), counted.CountedPositions);
        }

        public override void Reset() => _mean = default;
    }
}
