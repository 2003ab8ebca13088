using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Equality of floating-point values as bits.</summary>
internal static class Bits
{
    public static void AssertEqual<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)))
            return;
        T[] a = expected.ToArray(), b = actual.ToArray();
        int first = Enumerable.Range(0, a.Length).First(i => !MemoryMarshal.AsBytes(a.AsSpan(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(b.AsSpan(i, 1))));
        int count = Enumerable.Range(0, a.Length).Count(i => !MemoryMarshal.AsBytes(a.AsSpan(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(b.AsSpan(i, 1))));
        Assert.Fail(FormattableString.Invariant($"{what}: {count} of {a.Length} values differ, first at {first}: expected {a[first]:R}, got {b[first]:R}."));
    }
}
