using System;
using System.Numerics;

namespace GenRnn;

/// <summary>How much of the targets' variance is explained: 1 - sum w (y - p)^2 / (sum w y^2 - (sum w y)^2 / sum w) for each value of a position, and their mean. Keras' <c>R2Score</c>.</summary>
internal sealed class R2Score() : Metric("r2_score")
{
    public override MetricState<T> CreateState<T>() => new State<T>(Name);

    private sealed class State<T>(string name) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private double[] _sums = [], _squares = [], _residuals = [];
        private double _weight;

        public override double Result
        {
            get
            {
                double total = 0;
                for (int i = 0; i < _sums.Length; i++)
                    total += Score(i);
                return _sums.Length == 0 || _weight == 0 ? 0 : total / _sums.Length;
            }
        }

        public override void Update(in PredictionBatch<T> batch)
        {
            int columns = batch.Features;
            if (batch.Targets.Length != batch.Predictions.Length)
                throw new ArgumentException($"{name} takes a target for each value: there are {batch.Targets.Length} targets for {batch.Predictions.Length} predictions.", nameof(batch));
            // Once: the number of values is known from the first batch on.
            if (_sums.Length != columns)
                (_sums, _squares, _residuals) = (new double[columns], new double[columns], new double[columns]);
            for (int position = 0; position < batch.Positions; position++)
            {
                if (!batch.Counts(position))
                    continue;
                double weight = batch.Weights.IsEmpty ? 1 : double.CreateTruncating(batch.Weights[position]);
                _weight += weight;
                for (int i = 0; i < columns; i++)
                {
                    double target = double.CreateTruncating(batch.Targets[position * columns + i]);
                    double error = target - double.CreateTruncating(batch.Predictions[position * columns + i]);
                    _sums[i] += weight * target;
                    _squares[i] += weight * target * target;
                    _residuals[i] += weight * error * error;
                }
            }
        }

        public override void Reset()
        {
            Array.Clear(_sums);
            Array.Clear(_squares);
            Array.Clear(_residuals);
            _weight = 0;
        }

        public override void Checkpoint(CheckpointPart part)
        {
            ArgumentNullException.ThrowIfNull(part);
            part.Keep("sums", ref _sums!);
            part.Keep("squares", ref _squares!);
            part.Keep("residuals", ref _residuals!);
            part.Keep("weight", ref _weight);
        }

        // Where targets do not vary there is nothing to explain: 0, as in Keras.
        private double Score(int column)
        {
            double score = 1 - _residuals[column] / (_squares[column] - _sums[column] * (_sums[column] / _weight));
            return double.IsInfinity(score) ? 0 : score;
        }
    }
}
