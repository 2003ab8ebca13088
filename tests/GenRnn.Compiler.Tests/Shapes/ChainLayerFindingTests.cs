using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

/// <summary>What is wrong with convolutions of other kinds, with activations and normalisations that are layers: which flag, and what it says.</summary>
public sealed class ChainLayerFindingTests
{
    [Theory]
    [InlineData("DepthwiseConv1D", "DepthMultiplier", 0, "GEN0205", "DepthMultiplier must be at least 1; DepthwiseConv1D has 0")]
    [InlineData("SeparableConv1D", "Filters", 0, "GEN0205", "Filters must be at least 1; SeparableConv1D has 0")]
    [InlineData("SeparableConv1D", "KernelSize", 300, "GEN0205", "KernelSize is at most 256; got 300")]
    [InlineData("Conv1DTranspose", "Strides", 300, "GEN0205", "Strides is at most 256; got 300")]
    [InlineData("GroupNormalization", "Groups", 0, "GEN0205", "Groups must be at least 1, or -1 for a group of each feature; got 0")]
    [InlineData("GroupNormalization", "Groups", 3, "GEN0205", "Groups must divide the input's features: Input emits (None, 6, 4), whose 4 cannot be split into 3 groups")]
    public void A_size(string kind, string flag, int value, string id, string message) => Single(Layer(kind, (flag, value)), id, flag, message);

    [Theory]
    [InlineData("Relu", "Threshold", -1.0, "Threshold must not be negative; got -1")]
    [InlineData("Relu", "MaxValue", -1.0, "MaxValue must not be negative; got -1")]
    [InlineData("LeakyRelu", "NegativeSlope", -0.5, "NegativeSlope must not be negative; got -0.5")]
    [InlineData("RmsNormalization", "Epsilon", 0.0, "Epsilon must be positive: a vector of zeros would be divided by zero; got 0")]
    [InlineData("ActivityRegularization", "L1", -1.0, "L1 must not be negative; got -1")]
    public void A_number(string kind, string flag, double value, string message) => Single(Layer(kind, (flag, value)), "GEN0205", flag, message);

    [Fact]
    public void A_padding_that_a_transposed_convolution_does_not_have() =>
        Single(Layer("Conv1DTranspose", ("Padding", "Causal")), "GEN0205", "Padding", "Conv1DTranspose has Padding.Valid and Padding.Same; got Padding.Causal");

    [Fact]
    public void A_window_that_is_longer_than_the_sequence() => Single(
        Layer("SeparableConv1D", ("KernelSize", 7)), "GEN0306", "",
        "SeparableConv1D with Padding.Valid needs at least 7 steps but Input emits (None, 6, 4); use Padding.Same or Padding.Causal, or a smaller kernel");

    [Fact]
    public void What_changes_nothing()
    {
        Single(Layer("ActivityRegularization"), "GEN0217", "", "ActivityRegularization changes nothing: without L1 and L2 there is no penalty");
        Single(new ModelBuilder("M").Vector(4).Item("PRelu", ("SharedOverTime", true)), "GEN0217", "SharedOverTime", "SharedOverTime changes nothing: a vector has no time steps");
    }

    [Fact]
    public void Softmax_over_time_needs_time() => Single(
        new ModelBuilder("M").Vector(4).Item("Softmax", ("OverTime", true)), "GEN0301", "", "Softmax needs (batch, time, features) but Input emits (None, 4), a vector. Set TimeSteps on [Input]");

    [Fact]
    public void A_weight_by_its_name()
    {
        Assert.Empty(ShapeInference.Infer(new ModelBuilder("M").Sequence(6, 4).Initialize("Pointwise", "Ones").Item("SeparableConv1D", ("Filters", 3), ("KernelSize", 2)).Build()).Findings);
        Assert.Empty(ShapeInference.Infer(new ModelBuilder("M").Sequence(6, 4).Modifier("Regularize", ("Weight", "Alpha"), ("L2", 0.5)).Item("PRelu").Build()).Findings);
        Single(
            new ModelBuilder("M").Sequence(6, 4).Initialize("Kernel", "Ones").Item("SeparableConv1D", ("Filters", 3), ("KernelSize", 2)), "GEN0216", "Weight",
            "SeparableConv1D has no Weight.Kernel; it has Weight.Depthwise, Weight.Pointwise, Weight.Bias");
    }

    private static ModelBuilder Layer(string kind, params (string Flag, object Value)[] flags)
    {
        (string, object)[] sizes = [.. Catalogue.Find(kind)!.Flags.Where(f => f is { IsPositional: true, IsOptional: false } && flags.All(set => set.Flag != f.Name)).Select(f => (f.Name, (object)2))];
        return new ModelBuilder("M").Sequence(6, 4).Item(kind, [.. sizes, .. flags]);
    }

    private static void Single(ModelBuilder model, string id, string flag, string message)
    {
        Finding finding = Assert.Single(ShapeInference.Infer(model.Build()).Findings);
        Assert.Equal((id, 1, flag, message), (finding.Id, finding.Place.Item, finding.Place.Flag, finding.Arguments.Single()));
    }
}
