using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class AlignedBufferTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(15), InlineData(16), InlineData(1281), InlineData(100_000)]
    public unsafe void Starts_on_a_cache_line_stays_there_and_is_zero(int length)
    {
        var singles = new AlignedBuffer<float>(length);
        var doubles = new AlignedBuffer<double>(length);
        nint address = (nint)Unsafe.AsPointer(ref singles.Origin);
        Assert.Equal(0, address % 64);
        Assert.Equal(0, (nint)Unsafe.AsPointer(ref doubles.Origin) % 64);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        Assert.Equal(address, (nint)Unsafe.AsPointer(ref singles.Origin));
        Assert.Equal(length, singles.Length);
        Assert.Equal(length, singles.Span.Length);
        Assert.True(singles.Span.IndexOfAnyExcept(0f) < 0);
        Assert.True(doubles.Span.IndexOfAnyExcept(0d) < 0);
    }

    [Fact]
    public void The_span_begins_at_the_origin()
    {
        var buffer = new AlignedBuffer<double>(3);
        buffer.Origin = 7;
        Assert.Equal([7d, 0d, 0d], buffer.Span.ToArray());
    }

    [Fact]
    public void A_negative_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new AlignedBuffer<float>(-1));
}
