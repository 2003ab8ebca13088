using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>Cuts windows out of series.</summary>
public static class WindowDataSet
{
    /// <summary>Keras' <c>timeseries_dataset_from_array</c>: target i belongs to the window that starts at row i.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="data">[row][column].</param>
    /// <param name="columns">Columns of the data.</param>
    /// <param name="options">How to cut; nothing of it that is about targets.</param>
    /// <param name="targets">[row][column], a row for each window that may be cut; empty for windows that are only predicted from.</param>
    /// <param name="targetColumns">Columns of the targets.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, a value is not finite, or no window fits in.</exception>
    public static WindowDataSet<T> FromArray<T>(ReadOnlyMemory<T> data, int columns, WindowOptions options, ReadOnlyMemory<T> targets = default, int targetColumns = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Horizon != 1 || options.TargetsAtEachStep || options.TargetsAreInputs || options.TargetColumns is not null)
            throw new ArgumentException("Targets stand in an array of their own: Horizon, TargetsAtEachStep and TargetColumns say nothing about them.", nameof(options));
        var series = new TimeSeries<T>(data, columns);
        var answers = new TimeSeries<T>(targets, targetColumns);
        WindowCut<T> cut = new([series], options, forecastSteps: 0);
        if (!targets.IsEmpty && cut.LastStart >= answers.Length)
            throw new ArgumentException($"The last window starts at row {cut.LastStart}; there are {answers.Length} targets.", nameof(targets));
        return cut.Build(targets.IsEmpty ? null : new WindowRows<T>([targets], targetColumns, null, cut.Starts, 0, 1, 1, 1));
    }

    /// <summary>Windows of one series, each with what follows it as its target.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="series">The series.</param>
    /// <param name="options">How to cut.</param>
    /// <exception cref="ArgumentException">An option does not fit the series, or no window fits in.</exception>
    public static WindowDataSet<T> Windows<T>(this TimeSeries<T> series, WindowOptions options)
        where T : unmanaged, IFloatingPointIeee754<T> => Of([series], options);

    /// <summary>Windows of several series, one series after the other; none reaches over an end.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="series">The series: the same columns.</param>
    /// <param name="options">How to cut each.</param>
    /// <exception cref="ArgumentException">An option does not fit the series, their columns differ, or no window fits in.</exception>
    public static WindowDataSet<T> Of<T>(IReadOnlyList<TimeSeries<T>> series, WindowOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        CheckTargets(options);
        WindowCut<T> cut = new(series, options, forecastSteps: options.TargetsAreInputs ? 0 : options.Horizon);
        return cut.Build(options.Horizon == 0 ? null : cut.Targets());
    }

    /// <summary>As <see cref="Tracks{T}(IReadOnlyList{TimeSeries{T}}, WindowOptions, int)"/>, of one series.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="series">The series.</param>
    /// <param name="options">The length of a window, and what it is to forecast.</param>
    /// <param name="tracks">Number of tracks: the model's <c>Batch</c>.</param>
    /// <exception cref="ArgumentException">An option does not fit the series, or there are too few windows.</exception>
    public static WindowDataSet<T> Tracks<T>(this TimeSeries<T> series, WindowOptions options, int tracks)
        where T : unmanaged, IFloatingPointIeee754<T> => Tracks([series], options, tracks);

    /// <summary>
    /// Windows for truncated back-propagation through time: laid end to end, cut into as many tracks as a batch has rows, so that row i of a batch goes on where row i of the batch before has ended.
    /// </summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="series">The series: the same columns. A track runs from one to the next.</param>
    /// <param name="options">The length of a window, and what it is to forecast. Windows follow each other without a gap, so <see cref="WindowOptions.SequenceStride"/> stays unset.</param>
    /// <param name="tracks">Number of tracks: the model's <c>Batch</c>.</param>
    /// <returns>Windows for a stateful model. Its state crosses from window to window and gradients don't; a row of it is reset where its track begins, in each epoch and validation, and where a series
    /// ends. Windows that are left over when all tracks are equally long are left out.</returns>
    /// <exception cref="ArgumentException">An option does not fit the series, or there are too few windows.</exception>
    public static WindowDataSet<T> Tracks<T>(IReadOnlyList<TimeSeries<T>> series, WindowOptions options, int tracks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tracks);
        int stride = checked(options.SequenceLength * options.SamplingRate);
        if (options.SequenceStride != 1 && options.SequenceStride != stride)
            throw new ArgumentException($"SequenceStride = {options.SequenceStride}, but on a track the next window begins {stride} rows later, where one ends. Leave it unset.", nameof(options));
        if (options.Shuffle)
            throw new ArgumentException("Shuffle would break the order of the windows on a track. Leave it unset.", nameof(options));
        CheckTargets(options);
        WindowCut<T> cut = new(series, options with { SequenceStride = Math.Max(1, stride) }, forecastSteps: options.TargetsAreInputs ? 0 : options.Horizon);
        TrackOrder order = cut.LayOnTracks(tracks);
        return cut.Build(options.Horizon == 0 ? null : cut.Targets(), order);
    }

    private static void CheckTargets(WindowOptions options)
    {
        if (options.Horizon < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.Horizon, "Horizon is at least 0.");
        if (options.TargetsAreInputs && (options.Horizon != 1 || options.TargetsAtEachStep || options.TargetColumns is not null))
            throw new ArgumentException("With TargetsAreInputs, Horizon, TargetsAtEachStep and TargetColumns stay unset: each step is its own target.", nameof(options));
    }
}
