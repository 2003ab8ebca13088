using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>Windows of a series that is read row by row; as many rows are kept as one window and its target reach over.</summary>
internal sealed class StreamedWindows<T> : IRowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<IEnumerator<T[]>> _enumerate;
    private readonly IReadOnlyList<string> _columns;
    private readonly WindowOptions _options;
    private readonly int _span;

    public StreamedWindows(Func<IEnumerator<T[]>> enumerate, IReadOnlyList<string> columnNames, WindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Shuffle)
            throw new ArgumentException("Shuffle needs all windows at once; a stream has one.", nameof(options));
        if (options.Horizon < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Horizon, "Horizon is at least 1.");
        _enumerate = enumerate;
        _columns = columnNames;
        _options = options;
        _span = checked((options.SequenceLength - 1 + (options.TargetsAreInputs ? 0 : options.Horizon)) * options.SamplingRate + 1);
        // Cut once, of zeros, so that options that do not fit are refused here.
        _ = Cut(new T[checked(_span * columnNames.Count)]);
    }

    public IRowReader<T> Open(int pass) => new Reader(this, _enumerate());

    // The windows of the kept rows: one.
    private WindowDataSet<T> Cut(T[] kept) =>
        new TimeSeries<T>(kept, _columns.Count, _columns).Windows(_options with { StartIndex = 0, EndIndex = null, SequenceStride = 1 });

    private sealed class Reader : IRowReader<T>
    {
        private readonly StreamedWindows<T> _owner;
        private readonly IEnumerator<T[]> _rows;
        private readonly T[] _kept;
        private readonly WindowDataSet<T> _window;
        private int _held;
        private int _wait;
        private int _row;

        public Reader(StreamedWindows<T> owner, IEnumerator<T[]> rows)
        {
            _owner = owner;
            _rows = rows;
            _kept = new T[owner._span * owner._columns.Count];
            _window = owner.Cut(_kept);
            _wait = owner._options.StartIndex;
        }

        public bool Read(DataRow<T> row)
        {
            while (_held < _owner._span)
            {
                if (_row == _owner._options.EndIndex || !_rows.MoveNext())
                    return false;
                Keep(_rows.Current);
            }

            Fits(row.Input, _window.InputLength, "input");
            _window.CopyInput(0, row.Input);
            if (!row.Target.IsEmpty)
            {
                Fits(row.Target, _window.TargetLength, "target");
                _window.CopyTarget(0, row.Target);
            }

            Drop(_owner._options.SequenceStride);
            return true;
        }

        public void Dispose() => _rows.Dispose();

        private static void Fits(Span<T> place, int length, string what)
        {
            if (place.Length != length)
                throw new ArgumentException($"The {what} of a window has {length} values; the model takes {place.Length}.");
        }

        private void Keep(T[] values)
        {
            int columns = _owner._columns.Count;
            if (values.Length != columns)
                throw new ArgumentException($"Row {_row} has {values.Length} values; expected {columns}: {string.Join(", ", _owner._columns)}.");
            for (int i = 0; i < columns; i++)
            {
                if (!T.IsFinite(values[i]))
                    throw new ArgumentException(FormattableString.Invariant($"Row {_row}, column '{_owner._columns[i]}': found {values[i]}, expected a finite number."));
            }

            _row++;
            if (_wait > 0)
            {
                _wait--;
                return;
            }

            values.CopyTo(_kept, _held * columns);
            _held++;
        }

        // The rows before the next window's start, of those that are here and of those to come.
        private void Drop(int rows)
        {
            int here = Math.Min(rows, _held);
            Array.Copy(_kept, here * _owner._columns.Count, _kept, 0, (_held - here) * _owner._columns.Count);
            _held -= here;
            _wait = rows - here;
        }
    }
}
