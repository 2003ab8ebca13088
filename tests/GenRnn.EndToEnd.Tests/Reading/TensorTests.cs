using System;
using System.Text.Json;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Reading;

public sealed class TensorTests
{
    [Fact]
    public void ValuesAreLittleEndianRowMajor()
    {
        // 1.0f, -2.0f
        Tensor tensor = Parse("""{"shape": [1, 2], "f32": "AACAPwAAAMA=", "path": "a/kernel", "trainable": false}""");

        Assert.Equal([1f, -2f], tensor.Values);
        Assert.Equal([1, 2], tensor.Shape);
        Assert.Equal("a/kernel", tensor.Path);
        Assert.False(tensor.IsTrainable);
    }

    [Fact]
    public void AWrongLengthIsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Parse("""{"shape": [3], "f32": "AACAPwAAAMA="}"""));

    [Fact]
    public void FirstAxesAreSwapped()
    {
        var tensor = new Tensor([2, 3, 2], [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);

        Tensor swapped = tensor.SwapFirstAxes();

        Assert.Equal([3, 2, 2], swapped.Shape);
        Assert.Equal([0, 1, 100, 101, 10, 11, 110, 111, 20, 21, 120, 121], swapped.Values);
        Assert.Equal(tensor.Values, swapped.SwapFirstAxes().Values);
    }

    [Fact]
    public void SlicesKeepTheirAxesAndEntriesLoseOne()
    {
        var tensor = new Tensor([3, 2], [0, 1, 10, 11, 20, 21]);

        Assert.Equal([10, 11, 20, 21], tensor.Slice(1, 2).Values);
        Assert.Equal([2, 2], tensor.Slice(1, 2).Shape);
        Assert.Equal([2], tensor.At(2).Shape);
        Assert.Equal([20, 21], tensor.At(2).Values);
    }

    private static Tensor Parse(string json) => Tensor.Parse(JsonDocument.Parse(json).RootElement);
}
