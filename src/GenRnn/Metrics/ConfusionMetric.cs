using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A metric that is a function of the four counts at one threshold.</summary>
internal sealed class ConfusionMetric(string name, double threshold, Func<Confusion, double> formula) : Metric(name)
{
    public override MetricState<T> CreateState<T>() => new State<T>(Name, threshold, formula);

    private sealed class State<T>(string name, double threshold, Func<Confusion, double> formula) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ThresholdCounts _counts = new([threshold]);

        public override double Result => formula(_counts.All()[0]);

        public override void Update(in PredictionBatch<T> batch) => _counts.Add(batch, name);

        public override void Reset() => _counts.Reset();

        public override void Checkpoint(CheckpointPart part) => _counts.Checkpoint(part);
    }
}
