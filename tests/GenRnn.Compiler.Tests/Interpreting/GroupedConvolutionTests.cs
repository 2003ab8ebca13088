using System;
using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Interpreting;

/// <summary>Groups of a convolution beside Keras' definition, written out: filter f belongs to group f / (filters / groups) and sees that group's features.</summary>
public sealed class GroupedConvolutionTests
{
    private const int Steps = 7;

    [Theory]
    [InlineData(4, 6, 2, 3, 1, "Causal")]
    [InlineData(6, 3, 3, 2, 2, "Causal")]
    [InlineData(5, 5, 5, 3, 2, "Causal")]
    [InlineData(5, 5, 5, 1, 1, "Valid")]
    [InlineData(3, 6, 3, 4, 1, "Valid")]
    [InlineData(4, 4, 1, 2, 3, "Causal")]
    public void Each_filter_sees_the_features_of_its_group(int features, int filters, int groups, int taps, int dilation, string padding)
    {
        ModelSpec spec = new ModelBuilder("M").Sequence(Steps, features).Conv1D(filters, taps, ("Groups", groups), ("DilationRate", dilation), ("Padding", padding)).Build();
        var random = new Random(5);
        double[] x = Numbers(Steps * features), kernel = Numbers(taps * (features / groups) * filters), bias = Numbers(filters);
        int front = padding == "Causal" ? (taps - 1) * dilation : 0, outputs = padding == "Causal" ? Steps : Steps - (taps - 1) * dilation;
        double[] upstream = Numbers(outputs * filters);

        var y = new double[outputs * filters];
        double[] dx = new double[x.Length], dKernel = new double[kernel.Length], dBias = new double[filters];
        int own = features / groups;
        for (int s = 0; s < outputs; s++)
        {
            for (int f = 0; f < filters; f++)
            {
                y[s * filters + f] = bias[f];
                dBias[f] += upstream[s * filters + f];
                for (int j = 0; j < taps; j++)
                {
                    int t = s + j * dilation - front;
                    for (int i = 0; i < own && t >= 0; i++)
                    {
                        int at = t * features + f / (filters / groups) * own + i, weight = (j * own + i) * filters + f;
                        y[s * filters + f] += x[at] * kernel[weight];
                        dx[at] += upstream[s * filters + f] * kernel[weight];
                        dKernel[weight] += upstream[s * filters + f] * x[at];
                    }
                }
            }
        }

        InterpretedPass<double> pass = ModelInterpreter.Textbook(spec).Differentiate(x, [.. kernel, .. bias], upstream, new GradientOrder(1, false));

        AssertClose(y, pass.Outputs);
        AssertClose(dx, pass.InputGradients);
        AssertClose([.. dKernel, .. dBias], pass.Gradients);

        double[] Numbers(int count) => Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1).ToArray();
    }

    private static void AssertClose(double[] expected, double[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-12);
}
