using GenRnn.Compiler.Shapes;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

public sealed class ShapeInferenceTests
{
    [Fact]
    public void An_input_that_only_starts_a_state_does_not_interrupt_the_chain()
    {
        ModelShapes shapes = ShapeInference.Infer(ModelCatalogue.Find("GivenState").Spec);
        Assert.Empty(shapes.Findings);
        Assert.Equal([new Shape(6, 3), new Shape(0, 5), new Shape(6, 5)], shapes.Items);
    }
}
