using System;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Clipping, seen through descent with a learning rate of 1: the parameters become the negated, clipped gradients.</summary>
public sealed class ClippingTests
{
    private static readonly ModelInfo Info = Models.Info(2);

    // Kernel (norm 5), frozen, bias (norm 1).
    private static readonly double[] Gradients = [3, -4, 0, 0, 0, 1];

    [Fact]
    public void ClipNorm_limits_each_variable_by_itself() => AssertClipped(new Sgd { LearningRate = 1, ClipNorm = 2 }, [3 * 2 / 5.0, -4 * 2 / 5.0, 0, 0, 0, 1]);

    [Fact]
    public void ClipNorm_leaves_small_gradients_alone() => AssertClipped(new Sgd { LearningRate = 1, ClipNorm = 8 }, Gradients);

    [Fact]
    public void GlobalClipNorm_limits_all_variables_together()
    {
        double factor = 2 / Math.Sqrt(26);
        AssertClipped(new Sgd { LearningRate = 1, GlobalClipNorm = 2 }, [.. Gradients.Select(g => g * factor)]);
        AssertClipped(new Sgd { LearningRate = 1, GlobalClipNorm = 8 }, Gradients);
    }

    [Fact]
    public void ClipValue_limits_each_element() => AssertClipped(new Sgd { LearningRate = 1, ClipValue = 2.5 }, [2.5, -2.5, 0, 0, 0, 1]);

    [Fact]
    public void Zero_gradients_stay_zero()
    {
        foreach (Optimizer optimizer in (Optimizer[])[new Sgd { ClipNorm = 1 }, new Sgd { GlobalClipNorm = 1 }, new Sgd { ClipValue = 1 }])
        {
            var parameters = new double[Info.ParameterCount];
            optimizer.CreateState<double>(Info).Apply(new double[Info.ParameterCount], parameters);
            Assert.All(parameters, p => Assert.Equal(0, p));
        }
    }

    [Fact]
    public void An_infinite_global_norm_makes_everything_NaN()
    {
        foreach (double broken in (double[])[double.PositiveInfinity, double.NegativeInfinity, double.NaN])
        {
            double[] parameters = Apply(new Sgd { GlobalClipNorm = 1 }, [broken, 1, 0, 0, 0, 1]);
            Assert.True(double.IsNaN(parameters[0]) && double.IsNaN(parameters[1]) && double.IsNaN(parameters[5]));
            Assert.Equal(0, parameters[2]);
        }
    }

    [Fact]
    public void An_infinite_norm_of_one_variable_spares_the_others()
    {
        double[] parameters = Apply(new Sgd { LearningRate = 1, ClipNorm = 2 }, [double.PositiveInfinity, 1, 0, 0, 0, 1]);
        Assert.True(double.IsNaN(parameters[0]));
        Assert.Equal(0, parameters[1]);
        Assert.Equal(-1, parameters[5]);
    }

    [Fact]
    public void ClipValue_lets_NaN_through_and_cuts_infinity()
    {
        double[] parameters = Apply(new Sgd { LearningRate = 1, ClipValue = 2 }, [double.PositiveInfinity, double.NaN, 0, 0, 0, double.NegativeInfinity]);
        Assert.Equal(-2, parameters[0]);
        Assert.True(double.IsNaN(parameters[1]));
        Assert.Equal(2, parameters[5]);
    }

    [Fact]
    public void The_callers_gradients_are_not_changed()
    {
        double[] gradients = [.. Gradients];
        new Sgd { ClipNorm = 0.5 }.CreateState<double>(Info).Apply(gradients, new double[Info.ParameterCount]);
        Assert.Equal(Gradients, gradients);
    }

    [Fact]
    public void Only_one_way_may_be_set()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Adam { ClipNorm = 1, ClipValue = 1 });
        Assert.Equal("ClipValue", error.ParamName);
        Assert.Contains("Only one of ClipNorm, GlobalClipNorm and ClipValue", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Sgd { GlobalClipNorm = 1, ClipNorm = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { ClipNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { ClipValue = double.NaN });

        var one = new Sgd { ClipNorm = null, ClipValue = 3, GlobalClipNorm = null };
        Assert.Equal((null, 3.0, null), (one.ClipNorm, one.ClipValue, one.GlobalClipNorm));
    }

    private static double[] Apply(Optimizer optimizer, double[] gradients)
    {
        var parameters = new double[Info.ParameterCount];
        optimizer.CreateState<double>(Info).Apply(gradients, parameters);
        return parameters;
    }

    private static void AssertClipped(Optimizer optimizer, double[] expected)
    {
        double[] parameters = Apply(optimizer, Gradients);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(-expected[i], parameters[i], 1e-15);
    }
}
