using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>Rows of an enumeration.</summary>
internal sealed class EnumeratedRows<T>(Func<IEnumerator<Sample<T>>> enumerate, bool hasSampleWeights) : IRowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public bool HasSampleWeights => hasSampleWeights;

    public IRowReader<T> Open(int pass) => new Reader(enumerate(), hasSampleWeights);

    private sealed class Reader(IEnumerator<Sample<T>> rows, bool hasSampleWeights) : IRowReader<T>
    {
        private long _row;

        public bool Read(DataRow<T> row)
        {
            if (!rows.MoveNext())
                return false;
            Sample<T> sample = rows.Current;
            Copy(sample.Input.Span, row.Input, "input");
            // Prediction asks for no targets.
            if (!row.Target.IsEmpty)
                Copy(sample.Target.Span, row.Target, "target");
            if (hasSampleWeights)
                row.Weight = sample.Weight ?? T.One;
            if (row.HasLengths)
                row.Length() = sample.Length;
            _row++;
            return true;
        }

        public void Dispose() => rows.Dispose();

        private void Copy(ReadOnlySpan<T> values, Span<T> destination, string what)
        {
            if (values.Length != destination.Length)
                throw new ArgumentException($"Row {_row} of the source: the {what} has {values.Length} values; expected {destination.Length}.");
            values.CopyTo(destination);
        }
    }
}
