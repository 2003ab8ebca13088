using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Interpreting;

/// <summary>What random numbers never meet: equal maxima, infinities, NaN.</summary>
public sealed class PoolingTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(new double[] { 1, 3, 2, 3, 3 }, new double[] { 0, 1, 0, 1, 1 })]
    [InlineData(new double[] { 0, 0, 0, 0, 0 }, new double[] { 1, 1, 1, 1, 1 })]
    [InlineData(new double[] { 5, 5, -1, 7, 2 }, new double[] { 0, 0, 0, 1, 0 })]
    [InlineData(new double[] { -4, -2, -2, -9, -3 }, new double[] { 0, 1, 1, 0, 0 })]
    public void Equal_maxima_share_the_gradient_equally(double[] x, double[] holders)
    {
        InterpretedPass<double> pass = ModelInterpreter.Textbook(Pooling(x.Length)).Differentiate(x, [], [2.0], new GradientOrder(1, false));
        Assert.Equal(x.Max(), pass.Outputs.Single());
        Assert.Equal(holders.Select(h => 2 * h / holders.Sum()), pass.InputGradients, (a, b) => double.Abs(a - b) < 1e-11);
    }

    [Fact]
    public void The_maximum_of_many_equal_values_is_that_value()
    {
        float[] x = Enumerable.Repeat(0.1f, 300).ToArray();
        Assert.Equal(0.1f, ModelInterpreter.ExactSingle(Pooling(x.Length)).Predict(x, []).Outputs.Single());
    }

    [Theory]
    [InlineData(new[] { 1, Infinity, 2, Infinity }, Infinity)]
    [InlineData(new[] { -Infinity, -Infinity, -5, -Infinity }, -5)]
    [InlineData(new[] { -Infinity, -Infinity, -Infinity, -Infinity }, -Infinity)]
    [InlineData(new[] { double.NaN, 1, 2, 3 }, double.NaN)]
    [InlineData(new[] { 1, double.NaN, Infinity, 3 }, double.NaN)]
    [InlineData(new[] { 1, 2, 3, double.NaN }, double.NaN)]
    public void Infinities_are_numbers_and_NaN_comes_through(double[] x, double expected) =>
        Assert.Equal(expected, ModelInterpreter.Textbook(Pooling(x.Length)).Predict(x, []).Outputs.Single());

    private static ModelSpec Pooling(int steps) => new ModelBuilder("Pooling").Sequence(steps, 1).Item("GlobalMaxPooling1D").Build();
}
