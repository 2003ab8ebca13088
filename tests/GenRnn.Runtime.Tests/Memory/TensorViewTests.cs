using System;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class TensorViewTests
{
    [Fact]
    public void Elements_stand_row_by_row()
    {
        float[] values = Models.Ramp(24);
        Assert.Equal(5f, new TensorView<float>(values, 24)[4]);
        Assert.Equal(10f, new TensorView<float>(values, 4, 6)[1, 3]);
        Assert.Equal(24f, new TensorView<float>(values, 2, 3, 4)[1, 2, 3]);
        var view = new TensorView<float>(values, 2, 3, 4);
        Assert.Equal(3, view.Rank);
        Assert.Equal((2, 3, 4), (view.Length(0), view.Length(1), view.Length(2)));
        Assert.Equal(values, view.ToArray());
    }

    [Fact]
    public void Indices_outside_their_axis_are_refused_though_inside_the_memory()
    {
        float[] values = Models.Ramp(24);
        Assert.Throws<IndexOutOfRangeException>(() => new TensorView<float>(values, 4, 6)[0, 6]);
        Assert.Throws<IndexOutOfRangeException>(() => new TensorView<float>(values, 4, 6)[1, -1]);
        Assert.Throws<IndexOutOfRangeException>(() => new TensorView<float>(values, 2, 3, 4)[0, 3, 0]);
        Assert.Throws<IndexOutOfRangeException>(() => new TensorView<float>(values, 24)[24]);
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => new TensorView<float>(values, 24).Length(1));
        Assert.Throws<InvalidOperationException>(() => new TensorView<float>(values, 4, 6)[0]);
        Assert.Throws<InvalidOperationException>(() => new TensorView<float>(values, 24)[0, 0]);
    }

    [Fact]
    public void A_shape_must_fit_the_values()
    {
        Assert.Throws<ArgumentException>("values", () => new TensorView<float>(new float[5], 2, 3).Rank);
        Assert.Throws<ArgumentException>("shape", () => new TensorView<float>(new float[1], [1, 1, 1, 1]).Rank);
        Assert.Throws<ArgumentException>("shape", () => new TensorView<float>(new float[1], []).Rank);
        Assert.Throws<ArgumentException>("shape", () => new TensorView<float>(new float[1], -1, -1).Rank);
    }
}
