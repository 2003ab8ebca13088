using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Shapes;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

public sealed class ShapeInferenceTests
{
    [Fact]
    public void A_recurrent_layer_gives_its_last_step_or_all_of_them() => Infers(
        new ModelBuilder("M").Sequence(6, 3).SimpleRnn(5, ("ReturnSequences", true)).SimpleRnn(4).Dense(2),
        new(6, 3), new(6, 5), new(0, 4), new(0, 2));

    [Fact]
    public void Dense_works_on_the_last_axis_and_activation_keeps_the_shape() => Infers(
        new ModelBuilder("M").Sequence(6, 3).Dense(2).Activation("Relu").SimpleRnn(4).Activation("Tanh"),
        new(6, 3), new(6, 2), new(6, 2), new(0, 4), new(0, 4));

    [Fact]
    public void An_input_that_only_starts_a_state_does_not_interrupt_the_chain() => Infers(
        new ModelBuilder("M").Sequence(6, 3, ("Name", "Series")).Vector(5, ("Name", "H0")).InitialState("H0").SimpleRnn(5, ("ReturnSequences", true)),
        new(6, 3), new(0, 5), new(6, 5));

    [Fact]
    public void It_may_stand_in_front_as_well() => Infers(
        new ModelBuilder("M").Vector(5, ("Name", "H0")).Sequence(6, 3, ("Name", "Series")).InitialState("H0").SimpleRnn(5),
        new(0, 5), new(6, 3), new(0, 5));

    [Fact]
    public void A_second_input_starts_a_branch() => Infers(
        new ModelBuilder("M").Sequence(6, 3).SimpleRnn(5, ("Name", "Encoder")).Sequence(4, 2, ("Name", "Target")).InitialState("Encoder").SimpleRnn(5),
        new(6, 3), new(0, 5), new(4, 2), new(0, 5));

    [Fact]
    public void Shapes_print_as_in_Keras()
    {
        Assert.Equal("(None, 50, 20)", new Shape(50, 20).ToString());
        Assert.Equal("(None, 20)", new Shape(0, 20).ToString());
        Assert.Equal("(unknown)", Shape.Unknown.ToString());
    }

    private static void Infers(ModelBuilder builder, params Shape[] expected)
    {
        ModelShapes shapes = ShapeInference.Infer(builder.Build());
        Assert.Empty(shapes.Findings);
        Assert.Equal(expected, shapes.Items);
    }
}
