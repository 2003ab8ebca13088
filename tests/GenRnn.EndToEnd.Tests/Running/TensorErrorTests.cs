using System;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>The gate itself: max |ours - reference| &lt;= 1e-5 max |reference| + 1e-6.</summary>
public sealed class TensorErrorTests
{
    [Theory]
    [InlineData(100.0009f, true)]
    [InlineData(100.0011f, false)]
    [InlineData(float.NaN, false)]
    [InlineData(float.PositiveInfinity, false)]
    public void TheGateIsWhatTheReadmeSays(float ours, bool passes) =>
        Assert.Equal(passes, TensorError.Of(TensorRole.Output, "y", [ours, 0f], [100f, 0f]).Passes);

    [Fact]
    public void ZerosMayDifferByTheAbsolutePart()
    {
        Assert.True(TensorError.Of(TensorRole.Output, "y", [9e-7f], [0f]).Passes);
        Assert.False(TensorError.Of(TensorRole.Output, "y", [1.1e-6f], [0f]).Passes);
    }

    [Fact]
    public void OtherLengthsAreRefused() =>
        Assert.Throws<InvalidOperationException>(() => TensorError.Of(TensorRole.Output, "y", [1f], [1f, 2f]));
}
