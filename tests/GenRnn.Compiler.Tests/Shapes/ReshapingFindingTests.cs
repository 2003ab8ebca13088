using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

/// <summary>What is wrong with layers that change the number of steps: which flag, and what it says.</summary>
public sealed class ReshapingFindingTests
{
    [Theory]
    [InlineData(0, 1, "PoolSize", "PoolSize must be at least 1; MaxPooling1D has 0")]
    [InlineData(300, 1, "PoolSize", "PoolSize is at most 256; got 300")]
    [InlineData(2, -1, "Strides", "Strides must be at least 1; MaxPooling1D has -1")]
    [InlineData(2, 100_000, "Strides", "Strides is at most 65536; got 100000")]
    public void A_window_of_a_pooling(int size, int strides, string flag, string message) =>
        Single(Sequence().Item("MaxPooling1D", ("PoolSize", size), ("Strides", strides)), "GEN0205", flag, message);

    [Fact]
    public void A_window_that_is_longer_than_the_sequence() => Single(
        Sequence().Item("AveragePooling1D", ("PoolSize", 9)), "GEN0306", "",
        "AveragePooling1D with Padding.Valid needs at least 9 steps but Input emits (None, 6, 4); use Padding.Same or Padding.Causal, or a smaller PoolSize");

    [Fact]
    public void A_window_of_one_step_at_every_step() => Single(
        Sequence().Item("MaxPooling1D", ("PoolSize", 1)), "GEN0217", "PoolSize", "PoolSize changes nothing: a window of one step at every step is the sequence itself");

    [Fact]
    public void A_pooling_of_a_vector() => Single(
        new ModelBuilder("M").Vector(4).Item("MaxPooling1D"), "GEN0301", "", "MaxPooling1D needs (batch, time, features) but Input emits (None, 4), a vector. Set TimeSteps on [Input]");

    [Theory]
    [InlineData(new[] { 5, 5 }, "GEN0306", "the 24 values of a row of Input, (None, 6, 4), cannot be [5, 5]")]
    [InlineData(new[] { -1, 7 }, "GEN0306", "the 24 values of a row of Input, (None, 6, 4), cannot be [-1, 7]")]
    [InlineData(new[] { -1, -1 }, "GEN0205", "sizes are positive, and one may be -1, which is then what is left; got -1, -1")]
    [InlineData(new[] { 0 }, "GEN0205", "sizes are positive, and one may be -1, which is then what is left; got 0")]
    [InlineData(new[] { 2, 3, 4 }, "GEN0205", "Reshape makes [features] or [steps, features]; got 3 sizes")]
    public void A_shape_that_does_not_fit(int[] shape, string id, string message) => Single(Sequence().Item("Reshape", ("TargetShape", shape)), id, "TargetShape", message);

    [Fact]
    public void A_layer_that_needs_steps_behind_a_vector_of_them() => Single(
        Sequence().Item("Reshape", ("TargetShape", new[] { -1 })).Gru(3), "GEN0301", "",
        "Gru needs (batch, time, features) but Reshape emits (None, 24), because Reshape leaves no time steps; [RepeatVector] makes new ones", item: 2);

    [Fact]
    public void Axes_that_do_not_change_places()
    {
        Single(Sequence().Item("Permute", ("Dims", new[] { 1, 2 })), "GEN0217", "Dims", "Dims changes nothing: (1, 2) is the order that the axes have");
        Single(Sequence().Item("Permute", ("Dims", new[] { 2, 0 })), "GEN0205", "Dims", "Permute(2, 1) exchanges steps and features, axes 1 and 2; got (2, 0)");
        Single(
            new ModelBuilder("M").Sequence(300, 300).Item("Permute", ("Dims", new[] { 2, 1 })), "GEN0306", "",
            "Permute exchanges steps and features where there are at most 256 of one of them; Input emits (None, 300, 300)");
    }

    [Fact]
    public void Steps_at_the_ends()
    {
        Single(Sequence().Item("ZeroPadding1D", ("Front", -1), ("Back", 1)), "GEN0205", "Front", "Front must not be negative; ZeroPadding1D has -1");
        Single(Sequence().Item("Cropping1D", ("Front", 0), ("Back", 0)), "GEN0217", "Front", "Front changes nothing: no step at either end is the sequence itself");
        Single(Sequence().Item("Cropping1D", ("Front", 2), ("Back", 4)), "GEN0306", "", "Cropping1D(2, 4) leaves nothing of the 6 steps of Input");
        Single(Sequence().Item("UpSampling1D", ("Size", 1)), "GEN0217", "Size", "Size changes nothing: each step once is the sequence itself");
        Single(Sequence().Item("UpSampling1D", ("Size", 257)), "GEN0205", "Size", "Size is at most 256; got 257");
    }

    private static ModelBuilder Sequence() => new ModelBuilder("M").Sequence(6, 4);

    private static void Single(ModelBuilder model, string id, string flag, string message, int item = 1)
    {
        Finding finding = Assert.Single(ShapeInference.Infer(model.Build()).Findings);
        Assert.Equal((id, item, flag, message), (finding.Id, finding.Place.Item, finding.Place.Flag, finding.Arguments.Single()));
    }
}
