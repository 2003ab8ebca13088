using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>Rows of a row-first array.</summary>
internal sealed class ArrayRows<T>(ReadOnlyMemory<T> values) : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override bool IsEmpty => values.IsEmpty;

    public override void Count(RowCount rows, string item, TensorInfo tensor, int length) => rows.Add(item, values.Length, length);

    public override ReadOnlySpan<T> Row(int row, int length, Span<T> scratch) => values.Span.Slice(row * length, length);

    public override void AddTo(ref DataChecksum checksum) => checksum.Append(MemoryMarshal.AsBytes(values.Span));

    public override void Gather(ReadOnlySpan<int> rows, int timeSteps, int length, bool timeMajor, Span<T> destination)
    {
        if (timeSteps > 0 && timeMajor)
            RowGather.TimeMajor(values.Span, rows, timeSteps, length / timeSteps, destination);
        else
            RowGather.BatchMajor(values.Span, rows, length, destination);
    }
}
