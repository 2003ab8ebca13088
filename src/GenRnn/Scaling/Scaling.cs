using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>Scalers with their numbers, one after the other: fitted on training data, applied to all, taken back on forecasts, kept in weight files.</summary>
public sealed class Scaling : IEquatable<Scaling>
{
    private readonly FittedScaler[] _steps;
    private readonly string _text;

    internal Scaling(IReadOnlyList<string> columnNames, FittedScaler[] steps)
    {
        ColumnNames = columnNames;
        _steps = steps;
        _text = ScalingText.Write(columnNames, steps);
    }

    /// <summary>The columns of the table that it was fitted on, and of every table that it scales.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Rows that a table loses at its start, by differences.</summary>
    public int Lag => _steps.Sum(step => step.Lag);

    /// <summary>Fits scalers, each to what the ones before it make of the data.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="training">The training part alone: what comes after must not be known.</param>
    /// <param name="scalers">The scalers, in the order in which they are applied.</param>
    /// <exception cref="ArgumentException">There is no such column, or the data can't be scaled so: the message names row and column.</exception>
    public static Scaling Fit<T>(TimeSeries<T> training, params IReadOnlyList<Scaler> scalers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(scalers);
        ScaledTable table = ScaledTable.Of(training);
        var steps = new FittedScaler[scalers.Count];
        for (int i = 0; i < steps.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(scalers[i], nameof(scalers));
            int[] columns = scalers[i].Columns.Count == 0 ? [.. Enumerable.Range(0, training.Columns)] : training.IndicesOf(scalers[i].Columns);
            if (columns.Distinct().Count() < columns.Length)
                throw new ArgumentException($"A column comes twice: {string.Join(", ", scalers[i].Columns)}.", nameof(scalers));
            steps[i] = scalers[i].Fit(new ScalerFit(scalers[i].Kind, table, columns));
            steps[i].Apply(table);
        }

        return new Scaling(training.ColumnNames, steps);
    }

