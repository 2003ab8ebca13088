using System;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>What a checkpoint knows data by: the number of rows, and a checksum of all that they hold.</summary>
internal static class DataFingerprint
{
    public static string Of<T>(BoundDataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var checksum = new DataChecksum();
        foreach (RowSource<T> source in (ReadOnlySpan<RowSource<T>>)[.. data.Inputs, .. data.Targets])
            source.AddTo(ref checksum);
        checksum.Append(MemoryMarshal.AsBytes(data.SampleWeights.Span));
        foreach (ReadOnlyMemory<int> lengths in data.Lengths)
            checksum.Append(MemoryMarshal.AsBytes(lengths.Span));
        return string.Create(CultureInfo.InvariantCulture, $"rows {data.First} to {data.First + data.Rows - 1}, checksum {checksum}");
    }
}
