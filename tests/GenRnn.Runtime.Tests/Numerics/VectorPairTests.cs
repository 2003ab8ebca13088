using System;
using System.Numerics;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

/// <summary>What is computed for two vectors side by side has the bits of one alone.</summary>
public sealed class VectorPairTests
{
    public static TheoryData<string> Names => ["Sigmoid", "Tanh"];

    [Theory, MemberData(nameof(Names))]
    public void Float_has_the_bits_of_one_vector(string name)
    {
        float[] inputs = Inputs.Singles(perExponent: 2048);
        float[] expected = Functions.Map(Function<float>(name), inputs);
        Func<Vector<float>, Vector<float>, (Vector<float> X, Vector<float> Y)> pair = name == "Tanh" ? VectorMath.Tanh : VectorMath.Sigmoid;

        // The neighbour is another argument, and either may be the first.
        int last = inputs.Length - Vector<float>.Count;
        for (int i = 0; i <= last; i += Vector<float>.Count)
        {
            (Vector<float> x, Vector<float> y) = pair(new Vector<float>(inputs, i), new Vector<float>(inputs, last - i));
            Assert.Equal(Vector.AsVectorInt32(new Vector<float>(expected, i)), Vector.AsVectorInt32(x));
            Assert.Equal(Vector.AsVectorInt32(new Vector<float>(expected, last - i)), Vector.AsVectorInt32(y));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Double_has_the_bits_of_one_vector(string name)
    {
        Func<Vector<double>, Vector<double>> one = Function<double>(name);
        Func<Vector<double>, Vector<double>, (Vector<double> X, Vector<double> Y)> pair = name == "Tanh" ? VectorMath.Tanh : VectorMath.Sigmoid;
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            Vector<double> x = new((random.NextDouble() - 0.5) * 80), y = new((random.NextDouble() - 0.5) * 3);
            (Vector<double> first, Vector<double> second) = pair(x, y);
            Assert.Equal(Vector.AsVectorInt64(one(x)), Vector.AsVectorInt64(first));
            Assert.Equal(Vector.AsVectorInt64(one(y)), Vector.AsVectorInt64(second));
        }
    }

    [Fact]
    public void A_lane_of_a_vector_is_spread_over_all_lanes()
    {
        var singles = new AlignedBuffer<float>(48);
        var doubles = new AlignedBuffer<double>(48);
        for (int i = 0; i < 48; i++)
        {
            singles.Span[i] = 3 * i + 1;
            doubles.Span[i] = 5 * i + 2;
        }

        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(new Vector<float>(singles.Span[i]), VectorLanes.Splat(ref singles.Origin, i));
            Assert.Equal(new Vector<double>(doubles.Span[i]), VectorLanes.Splat(ref doubles.Origin, i));
        }
    }

    private static Func<Vector<T>, Vector<T>> Function<T>(string name) => (Func<Vector<T>, Vector<T>>)(Delegate)(typeof(T) == typeof(float)
        ? name == "Tanh" ? (Func<Vector<float>, Vector<float>>)VectorMath.Tanh : VectorMath.Sigmoid
        : name == "Tanh" ? (Func<Vector<double>, Vector<double>>)VectorMath.Tanh : VectorMath.Sigmoid);
}
