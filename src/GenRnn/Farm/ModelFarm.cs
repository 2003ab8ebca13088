using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Threading;

namespace GenRnn;

/// <summary>Trains one declaration for each of many series: a model for each store, each sensor.</summary>
/// <remarks>
/// Each thread has one model and trains one series at a time from its first epoch to its last; a thread that is done takes the next series. A series' model has the bits that <c>Fit</c> would give it alone, whatever the
/// number of threads. Once a thread has trained its first series it allocates nothing.
/// </remarks>
public static class ModelFarm
{
    /// <summary>Trains a model for each series of a set of windows.</summary>
    /// <typeparam name="T">The element type of the models.</typeparam>
    /// <param name="create">Makes a model; called once a thread. All have the same weights, from which every series starts: <c>() => new Forecaster(seed: 1)</c>.</param>
    /// <param name="windows">Windows of several series, series after series, as <see cref="WindowDataSet.Of"/> gives them. A series without any is an error.</param>
    /// <param name="options">How to train each; see <see cref="Fit{T}(Func{IModel{T}}, IReadOnlyList{DataSet{T}}, FitOptions, IReadOnlyList{string}?, int?, IProgress{FarmProgress}?, CancellationToken)"/>.</param>
    /// <param name="names">Names of the series, for reports; null calls them by number, from 0.</param>
    /// <param name="threads">Number of threads; null, the default, for all cores.</param>
    /// <param name="progress">Told after each series, by the thread that trained it, one at a time.</param>
    /// <param name="cancellationToken">Checked before each batch of each series.</param>
    /// <returns>The weights and results of all series.</returns>
    /// <exception cref="ArgumentException">Options or data do not fit the model; nothing was trained.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static Farm<T> Fit<T>(
        Func<IModel<T>> create, WindowDataSet<T> windows, FitOptions options, IReadOnlyList<string>? names = null, int? threads = null,
        IProgress<FarmProgress>? progress = null, CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Options.Shuffle || windows.Tracks > 0)
            throw new ArgumentException("The windows of a series do not stand side by side: cut them without Shuffle, and not into tracks.", nameof(windows));
        var series = new List<DataSet<T>>();
        int first = 0;
        for (int i = 0; i < windows.Count; i++)
        {
            if (windows.StartOf(i).Series > series.Count + (i == first ? 0 : 1))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Series {series.Count + (i == first ? 0 : 1)} has no window."), nameof(windows));
            if (i + 1 < windows.Count && windows.StartOf(i + 1).Series == windows.StartOf(i).Series)
                continue;
            series.Add(windows.Slice(first, i + 1 - first));
            first = i + 1;
        }

        return Fit(create, series, options, names, threads, progress, cancellationToken);
    }

    /// <summary>Trains a model for each of several data sets.</summary>
    /// <typeparam name="T">The element type of the models.</typeparam>
    /// <param name="create">Makes a model; called once a thread. All have the same weights, from which every series starts.</param>
    /// <param name="series">A data set for each series.</param>
    /// <param name="options">How to train each: optimiser, loss, epochs, batch size, validation split, shuffle, seed, and what happens to numbers that are not finite. With
    /// <see cref="NonFinite.Stop"/> a series whose loss or weights are no numbers keeps the weights that it started from, and is reported first. What else <c>Fit</c> knows (callbacks, metrics, class weights,
    /// a validation set) is refused.</param>
    /// <param name="names">Names of the series, for reports; null calls them by number, from 0.</param>
    /// <param name="threads">Number of threads; null, the default, for all cores.</param>
    /// <param name="progress">Told after each series, by the thread that trained it, one at a time.</param>
    /// <param name="cancellationToken">Checked before each batch of each series.</param>
    /// <returns>The weights and results of all series.</returns>
    /// <exception cref="ArgumentException">Options or data do not fit the model; nothing was trained.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static Farm<T> Fit<T>(
        Func<IModel<T>> create, IReadOnlyList<DataSet<T>> series, FitOptions options, IReadOnlyList<string>? names = null, int? threads = null,
        IProgress<FarmProgress>? progress = null, CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        if (series.Count == 0)
            throw new ArgumentException("Found no series; expected at least one.", nameof(series));
        if (names is not null && names.Count != series.Count)
            throw new ArgumentException($"Found {names.Count} names for {series.Count} series.", nameof(names));
        int members = Math.Min(series.Count, threads ?? (ThreadChoice.HasThreads ? Environment.ProcessorCount : 1));
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1, nameof(threads));
        if (members > 1 && !ThreadChoice.HasThreads)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "Threads is 1 on WebAssembly, which has no others.");

        IModel<T> first = create();
        ModelInfo info = first.Info;
        CheckOptions(info, options);
        BoundDataSet<T>[] data = [.. series.Select((set, i) => Bind(info, options, set, i))];
        var workers = new FarmWorker<T>[members];
        try
        {
            for (int i = 0; i < members; i++)
                workers[i] = new FarmWorker<T>(i == 0 ? first : Same(create(), first), options, data.Max(d => d.Rows));
            var farm = new Farm<T>(info, first.Parameters, [.. Enumerable.Range(0, series.Count).Select(i => names?[i] ?? i.ToString(CultureInfo.InvariantCulture))], [.. series.Select(s => s.Scaling)]);
            new FarmRun<T>(workers, data, farm, options, progress, cancellationToken).Run();
            return farm;
        }
        finally
        {
            foreach (FarmWorker<T>? worker in workers)
                worker?.Dispose();
        }
    }

    private static void CheckOptions(ModelInfo info, FitOptions options)
    {
        TrainingChecks.Options(info, options);
        if (info.IsStateful)
            throw new ArgumentException($"{info.Name} is stateful; a farm trains on rows that do not continue each other.", nameof(options));
        (string Name, bool IsSet)[] refused =
        [
            (nameof(options.Callbacks), options.Callbacks.Count > 0), (nameof(options.Metrics), options.Metrics.Count > 0), (nameof(options.WeightedMetrics), options.WeightedMetrics.Count > 0),
            (nameof(options.ClassWeights), options.ClassWeights is not null), (nameof(options.Validation), options.Validation is not null), (nameof(options.InitialEpoch), options.InitialEpoch != 0),
            (nameof(options.StepsPerEpoch), options.StepsPerEpoch is not null), (nameof(options.OnEpochEnd), options.OnEpochEnd is not null),
        ];
        foreach ((string name, bool isSet) in refused)
        {
            if (isSet)
                throw new ArgumentException($"{name} is set; a farm does without.", nameof(options));
        }
    }

    private static BoundDataSet<T> Bind<T>(ModelInfo info, FitOptions options, DataSet<T> series, int index)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            ArgumentNullException.ThrowIfNull(series);
            BoundDataSet<T> rows = series.Bind(info, options.Loss, "series");
            if (options.ValidationSplit > 0)
                TrainingChecks.RowsBeforeSplit(options.ValidationSplit, rows.Rows, "series");
            return rows;
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"Series {index}: {exception.Message}", exception);
        }
    }

    private static IModel<T> Same<T>(IModel<T> model, IModel<T> first)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (model.Info.ArchitectureHash != first.Info.ArchitectureHash || !model.Parameters.SequenceEqual(first.Parameters))
            throw new ArgumentException("Two models that it made differ: then a series' result would depend on its thread. Give all the same seed.", nameof(model));
        return ReferenceEquals(model, first) ? throw new ArgumentException("It gave one model twice; each thread needs its own.", nameof(model)) : model;
    }
}
