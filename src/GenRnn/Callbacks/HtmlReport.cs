using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace GenRnn;

/// <summary>Writes a page about the training after each epoch: one HTML file that needs nothing else, asks the network for nothing and runs no script.</summary>
/// <remarks>
/// Curves of loss and metrics, in training and validation, on linear or logarithmic axes; the learning rate; the norm of each layer's gradients; histograms of the weights; the layers; settings, seed and
/// machine. Light or dark as the reader's system is. Norms are taken of each batch's gradients before clipping, and averaged over an epoch.
/// </remarks>
/// <param name="path">The file. It is written beside its place and then renamed.</param>
/// <exception cref="ArgumentException">There is no path.</exception>
public sealed class HtmlReport(string path) : Callback
{
    private const int Buckets = 24;

    private readonly string _path = string.IsNullOrEmpty(path) ? throw new ArgumentException("Found no path.", nameof(path)) : path;
    private string[] _layers = [];
    private int[] _layerOf = [];
    private double[]? _squares;
    private double[]? _sums;
    private double[]? _rates;
    private double[]? _norms;
    private double[]? _start;
    private int _batches;
    private DateTimeOffset _began;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun training)
    {
        ArgumentNullException.ThrowIfNull(training);
        IReadOnlyList<VariableInfo> variables = training.Model.Variables;
        // A variable's path begins with its layer.
        string[] names = [.. variables.Select(variable => variable.Path.Split('/')[0])];
        _layers = [.. names.Where((_, i) => variables[i].IsTrainable).Distinct()];
        _layerOf = [.. names.Select((name, i) => variables[i].IsTrainable ? Array.IndexOf(_layers, name) : -1)];
        (_squares, _sums, _rates, _norms, _batches) = (new double[_layers.Length], new double[_layers.Length], [], [], 0);
        _start = [.. variables.SelectMany(variable => ToNumbers(HistogramOf(training, variable)))];
        _began = training.Now;
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingRun training, int batch, double loss)
    {
        ArgumentNullException.ThrowIfNull(training);
        Array.Clear(_squares!);
        IReadOnlyList<VariableInfo> variables = training.Model.Variables;
        for (int i = 0; i < _layerOf.Length; i++)
        {
            if (_layerOf[i] >= 0 && training.GradientNorm(variables[i]) is var norm)
                _squares![_layerOf[i]] += norm * norm;
        }

        for (int i = 0; i < _layers.Length; i++)
            _sums![i] += double.Sqrt(_squares![i]);
        _batches++;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(result);
        _rates = [.. _rates!, training.LearningRate];
        _norms = [.. _norms!, .. _sums!.Select(sum => sum / Math.Max(1, _batches))];
        Array.Clear(_sums!);
        _batches = 0;
        Write(training, [.. training.History, result]);
    }

    /// <summary>Once more: the weights may be others now, of the best epoch or of an average.</summary>
    /// <param name="training">The training.</param>
    public override void OnTrainEnd(TrainingRun training)
    {
        ArgumentNullException.ThrowIfNull(training);
        Write(training, training.History);
    }

    /// <inheritdoc/>
    public override void OnCheckpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.Keep("sums", ref _sums);
        part.Keep("rates", ref _rates);
        part.Keep("norms", ref _norms);
        part.Keep("start", ref _start);
        part.Keep("batches", ref _batches);
    }

    private void Write(TrainingRun training, IReadOnlyList<EpochResult> epochs)
    {
        IReadOnlyList<VariableInfo> variables = training.Model.Variables;
        var weights = variables.Select((variable, i) => (variable, FromNumbers(_start.AsSpan(i * (Buckets + 2), Buckets + 2)), HistogramOf(training, variable))).ToList();
        string page = ReportPage.Of(new ReportData(training, epochs, _rates!, _layers, _norms!, weights, _began));
        WeightFile.Write(_path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
    }

    private static Histogram HistogramOf(TrainingRun training, VariableInfo variable)
    {
        var weights = new double[variable.Length];
        training.CopyWeights(variable, weights);
        return Histogram.Of(weights, Buckets);
    }

    private static double[] ToNumbers(Histogram histogram) => [histogram.Minimum, histogram.Maximum, .. histogram.Counts.Select(count => (double)count)];

    private static Histogram FromNumbers(ReadOnlySpan<double> numbers) => new(numbers[0], numbers[1], Array.ConvertAll(numbers[2..].ToArray(), count => (long)count));
}
