using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Rows to train on or to validate with, of whatever element type: see <see cref="DataSet{T}"/>.</summary>
public abstract class DataSet
{
    private protected DataSet()
    {
    }

    /// <summary>The element type.</summary>
    public abstract Type ElementType { get; }
}

/// <summary>An immutable view of rows to train on or to validate with: an array per input, one per target, and perhaps sample weights, one a row or one for each time step of each row.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <remarks>
/// Arrays are row-first whatever the model's layout: [row][time][feature], or [row][feature]. The number of rows follows
/// from the model's lengths per row and is checked when model and data meet. Nothing is copied; the arrays must not change
/// while they are in use. A model whose rows have lengths gets them by <see cref="WithLengths"/>.
/// </remarks>
public class DataSet<T> : DataSet
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RowSource<T>[] _inputs;
    private readonly ReadOnlyMemory<int>[] _lengths;
    private readonly RowSource<T>[] _targets;
    private readonly ReadOnlyMemory<T> _sampleWeights;
    private readonly int _first;
    private readonly int? _count;
    private readonly TrackOrder? _tracks;

    /// <summary>Data for a model with one input and one output.</summary>
    /// <param name="inputs">Inputs: [row][time][feature], or [row][feature].</param>
    /// <param name="targets">Targets: as many values a row as the loss wants.</param>
    /// <param name="sampleWeights">A weight for each row, or for each time step of each row where the target is a sequence; empty if all weigh 1. A weight of 0 leaves out.</param>
    public DataSet(ReadOnlyMemory<T> inputs, ReadOnlyMemory<T> targets, ReadOnlyMemory<T> sampleWeights = default)
        : this([new ArrayRows<T>(inputs)], null, [new ArrayRows<T>(targets)], sampleWeights, 0, null)
    {
    }

    /// <summary>Data for a model with one input and one output, in arrays: <c>new DataSet&lt;float&gt;(x, [0, 1])</c>.</summary>
    /// <param name="inputs">Inputs: [row][time][feature], or [row][feature].</param>
    /// <param name="targets">Targets: as many values a row as the loss wants.</param>
    /// <param name="sampleWeights">A weight for each row, or for each time step of each row where the target is a sequence; null or empty if all weigh 1. A weight of 0 leaves out.</param>
    /// <exception cref="ArgumentNullException">There are no inputs or targets.</exception>
    [OverloadResolutionPriority(1)] // [] is an empty array of values and one of arrays; either way there are no rows.
    public DataSet(T[] inputs, T[] targets, T[]? sampleWeights = null)
        : this(OfArray(inputs, nameof(inputs)), OfArray(targets, nameof(targets)), sampleWeights.AsMemory())
    {
    }

    /// <summary>Data for a model with several inputs or outputs.</summary>
    /// <param name="inputs">One array per input, in order of declaration.</param>
    /// <param name="targets">One array per output, in order. An empty one means that the output has no target and weighs nothing in the loss.</param>
    /// <param name="sampleWeights">A weight for each row, or for each time step of each row where the target is a sequence; empty if all weigh 1. A weight of 0 leaves out.</param>
    public DataSet(IEnumerable<ReadOnlyMemory<T>> inputs, IEnumerable<ReadOnlyMemory<T>> targets, ReadOnlyMemory<T> sampleWeights = default)
        : this(Array.ConvertAll([.. inputs], OfMemory), null, Array.ConvertAll([.. targets], OfMemory), sampleWeights, 0, null)
    {
    }

    private protected DataSet(RowSource<T> input, RowSource<T>[] targets, ReadOnlyMemory<T> sampleWeights, int count, TrackOrder? tracks)
        : this([input], null, targets, sampleWeights, 0, count, tracks)
    {
    }

    private DataSet(RowSource<T>[] inputs, ReadOnlyMemory<int>[]? lengths, RowSource<T>[] targets, ReadOnlyMemory<T> sampleWeights, int first, int? count, TrackOrder? tracks = null)
    {
        _inputs = inputs;
        _lengths = lengths ?? new ReadOnlyMemory<int>[inputs.Length];
        _targets = targets;
        _sampleWeights = sampleWeights;
        _first = first;
        _count = count;
        _tracks = tracks;
    }

    /// <inheritdoc/>
    public override Type ElementType => typeof(T);

    /// <summary>What scaled the values; null if nothing did, or nobody knows. A model that is trained on them keeps it: see <see cref="ModelScaling"/>.</summary>
    public Scaling? Scaling { get; init; }

    /// <summary>A view of some of the rows.</summary>
    /// <param name="first">The first row, from 0.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows are negative or outside this view, as far as that is known;
    /// the arrays themselves are checked when the view meets a model.</exception>
    public DataSet<T> Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (_count is int rows && count > rows - first)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Rows {first} to {(long)first + count - 1} are outside a view of {rows} rows.");
        return new DataSet<T>(_inputs, _lengths, _targets, _sampleWeights, checked(_first + first), count, _tracks) { Scaling = Scaling };
    }

    /// <summary>The same rows with the number of time steps that each has: for an input that is declared with <c>Lengths = true</c>.</summary>
    /// <param name="lengths">A length for each row of the arrays, from 1; what stands behind it in the input is padding.</param>
    /// <param name="input">Which input, from 0.</param>
    /// <exception cref="ArgumentException">There are no lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public DataSet<T> WithLengths(ReadOnlyMemory<int> lengths, int input = 0)
    {
        if (lengths.IsEmpty)
            throw new ArgumentException("Found no lengths; expected one for each row.", nameof(lengths));
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(input, _inputs.Length);
        ReadOnlyMemory<int>[] all = [.. _lengths];
        all[input] = lengths;
        return new DataSet<T>(_inputs, all, _targets, _sampleWeights, _first, _count, _tracks) { Scaling = Scaling };
    }

    /// <summary>The number of rows, for a model.</summary>
    /// <param name="info">The model.</param>
    /// <exception cref="ArgumentException">The arrays do not fit the model.</exception>
    public int RowsFor(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var rows = new RowCount(info.Name, "data");
        CountInputs(info, rows);
        CountWeights(info, rows);
        return View(rows).Count;
    }

    /// <summary>Checks the inputs alone against a model.</summary>
    internal BoundDataSet<T> BindInputs(ModelInfo info, string parameter)
    {
        var rows = new RowCount(info.Name, parameter);
        CountInputs(info, rows);
        (int first, int count) = View(rows);
        _tracks?.Check(info, first, rows);
        return new BoundDataSet<T>(_inputs, _lengths, [], default, 1, first, count) { Restarts = _tracks?.Restarts };
    }

    /// <summary>Checks the arrays against a model and a loss.</summary>
    internal BoundDataSet<T> Bind(ModelInfo info, Loss loss, string parameter)
    {
        var rows = new RowCount(info.Name, parameter);
        CountInputs(info, rows);
        CountTargets(info, loss, rows);
        CountWeights(info, rows);
        (int first, int count) = View(rows);
        CheckTargets(info, loss, first, count, rows);
        _tracks?.Check(info, first, rows);
        return new BoundDataSet<T>(_inputs, _lengths, _targets, _sampleWeights, WeightsPerRow(rows), first, count) { Restarts = _tracks?.Restarts };
    }

    private static RowSource<T> OfMemory(ReadOnlyMemory<T> values) => new ArrayRows<T>(values);

    private static ReadOnlyMemory<T> OfArray(T[] values, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        return values;
    }

    private void CountInputs(ModelInfo info, RowCount rows)
    {
        int count = 0;
        foreach (TensorInfo input in info.Inputs)
            count += input.IsLengths ? 0 : 1;
        if (_inputs.Length != count)
            throw rows.Error($"{info.Name} has {count} input(s); the data set holds {_inputs.Length}.");

        int next = 0;
        for (int i = 0; i < info.Inputs.Count; i++)
        {
            TensorInfo input = info.Inputs[i];
            if (input.IsLengths)
                continue;
            _inputs[next].Count(rows, $"input '{input.Name}'", input, input.Length);
            CountLengths(info, input, hasLengths: i + 1 < info.Inputs.Count && info.Inputs[i + 1].IsLengths, _lengths[next], rows);
            next++;
        }
    }

    private static void CountLengths(ModelInfo info, TensorInfo input, bool hasLengths, ReadOnlyMemory<int> lengths, RowCount rows)
    {
        if (!hasLengths)
        {
            if (!lengths.IsEmpty)
                throw rows.Error($"{info.Name}: the rows of input '{input.Name}' have no lengths, but the data set holds some; declare it with Lengths = true.");
            return;
        }

        if (lengths.IsEmpty)
            throw rows.Error($"{info.Name}: the rows of input '{input.Name}' have lengths; add them to the data set by WithLengths.");
        rows.Add($"the lengths of input '{input.Name}'", lengths.Length, 1);
        int row = lengths.Span.IndexOfAnyExceptInRange(1, input.TimeSteps);
        if (row >= 0)
            throw rows.Error($"{info.Name}: row {row} of input '{input.Name}' has the length {lengths.Span[row]}; expected 1 to {input.TimeSteps}.");
    }

    private void CountTargets(ModelInfo info, Loss loss, RowCount rows)
    {
        // An output that nobody thought of would stay as it was at random.
        if (_targets.Length != info.Outputs.Count)
        {
            throw rows.Error(
                $"{info.Name} has {Outputs(info)}; the data set holds {_targets.Length} {(_targets.Length == 1 ? "target" : "targets")}."
                + (_targets.Length < info.Outputs.Count ? " Give each output an array, and an empty one to what shall not count." : ""));
        }

        bool any = false;
        for (int i = 0; i < _targets.Length; i++)
        {
            if (_targets[i].IsEmpty)
                continue;
            any = true;
            _targets[i].Count(rows, $"the target of output '{info.Outputs[i].Name}'", info.Outputs[i], loss.TargetLength(info.Outputs[i]));
        }

        if (!any)
            throw rows.Error($"The data set holds no target for {info.Name}: there is nothing to compare with.");
    }

    // Rows outside of the view, or of weight 0, do not count. Which steps a mask leaves out is known when a batch has run: the loss then checks the others.
    private void CheckTargets(ModelInfo info, Loss loss, int first, int count, RowCount rows)
    {
        int weights = WeightsPerRow(rows);
        for (int i = info.HasOutputMask ? 1 : 0; i < _targets.Length; i++)
        {
            if (_targets[i].IsEmpty)
                continue;
            int length = loss.TargetLength(info.Outputs[i]);
            var scratch = new T[length];
            for (int row = first; row < first + count; row++)
            {
                ReadOnlySpan<T> target = _targets[i].Row(row, length, scratch);
                if (_sampleWeights.IsEmpty)
                {
                    CheckTargets(info, loss, i, target, row * length, rows);
                    continue;
                }

                int part = length / weights;
                for (int w = 0; w < weights; w++)
                {
                    if (!T.IsZero(_sampleWeights.Span[row * weights + w]))
                        CheckTargets(info, loss, i, target.Slice(w * part, part), row * length + w * part, rows);
                }
            }
        }
    }

    private static string Outputs(ModelInfo info)
    {
        var names = new string[info.Outputs.Count];
        for (int i = 0; i < names.Length; i++)
            names[i] = info.Outputs[i].Name;
        return names.Length == 1 ? "1 output" : $"{names.Length} outputs ({string.Join(", ", names)})";
    }

    private static void CheckTargets(ModelInfo info, Loss loss, int output, ReadOnlySpan<T> targets, int start, RowCount rows)
    {
        if (loss.FindWrongTarget(targets, start, info.Outputs[output]) is { } problem)
            throw rows.Error($"{info.Name}: {problem}");
    }

    private int WeightsPerRow(RowCount rows) => _sampleWeights.IsEmpty ? 1 : _sampleWeights.Length / rows.Value;

    // One a row, or one a time step where the outputs that are compared are sequences of one length.
    private void CountWeights(ModelInfo info, RowCount rows)
    {
        if (_sampleWeights.IsEmpty)
            return;
        int steps = 0;
        for (int i = 0; i < Math.Min(_targets.Length, info.Outputs.Count); i++)
        {
            if (!_targets[i].IsEmpty)
                steps = steps == 0 || steps == info.Outputs[i].TimeSteps ? info.Outputs[i].TimeSteps : 1;
        }

        rows.Add("sample weights", _sampleWeights.Length, steps > 1 && _sampleWeights.Length == (long)rows.Value * steps ? steps : 1);
    }

    private (int First, int Count) View(RowCount rows)
    {
        int count = _count ?? rows.Value - _first;
        if (count > rows.Value - _first)
            throw rows.Error($"The view asks for rows {_first} to {(long)_first + count - 1}; the data set holds {rows.Value} rows.");
        return (_first, count);
    }
}
