using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>How <see cref="F1Score"/> makes one number of its classes.</summary>
public enum F1Average
{
    /// <summary>Their mean; <see cref="MetricState{T}.Results"/> has each: Keras' <c>average=None</c>.</summary>
    PerClass,

    /// <summary>Counts of all classes together.</summary>
    Micro,

    /// <summary>Their mean.</summary>
    Macro,

    /// <summary>Their mean, each by the number of its targets.</summary>
    Weighted,
}

/// <summary>The harmonic mean of precision and recall: Keras' <c>F1Score</c>. A target of 0 or 1 for each class.</summary>
/// <remarks>2 P R / (P + R + 1e-7) with P = tp / (tp + fp + 1e-7) and R = tp / (tp + fn + 1e-7).</remarks>
/// <param name="average">How the classes are joined.</param>
/// <param name="threshold">Above which prediction a class is predicted; null, the default: the largest of a position's.</param>
/// <param name="name">The name in logs.</param>
public sealed class F1Score(F1Average average = F1Average.PerClass, double? threshold = null, string name = "f1_score") : Metric(name)
{
    /// <inheritdoc/>
    public override MetricState<T> CreateState<T>() => new State<T>(Name, average, threshold);

    private sealed class State<T>(string name, F1Average average, double? threshold) : MetricState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private double[] _hits = [], _falseAlarms = [], _misses = [];

        public override double Result
        {
            get
            {
                if (_hits.Length == 0)
                    return 0;
                if (average == F1Average.Micro)
                    return Score(_hits.Sum(), _falseAlarms.Sum(), _misses.Sum());
                double sum = 0, weights = 0;
                for (int i = 0; i < _hits.Length; i++)
                {
                    double weight = average == F1Average.Weighted ? _hits[i] + _misses[i] : 1;
                    sum += Score(_hits[i], _falseAlarms[i], _misses[i]) * weight;
                    weights += weight;
                }

                return sum / (average == F1Average.Weighted ? weights + Loss.Epsilon : weights);
            }
        }

        public override IReadOnlyList<double> Results =>
            average == F1Average.PerClass ? [.. _hits.Select((hits, i) => Score(hits, _falseAlarms[i], _misses[i]))] : [Result];

        public override void Update(in PredictionBatch<T> batch)
        {
            int classes = batch.Features;
            if (batch.Targets.Length != batch.Predictions.Length)
                throw new ArgumentException($"{name} takes a target for each class: there are {batch.Targets.Length} targets for {batch.Predictions.Length} predictions.", nameof(batch));
            // Once: the number of classes is known from the first batch on.
            if (_hits.Length != classes)
                (_hits, _falseAlarms, _misses) = (new double[classes], new double[classes], new double[classes]);
            for (int position = 0; position < batch.Positions; position++)
            {
                if (batch.Counts(position))
                    Add(batch.Targets.Slice(position * classes, classes), batch.Predictions.Slice(position * classes, classes), batch.Weights.IsEmpty ? 1 : double.CreateTruncating(batch.Weights[position]));
            }
        }

        public override void Reset()
        {
            Array.Clear(_hits);
            Array.Clear(_falseAlarms);
            Array.Clear(_misses);
        }

        public override void Checkpoint(CheckpointPart part)
        {
            ArgumentNullException.ThrowIfNull(part);
            part.Keep("hits", ref _hits!);
            part.Keep("false_alarms", ref _falseAlarms!);
            part.Keep("misses", ref _misses!);
        }

        private static double Score(double hits, double falseAlarms, double misses)
        {
            double precision = hits / (hits + falseAlarms + Loss.Epsilon);
            double recall = hits / (hits + misses + Loss.Epsilon);
            return 2 * precision * recall / (precision + recall + Loss.Epsilon);
        }

        private void Add(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, double weight)
        {
            double largest = double.NegativeInfinity;
            foreach (T prediction in predictions)
                largest = Math.Max(largest, double.CreateTruncating(prediction));
            for (int i = 0; i < targets.Length; i++)
            {
                double prediction = double.CreateTruncating(predictions[i]), target = double.CreateTruncating(targets[i]) * weight;
                bool isPredicted = threshold is { } least ? prediction > least : prediction >= largest && double.Abs(prediction) > 1e-9;
                if (isPredicted)
                    (_hits[i], _falseAlarms[i]) = (_hits[i] + target, _falseAlarms[i] + weight - target);
                else
                    _misses[i] += target;
            }
        }
    }
}
