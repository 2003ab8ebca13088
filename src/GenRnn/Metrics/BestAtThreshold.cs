using System;
using System.Numerics;

namespace GenRnn;

/// <summary>The best value of one share over all thresholds where another is large enough; 0 where it is so at none.</summary>
internal sealed class BestAtThreshold(string name, int thresholds, double least, Func<Confusion, double> condition, Func<Confusion, double> value) : Metric(name)
{
    public override MetricState<T> CreateState<T>() => new State<T>(Name, new ThresholdCounts(ThresholdCounts.Even(thresholds)), least, condition, value);

    private sealed class State<T>(string name, ThresholdCounts counts, double least, Func<Confusion, double> condition, Func<Confusion, double> value) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override double Result
        {
            get
            {
                double best = 0;
                foreach (Confusion at in counts.All())
                {
                    if (condition(at) >= least)
                        best = Math.Max(best, value(at));
                }

                return best;
            }
        }

        public override void Update(in PredictionBatch<T> batch) => counts.Add(batch, name);

        public override void Reset() => counts.Reset();

        public override void Checkpoint(CheckpointPart part) => counts.Checkpoint(part);
    }
}
