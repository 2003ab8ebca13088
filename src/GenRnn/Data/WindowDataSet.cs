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
        if (options.Horizon != 1 || options.TargetsAtEachStep || options.TargetColumns is not null)
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
        if (options.Horizon < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.Horizon, "Horizon is at least 0.");
        WindowCut<T> cut = new(series, options, forecastSteps: options.Horizon);
        return cut.Build(options.Horizon == 0 ? null : cut.Following());
    }
}
