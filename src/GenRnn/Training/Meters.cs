using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>The running results of an epoch: the loss, and each metric of each output that has a target.</summary>
internal sealed class Meters<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly (int Output, bool IsWeighted, bool TakesLogits, MetricState<T> State)[] _metrics;
    private readonly int[] _places;
    private readonly int _placeOfLoss;
    private readonly int[] _placesOfLosses;
    private readonly RunningMean[] _losses;
    private readonly string[] _names;
    private readonly double[] _values;
    private RunningMean _loss;

    /// <param name="info">The model.</param>
    /// <param name="loss">The loss, or one for each output: with several of them each is reported by itself, as the plain mean over batches, without its weight.</param>
    /// <param name="metrics">Metrics that count each row the same.</param>
    /// <param name="weightedMetrics">Metrics that count rows by their weights.</param>
    /// <param name="data">What is measured on.</param>
    public Meters(ModelInfo info, Loss loss, IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weightedMetrics, BoundDataSet<T> data)
    {
        var outputs = new List<int>();
        for (int i = 0; i < info.Outputs.Count; i++)
        {
            if (data.HasTarget(i))
                outputs.Add(i);
        }

        var names = new List<string> { "loss" };
        int[] withLoss = [.. outputs.Where(output => loss.Of(info.Outputs[output]) is not null)];
        string[] lossNames = withLoss.Length > 1 ? [.. withLoss.Select(output => info.Outputs[output].Name + "_loss")] : [];
        names.AddRange(lossNames);
        var states = new List<(int, bool, bool, MetricState<T>)>();
        foreach (int output in outputs)
        {
            for (int i = 0; i < metrics.Count + weightedMetrics.Count; i++)
            {
                bool isWeighted = i >= metrics.Count;
                Metric metric = isWeighted ? weightedMetrics[i - metrics.Count] : metrics[i];
                if (!metric.IsOf(info.Outputs[output]))
                    continue;
                string name = outputs.Count > 1 ? info.Outputs[output].Name + "_" + metric.Name : metric.Name;
                if (names.Contains(name))
                    throw new ArgumentException($"Two results would be called '{name}'.", nameof(metrics));
                names.Add(name);
                Metric? onLogits = metric.OnLogits(info.Outputs[output].Activation);
                states.Add((output, isWeighted, onLogits is not null, (onLogits ?? metric).CreateState<T>()));
            }
        }

        _metrics = [.. states];
        _names = [.. names];
        Array.Sort(_names, string.CompareOrdinal);
        _values = new double[_names.Length];
        _placeOfLoss = Array.IndexOf(_names, names[0]);
        _places = new int[_metrics.Length];
        for (int i = 0; i < _places.Length; i++)
            _places[i] = Array.IndexOf(_names, names[1 + lossNames.Length + i]);
        _losses = new RunningMean[info.Outputs.Count];
        _placesOfLosses = new int[info.Outputs.Count];
        Array.Fill(_placesOfLosses, -1);
        for (int i = 0; i < lossNames.Length; i++)
            _placesOfLosses[withLoss[i]] = Array.IndexOf(_names, lossNames[i]);
    }

    /// <summary>The loss so far.</summary>
    public double Loss => _loss.Result;

    /// <summary>Names of the results, sorted.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <summary>The results so far, in the order of <see cref="Names"/>.</summary>
    public ReadOnlySpan<double> Values
    {
        get
        {
            _values[_placeOfLoss] = _loss.Result;
            for (int i = 0; i < _losses.Length; i++)
            {
                if (_placesOfLosses[i] >= 0)
                    _values[_placesOfLosses[i]] = _losses[i].Result;
            }

            for (int i = 0; i < _metrics.Length; i++)
                _values[_places[i]] = _metrics[i].State.Result;
            return _values;
        }
    }

    public void Reset()
    {
        _loss = default;
        Array.Clear(_losses);
        foreach ((_, _, _, MetricState<T> state) in _metrics)
            state.Reset();
    }

    public void Checkpoint(CheckpointPart part)
    {
        _loss.Checkpoint(part.Part("loss"));
        for (int i = 0; i < _losses.Length; i++)
        {
            if (_placesOfLosses[i] >= 0)
                _losses[i].Checkpoint(part.Part(_names[_placesOfLosses[i]]));
        }

        for (int i = 0; i < _metrics.Length; i++)
            _metrics[i].State.Checkpoint(part.Part(_names[_places[i]] + " (metric)"));
    }

    public void AddLoss(double loss, int rows) => _loss.Add(loss, rows);

    /// <summary>Adds a batch's loss of one output.</summary>
    public void AddLossOf(int output, double loss) => _losses[output].Add(loss, 1);

    /// <param name="output">Which output.</param>
    /// <param name="batch">Its targets and predictions.</param>
    /// <param name="logits">What is behind the predictions; empty if that is not known.</param>
    public void AddPredictions(int output, in PredictionBatch<T> batch, ReadOnlySpan<T> logits)
    {
        foreach ((int ofOutput, bool isWeighted, bool takesLogits, MetricState<T> state) in _metrics)
        {
            if (ofOutput != output)
                continue;
            PredictionBatch<T> seen = takesLogits ? batch.Of(logits) : batch;
            state.Update(isWeighted ? seen : seen.WithoutWeights());
        }
    }

    /// <summary>The results so far under their names with a prefix.</summary>
    public IEnumerable<KeyValuePair<string, double>> Results(string prefix = "")
    {
        double[] values = Values.ToArray();
        for (int i = 0; i < values.Length; i++)
            yield return new(prefix + _names[i], values[i]);
    }
}
