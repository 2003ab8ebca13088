using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Interpreting;

/// <summary>What random numbers never meet in a window: equal maxima, infinities, NaN, and a border that is larger than any step.</summary>
public sealed class WindowPoolingTests
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>TensorFlow's rule: the first of several.</summary>
    [Theory]
    [InlineData(new double[] { 3, 3, 1, 3 }, new double[] { 2, 0, 0, 2 })]
    [InlineData(new double[] { 0, 0, 0, 0 }, new double[] { 2, 0, 2, 0 })]
    [InlineData(new double[] { -1, -2, -3, -3 }, new double[] { 2, 0, 2, 0 })]
    public void Of_equal_steps_the_first_gets_the_gradient(double[] x, double[] expected)
    {
        InterpretedPass<double> pass = ModelInterpreter.Textbook(Pooling("MaxPooling1D", x.Length)).Differentiate(x, [], [2.0, 2.0], new GradientOrder(1, false));
        Assert.Equal([double.Max(x[0], x[1]), double.Max(x[2], x[3])], pass.Outputs);
        Assert.Equal(expected, pass.InputGradients);
    }

    [Theory]
    [InlineData("Same")]
    [InlineData("Causal")]
    public void Padding_is_no_step(string padding)
    {
        double[] x = [-5, -3, -4, -6, -9];
        double[] largest = ModelInterpreter.Textbook(Pooling("MaxPooling1D", 5, ("PoolSize", 3), ("Strides", 1), ("Padding", padding))).Predict(x, []).Outputs;
        double[] means = ModelInterpreter.Textbook(Pooling("AveragePooling1D", 5, ("PoolSize", 3), ("Strides", 1), ("Padding", padding))).Predict(x, []).Outputs;
        Assert.Equal(padding == "Same" ? [-3, -3, -3, -4, -6] : [-5, -3, -3, -3, -4], largest);
        Assert.Equal(padding == "Same" ? [-4, -4, -13 / 3.0, -19 / 3.0, -7.5] : [-5, -4, -4, -13 / 3.0, -19 / 3.0], means);
    }

    [Theory]
    [InlineData(new[] { 1, Infinity }, Infinity)]
    [InlineData(new[] { Infinity, Infinity }, Infinity)]
    [InlineData(new[] { -Infinity, -5 }, -5)]
    [InlineData(new[] { -Infinity, -Infinity }, -Infinity)]
    [InlineData(new[] { double.NaN, 1 }, double.NaN)]
    [InlineData(new[] { 1, double.NaN }, double.NaN)]
    [InlineData(new[] { -Infinity, double.NaN }, double.NaN)]
    public void Infinities_are_numbers_and_NaN_comes_through(double[] x, double expected) =>
        Assert.Equal(expected, ModelInterpreter.Textbook(Pooling("MaxPooling1D", x.Length)).Predict(x, []).Outputs.Single());

    private static ModelSpec Pooling(string kind, int steps, params (string, object)[] flags) => new ModelBuilder("Pooling").Sequence(steps, 1).Item(kind, flags).Build();
}