    /// <summary>Scales a table. Its rows keep their times; the first <see cref="Lag"/> are lost.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="series">The table: the columns of the training part, in its order.</param>
    /// <exception cref="ArgumentException">Other columns, too few rows, or a value that can't be scaled: the message names row and column.</exception>
    public TimeSeries<T> Transform<T>(TimeSeries<T> series)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(series);
        CheckColumns(series);
        if (series.Length < Lag)
            throw new ArgumentException($"A series of {series.Length} rows loses {Lag} by differences.", nameof(series));
        ScaledTable table = ScaledTable.Of(series);
        foreach (FittedScaler step in _steps)
            step.Apply(table);
        return series.Scaled(table.ToArray<T>(), table.First, this);
    }

    /// <summary>Takes forecasts back to the scale of the data.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="forecasts">Consecutive rows, [step ahead][column].</param>
    /// <param name="history">The data as they were, not scaled, up to the row before the first forecast: the last <see cref="Lag"/> rows are needed; null if that is none.</param>
    /// <param name="columns">Which columns the forecasts are of; null for all.</param>
    /// <returns>The forecasts, [step ahead][column].</returns>
    /// <exception cref="ArgumentException">There is no such column, the forecasts are no whole rows, or the history is too short or has other columns.</exception>
    public T[] Undo<T>(ReadOnlySpan<T> forecasts, TimeSeries<T>? history = null, IReadOnlyList<string>? columns = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        columns ??= ColumnNames;
        if (columns.Count == 0 || forecasts.Length % columns.Count != 0)
            throw new ArgumentException($"{forecasts.Length} values are no whole rows of {columns.Count} columns.", nameof(forecasts));
        if (history is not null)
            CheckColumns(history);
        if ((history?.Length ?? 0) < Lag)
            throw new ArgumentException($"Found {history?.Length ?? 0} rows before the forecast; the differences need {Lag}.", nameof(history));

        ScaledTable[] stages = Stages(history);
        var undone = new T[forecasts.Length];
        var values = new double[forecasts.Length / columns.Count];
        for (int c = 0; c < columns.Count; c++)
        {
            for (int row = 0; row < values.Length; row++)
                values[row] = double.CreateTruncating(forecasts[row * columns.Count + c]);
            UndoColumn(IndexOf(columns[c]), values, stages);
            for (int row = 0; row < values.Length; row++)
                undone[row * columns.Count + c] = T.CreateTruncating(values[row]);
        }

        return undone;
    }

    /// <summary>Takes the forecasts for windows of a scaled series back to the scale of the data.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="forecasts">What a model predicts for the windows: [window][step][step ahead][column], as their targets are.</param>
    /// <param name="windows">Windows of one series that this scaled.</param>
    /// <param name="original">That series as it was.</param>
    /// <exception cref="ArgumentException">Sizes or columns do not fit; or values are differences of rows that the windows leave out.</exception>
    public T[] Undo<T>(ReadOnlySpan<T> forecasts, WindowDataSet<T> windows, TimeSeries<T> original)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(original);
        WindowOptions options = windows.Options;
        IReadOnlyList<string> columns = options.TargetColumns ?? ColumnNames;
        int steps = options.TargetsAtEachStep ? options.SequenceLength : 1;
        int length = options.Horizon * columns.Count;
        if (forecasts.Length != (long)windows.Count * steps * length || forecasts.IsEmpty)
            throw new ArgumentException($"Found {forecasts.Length} values; expected {(long)windows.Count * steps * length}, {steps * length} for each of {windows.Count} windows.", nameof(forecasts));
        if (options.TargetsAreInputs)
            throw new ArgumentException("The windows are their own targets, not forecasts.", nameof(windows));
        if (Lag > 0 && options.SamplingRate != 1)
            throw new ArgumentException("Differences of consecutive rows can't be taken back where SamplingRate leaves rows out.", nameof(windows));

        var undone = new T[forecasts.Length];
        for (int i = 0; i < windows.Count * steps; i++)
        {
            int first = windows.ForecastRow(i / steps) - (steps - 1 - i % steps) * options.SamplingRate + Lag;
            TimeSeries<T> history = original.Slice(first - Lag, Lag);
            Undo(forecasts.Slice(i * length, length), history, columns).CopyTo(undone, i * length);
        }

        return undone;
    }

    /// <inheritdoc/>
    public bool Equals(Scaling? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Scaling);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The scaling as it stands in weight files: JSON.</summary>
    public override string ToString() => _text;

    /// <summary>Reads the form of <see cref="ToString"/>.</summary>
    /// <param name="text">JSON.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static Scaling Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ScalingText.Read(text);
    }

    /// <summary>Refuses data that are scaled otherwise than a model's.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="expected">The model's scaling; null if it has none.</param>
    /// <param name="found">The data's; null if nobody knows.</param>
    /// <param name="parameter">The data.</param>
    internal static void CheckSame(string model, Scaling? expected, Scaling? found, string parameter)
    {
        if (expected is null || found is null || expected.Equals(found))
            return;
        string difference = expected.ColumnNames.SequenceEqual(found.ColumnNames)
            ? $"the data are scaled by {found}; {model} was trained on data scaled by {expected}"
            : $"the data have the columns {string.Join(", ", found.ColumnNames)}; {model} was trained on {string.Join(", ", expected.ColumnNames)}";
        throw new ArgumentException($"Another scaling: {difference}. SetScaling(null) makes the model forget it.", parameter);
    }

    private void CheckColumns<T>(TimeSeries<T> series)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!series.ColumnNames.SequenceEqual(ColumnNames))
            throw new ArgumentException($"Found the columns {string.Join(", ", series.ColumnNames)}; the scaling is of {string.Join(", ", ColumnNames)}.", nameof(series));
    }

    private int IndexOf(string column)
    {
        for (int i = 0; i < ColumnNames.Count; i++)
        {
            if (ColumnNames[i] == column)
                return i;
        }

        throw new ArgumentException($"There is no column '{column}'; the scaling is of {string.Join(", ", ColumnNames)}.", nameof(column));
    }

    // What each step was given of the last rows of the history.
    private ScaledTable[] Stages<T>(TimeSeries<T>? history)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var stages = new ScaledTable[_steps.Length];
        TimeSeries<T>? tail = history?.Slice(history.Length - Lag, Lag);
        for (int i = 0; i < stages.Length; i++)
        {
            stages[i] = tail is null ? new ScaledTable([], ColumnNames) : ScaledTable.Of(tail);
            for (int before = 0; before < i; before++)
                _steps[before].Apply(stages[i]);
        }

        return stages;
    }

    private void UndoColumn(int column, double[] values, ScaledTable[] stages)
    {
        for (int i = _steps.Length - 1; i >= 0; i--)
        {
            int place = Array.IndexOf(_steps[i].Columns, column);
            if (place < 0)
                continue;
            ScaledTable stage = stages[i];
            var before = new double[stage.Rows - stage.First];
            for (int row = 0; row < before.Length; row++)
                before[row] = stage[stage.First + row, column];
            _steps[i].Undo(place, values, before);
        }
    }
}
