using System;
using System.Linq;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class WeightInitializerTests
{
    private const double TruncatedDeviation = 0.87962566103423978;

    // A kernel of 300 inputs and 200 outputs: fan-in 300, fan-out 200, average 250.
    [Theory]
    [InlineData(Initializer.GlorotUniform, 1.0 / 250)]
    [InlineData(Initializer.HeUniform, 2.0 / 300)]
    [InlineData(Initializer.LecunUniform, 1.0 / 300)]
    public void Uniform_kinds_reach_their_limit_and_never_pass_it(Initializer kind, double variance)
    {
        double limit = Math.Sqrt(3 * variance);
        AssertUniform(Fill(new InitializerInfo { Kind = kind }, 300, 200), -limit, limit);
    }

    [Theory]
    [InlineData(Initializer.GlorotNormal, 1.0 / 250)]
    [InlineData(Initializer.HeNormal, 2.0 / 300)]
    [InlineData(Initializer.LecunNormal, 1.0 / 300)]
    public void Normal_kinds_have_their_variance_and_are_cut_at_two_deviations(Initializer kind, double variance)
    {
        double[] values = Fill(new InitializerInfo { Kind = kind }, 300, 200);
        AssertMoments(values, 0, Math.Sqrt(variance));
        double bound = 2 * Math.Sqrt(variance) / TruncatedDeviation;
        Assert.InRange(values.Max(Math.Abs), 0.99 * bound, bound);
    }

    [Theory]
    [InlineData(FanMode.FanIn, 300), InlineData(FanMode.FanOut, 200), InlineData(FanMode.FanAverage, 250)]
    public void Variance_scaling_divides_by_the_fan_that_was_asked_for(FanMode mode, double fan)
    {
        var info = new InitializerInfo { Kind = Initializer.VarianceScaling, Scale = 3, Mode = mode };
        AssertMoments(Fill(info, 300, 200), 0, Math.Sqrt(3 / fan));
        double limit = Math.Sqrt(9 / fan);
        AssertUniform(Fill(info with { IsUniform = true }, 300, 200), -limit, limit);
    }

    [Fact]
    public void Variance_scaling_with_its_defaults_is_lecun_normal() => Assert.Equal(
        Fill(new InitializerInfo { Kind = Initializer.LecunNormal }, 30, 20),
        Fill(new InitializerInfo { Kind = Initializer.VarianceScaling }, 30, 20));

    [Fact]
    public void Random_kinds_take_their_arguments()
    {
        AssertMoments(Fill(new InitializerInfo { Kind = Initializer.RandomNormal, Mean = 2, StandardDeviation = 0.5 }, 300, 200), 2, 0.5);
        AssertMoments(Fill(new InitializerInfo { Kind = Initializer.RandomNormal }, 300, 200), 0, 0.05);
        AssertUniform(Fill(new InitializerInfo { Kind = Initializer.RandomUniform }, 300, 200), -0.05, 0.05);
        AssertUniform(Fill(new InitializerInfo { Kind = Initializer.RandomUniform, Minimum = 1, Maximum = 4 }, 300, 200), 1, 4);

        // Not corrected for the cut, as in Keras.
        double[] truncated = Fill(new InitializerInfo { Kind = Initializer.TruncatedNormal, Mean = 1, StandardDeviation = 0.5 }, 300, 200);
        AssertMoments(truncated, 1, 0.5 * TruncatedDeviation);
        Assert.InRange(truncated.Max(), 1.99, 2);
        Assert.InRange(truncated.Min(), 0, 0.01);
    }

    [Fact]
    public void Constants_are_constant()
    {
        Assert.All(Fill(new InitializerInfo { Kind = Initializer.Zeros }, 3, 4), value => Assert.Equal(0, value));
        Assert.All(Fill(new InitializerInfo { Kind = Initializer.Ones }, 3, 4), value => Assert.Equal(1, value));
        Assert.All(Fill(new InitializerInfo { Kind = Initializer.Constant }, 3, 4), value => Assert.Equal(0, value));
        Assert.All(Fill(new InitializerInfo { Kind = Initializer.Constant, Value = 0.3 }, 3, 4), value => Assert.Equal(0.3, value));
        Assert.Equal([2.0, 0, 0, 0, 2, 0], Fill(new InitializerInfo { Kind = Initializer.Identity, Gain = 2 }, 2, 3));
        Assert.Throws<ArgumentException>("shape", () => Fill(new InitializerInfo { Kind = Initializer.Identity }, 3));
    }

    [Fact]
    public void Orthogonal_follows_the_sign_convention_of_QR_with_a_positive_diagonal()
    {
        // The first column of Q is then the first column of the random matrix, normalised.
        var random = new RandomStream(5, 0);
        var column = new double[6];
        for (int i = 0; i < column.Length; i++)
            column[i] = random.NextNormal();
        double norm = Math.Sqrt(column.Sum(value => value * value));
        double[] q = Fill(new InitializerInfo { Kind = Initializer.Orthogonal }, 6, 4);
        for (int i = 0; i < column.Length; i++)
            Assert.Equal(column[i] / norm, q[i * 4], 1e-15);
    }

    [Fact]
    public void Orthogonal_needs_a_matrix_and_folds_further_axes_into_rows()
    {
        Assert.Throws<ArgumentException>("shape", () => Fill(new InitializerInfo { Kind = Initializer.Orthogonal }, 5));
        Assert.Equal(Fill(new InitializerInfo { Kind = Initializer.Orthogonal }, 6, 4), Fill(new InitializerInfo { Kind = Initializer.Orthogonal }, 2, 3, 4));
    }

    [Fact]
    public void Fans_follow_Keras()
    {
        Assert.Equal(new Fans(7, 7), Fans.Of([7]));
        Assert.Equal(new Fans(3, 80), Fans.Of([3, 80]));
        Assert.Equal(new Fans(10, 40), Fans.Of([2, 5, 20]));
        Assert.Equal(new Fans(1, 1), Fans.Of([]));
    }

    [Fact]
    public void Float_is_double_rounded_once()
    {
        var single = new float[12];
        WeightInitializer.Fill(new InitializerInfo { Kind = Initializer.Orthogonal }, [3, 4], new RandomStream(5, 0), single.AsSpan());
        Assert.Equal(Array.ConvertAll(Fill(new InitializerInfo { Kind = Initializer.Orthogonal }, 3, 4), value => (float)value), single);
    }

    [Fact]
    public void One_seed_gives_these_values_on_every_machine()
    {
        Assert.Equal([0.65152055198721226, 1.1849082516914335, -0.37423029370414806, 0.18232929354198424], Fill(new InitializerInfo { Kind = Initializer.GlorotUniform }, 2, 2));
        Assert.Equal([0.99478366448555811, -0.10200716088924651, -0.10200716088924651, -0.99478366448555822], Fill(new InitializerInfo { Kind = Initializer.Orthogonal }, 2, 2));
    }

    private static double[] Fill(InitializerInfo info, params int[] shape)
    {
        var values = new double[shape.Aggregate(1, (product, axis) => product * axis)];
        WeightInitializer.Fill(info, shape, new RandomStream(5, 0), values.AsSpan());
        return values;
    }

    private static void AssertUniform(double[] values, double low, double high)
    {
        Assert.InRange(values.Min(), low, low + (high - low) * 0.001);
        Assert.InRange(values.Max(), high - (high - low) * 0.001, high);
        AssertMoments(values, (low + high) / 2, (high - low) / Math.Sqrt(12));
    }

    /// <summary>Mean and deviation of a sample, within five standard errors.</summary>
    private static void AssertMoments(double[] values, double mean, double deviation)
    {
        double foundMean = values.Average();
        double foundDeviation = Math.Sqrt(values.Average(value => (value - foundMean) * (value - foundMean)));
        double error = deviation / Math.Sqrt(values.Length);
        Assert.InRange(foundMean, mean - 5 * error, mean + 5 * error);
        Assert.InRange(foundDeviation, deviation - 5 * error, deviation + 5 * error);
    }
}
