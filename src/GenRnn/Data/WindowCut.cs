using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>One cutting of series into windows: where each starts, and what it holds.</summary>
internal sealed class WindowCut<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IReadOnlyList<TimeSeries<T>> _series;
    private readonly WindowOptions _options;
    private readonly int _columns;
    private readonly int[]? _inputColumns;
    private readonly int[]? _targetColumns;
    private readonly int _reach;

    // From a window's start to its first target: its own first step, the one after that, or the one after its last.
    private readonly int _firstTarget;
    private readonly int _targetSteps;

    /// <param name="series">The series.</param>
    /// <param name="options">How to cut.</param>
    /// <param name="forecastSteps">Steps behind a window that must be there.</param>
    public WindowCut(IReadOnlyList<TimeSeries<T>> series, WindowOptions options, int forecastSteps)
    {
        Check(options);
        if (series.Count == 0)
            throw new ArgumentException("Found no series; expected at least one.", nameof(series));
        _series = series;
        _options = options;
        TimeSeries<T> first = series[0];
        for (int i = 0; i < series.Count; i++)
            CheckColumns(series[i], first, i);
        _columns = first.Columns;
        _inputColumns = options.InputColumns is null ? null : first.IndicesOf(options.InputColumns);
        _targetColumns = options.TargetsAreInputs ? _inputColumns : options.TargetColumns is null ? null : first.IndicesOf(options.TargetColumns);
        _reach = checked(options.SequenceLength * options.SamplingRate);
        _targetSteps = options.TargetsAtEachStep || options.TargetsAreInputs ? options.SequenceLength : 1;
        _firstTarget = options.TargetsAreInputs ? 0 : options.TargetsAtEachStep ? options.SamplingRate : _reach;
        Starts = FindStarts(forecastSteps);
        if (options.Shuffle)
            Starts = Shuffled(Starts, options.Seed);
    }

    /// <summary>Lays the windows, one behind the other, on tracks of one length: window i of the new order is on track i modulo their number. What is left over at the end is left out.</summary>
    /// <param name="tracks">Number of tracks.</param>
    public TrackOrder LayOnTracks(int tracks)
    {
        int length = Starts.Length / tracks;
        if (length == 0)
            throw new ArgumentException($"{Starts.Length} windows are too few for {tracks} tracks.", nameof(tracks));
        var starts = new WindowStart[length * tracks];
        var restarts = new bool[starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            int at = i % tracks * length + i / tracks;
            starts[i] = Starts[at];
            restarts[i] = i < tracks || Starts[at - 1] != starts[i] with { Row = starts[i].Row - _reach };
        }

        Starts = starts;
        return new TrackOrder(tracks, restarts);
    }

    /// <summary>Where each window starts.</summary>
    public WindowStart[] Starts { get; private set; }

    /// <summary>The latest start.</summary>
    public int LastStart
    {
        get
        {
            int last = 0;
            foreach (WindowStart start in Starts)
                last = Math.Max(last, start.Row);
            return last;
        }
    }

    /// <summary>Targets in the windows' own series.</summary>
    public WindowRows<T> Targets() =>
        new(Memories(masked: false), _columns, _targetColumns, Starts, _firstTarget, _targetSteps, _options.Horizon, _options.SamplingRate);

    /// <summary>The data set.</summary>
    /// <param name="targets">Targets of the windows; null for none.</param>
    /// <param name="tracks">How windows go on each other; null if they stand alone.</param>
    public WindowDataSet<T> Build(WindowRows<T>? targets, TrackOrder? tracks = null)
    {
        var input = new WindowRows<T>(Memories(masked: true), _columns, _inputColumns, Starts, 0, _options.SequenceLength, 1, _options.SamplingRate);
        // A row's values must have a place in an array, whoever gathers it.
        _ = checked(input.Length + (targets?.Length ?? 0));
        return new WindowDataSet<T>(Starts, input, targets, targets is null ? default : WeightsOfMissing(), _options, tracks) { Scaling = _series[0].Scaling };
    }

    private static void Check(WindowOptions options)
    {
        AtLeast(options.SequenceLength, 1, nameof(options.SequenceLength));
        AtLeast(options.SequenceStride, 1, nameof(options.SequenceStride));
        AtLeast(options.SamplingRate, 1, nameof(options.SamplingRate));
        AtLeast(options.StartIndex, 0, nameof(options.StartIndex));
        if (options.EndIndex is { } end)
            AtLeast(end, options.StartIndex + 1, nameof(options.EndIndex));
    }

    private static void AtLeast(int value, int least, string name)
    {
        if (value < least)
            throw new ArgumentOutOfRangeException("options", value, $"{name} is at least {least}.");
    }

    private static void CheckColumns(TimeSeries<T> series, TimeSeries<T> first, int index)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (!Equals(series.Scaling, first.Scaling))
            throw new ArgumentException($"Series {index} is scaled otherwise than the first one.", nameof(series));
        for (int i = 0; i < Math.Max(series.Columns, first.Columns); i++)
        {
            string? found = i < series.Columns ? series.ColumnNames[i] : null;
            string? expected = i < first.Columns ? first.ColumnNames[i] : null;
            if (found != expected)
                throw new ArgumentException($"Column {i} of series {index} is {(found is null ? "missing" : $"'{found}'")}; that of the first series is {(expected is null ? "not there" : $"'{expected}'")}.", nameof(series));
        }
    }

    private WindowStart[] FindStarts(int forecastSteps)
    {
        var starts = new List<WindowStart>();
        // From a start to the last row that its window, or its target, holds.
        long span = (_options.SequenceLength - 1L + forecastSteps) * _options.SamplingRate;
        for (int i = 0; i < _series.Count; i++)
        {
            int end = _options.EndIndex ?? _series[i].Length;
            if (end > _series[i].Length)
                throw new ArgumentOutOfRangeException("options", end, $"EndIndex lies behind series {i}, which has {_series[i].Length} rows.");
            for (long start = _options.StartIndex; start < end - span; start += _options.SequenceStride)
            {
                if (_series[i].Missing != MissingValues.DropWindow || IsWhole(_series[i], (int)start, forecastSteps))
                    starts.Add(new WindowStart(i, (int)start));
            }
        }

        if (starts.Count == 0)
            throw new ArgumentException($"No window fits in: one takes {span + 1} rows{(_series.Count == 1 ? $", the series has {(_options.EndIndex ?? _series[0].Length) - _options.StartIndex} from StartIndex on" : "")}.", "options");
        return [.. starts];
    }

    private bool IsWhole(TimeSeries<T> series, int start, int forecastSteps)
    {
        for (int step = 0; step < _options.SequenceLength; step++)
        {
            if (!IsFinite(series.Row(start + step * _options.SamplingRate), _inputColumns))
                return false;
        }

        for (int row = start + _firstTarget; row < start + _reach + forecastSteps * _options.SamplingRate; row += _options.SamplingRate)
        {
            if (forecastSteps > 0 && !IsFinite(series.Row(row), _targetColumns))
                return false;
        }

        return true;
    }

    private static bool IsFinite(ReadOnlySpan<T> row, int[]? columns)
    {
        if (columns is null)
            return Finite.All(row);
        foreach (int column in columns)
        {
            if (!T.IsFinite(row[column]))
                return false;
        }

        return true;
    }

    private ReadOnlyMemory<T>[] Memories(bool masked)
    {
        var memories = new ReadOnlyMemory<T>[_series.Count];
        for (int i = 0; i < memories.Length; i++)
            memories[i] = masked && _series[i].Missing == MissingValues.Mask ? Masked(_series[i]) : _series[i].Values;
        return memories;
    }

    // A copy of the series, not of its windows.
    private ReadOnlyMemory<T> Masked(TimeSeries<T> series)
    {
        if (Finite.All(series.Values.Span))
            return series.Values;
        T[] values = series.Values.ToArray();
        for (int row = 0; row < series.Length; row++)
        {
            if (!IsFinite(series.Row(row), _inputColumns))
                values.AsSpan(row * _columns, _columns).Fill(T.CreateTruncating(_options.MaskValue));
        }

        return values;
    }

    // A weight for each target of each window, 0 where it lacks a value; empty if none does.
    private ReadOnlyMemory<T> WeightsOfMissing()
    {
        bool any = false;
        foreach (TimeSeries<T> series in _series)
            any |= series.Missing == MissingValues.Mask && !Finite.All(series.Values.Span);
        if (!any)
            return default;

        int steps = _targetSteps;
        var weights = new T[checked(Starts.Length * steps)];
        Array.Fill(weights, T.One);
        for (int i = 0; i < weights.Length; i++)
        {
            WindowStart start = Starts[i / steps];
            for (int ahead = 0; ahead < _options.Horizon; ahead++)
            {
                if (!IsFinite(_series[start.Series].Row(start.Row + _firstTarget + (i % steps + ahead) * _options.SamplingRate), _targetColumns))
                    weights[i] = T.Zero;
            }
        }

        return weights;
    }

    private static WindowStart[] Shuffled(WindowStart[] starts, int seed)
    {
        var order = new RowOrder(0, starts.Length);
        order.Shuffle(seed, 0);
        var shuffled = new WindowStart[starts.Length];
        for (int i = 0; i < shuffled.Length; i++)
            shuffled[i] = starts[order.Slice(i, 1)[0]];
        return shuffled;
    }
}
