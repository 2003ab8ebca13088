using System;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Runtime.Tests;

/// <summary>The QR factorisation behind the orthogonal initialiser: blocks, edges of tiles, and matrices that are nearly singular.</summary>
public sealed class OrthogonalMatrixTests(ITestOutputHelper output)
{
    // One, around the rows of a tile, the three vectors of one, and the blocks of the Cholesky factor.
    [Theory]
    [InlineData(1, 1), InlineData(1, 9), InlineData(2, 2), InlineData(7, 40), InlineData(40, 7), InlineData(20, 20), InlineData(64, 256)]
    [InlineData(71, 71), InlineData(72, 72), InlineData(73, 73), InlineData(144, 150), InlineData(149, 147), InlineData(100, 300), InlineData(260, 260)]
    public void Matrices_are_orthogonal_to_rounding(int rows, int columns)
    {
        var values = new double[rows * columns];
        OrthogonalMatrix.Fill(1.5, [rows, columns], new RandomStream(5, 0), values.AsSpan());
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        var vectors = new PaddedMatrix(count, length);
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < length; k++)
                vectors.Row(i)[k] = values[rows >= columns ? k * columns + i : i * columns + k] / 1.5;
        }

        double error = Error(vectors);
        output.WriteLine(FormattableString.Invariant($"{rows}x{columns}: {error:E1}"));
        Assert.True(error < 4e-15);
    }

    /// <summary>A float's weights are the double's, rounded: their error is a rounding of each value.</summary>
    [Fact]
    public void Single_precision_is_the_double_rounded_once()
    {
        var single = new float[100 * 300];
        var twice = new double[100 * 300];
        OrthogonalMatrix.Fill(1, [100, 300], new RandomStream(5, 0), single.AsSpan());
        OrthogonalMatrix.Fill(1, [100, 300], new RandomStream(5, 0), twice.AsSpan());
        Assert.Equal(Array.ConvertAll(twice, value => (float)value), single);
    }

    /// <summary>Householder's reflections in plain loops, with the signs of Keras.</summary>
    [Theory]
    [InlineData(5, 8), InlineData(30, 30), InlineData(73, 200)]
    public void Vectors_are_those_of_Householder(int count, int length)
    {
        PaddedMatrix vectors = RandomVectors(count, length);
        double[][] expected = Householder(vectors);
        OrthogonalMatrix.Orthonormalize(vectors);
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < length; k++)
                Assert.Equal(expected[i][k], vectors.Row(i)[k], 1e-11);
        }
    }

    /// <summary>Conditions up to what doubles can express: the vectors are orthonormal all the same, and span what they spanned.</summary>
    [Theory]
    [InlineData(1e-3), InlineData(1e-6), InlineData(1e-9), InlineData(1e-12), InlineData(1e-14)]
    public void Nearly_dependent_vectors_become_orthonormal(double distance)
    {
        PaddedMatrix vectors = RandomVectors(80, 120);
        for (int k = 0; k < 120; k++)
        {
            vectors.Row(79)[k] = vectors.Row(3)[k] + distance * vectors.Row(79)[k];
            vectors.Row(50)[k] = vectors.Row(20)[k] + distance * vectors.Row(50)[k];
        }

        double[] first = vectors.Row(0).ToArray();
        OrthogonalMatrix.Orthonormalize(vectors);
        double error = Error(vectors);
        output.WriteLine(FormattableString.Invariant($"{distance:E0}: {error:E1}"));
        Assert.True(error < 4e-15);
        double length = Math.Sqrt(Dot(first, first));
        for (int k = 0; k < 120; k++)
            Assert.Equal(first[k] / length, vectors.Row(0)[k], 1e-12);
    }

    [Fact]
    public void Vectors_without_an_answer_are_refused() => Assert.Throws<InvalidOperationException>(() => OrthogonalMatrix.Orthonormalize(new PaddedMatrix(3, 5)));

    /// <summary>Products go on from what is there, and each element is one chain over ascending k.</summary>
    [Theory]
    [InlineData(1, 1, 1), InlineData(4, 24, 256), InlineData(9, 50, 257), InlineData(13, 7, 600)]
    public void A_product_is_a_chain_of_fused_multiply_adds(int rows, int columns, int depth)
    {
        PaddedMatrix a = RandomVectors(rows, depth), b = RandomVectors(depth, columns), transposed = new(columns, depth), c = RandomVectors(rows, columns), d = new(rows, columns);
        for (int k = 0; k < depth; k++)
        {
            for (int j = 0; j < columns; j++)
                transposed.Row(j)[k] = b.Row(k)[j];
        }

        for (int i = 0; i < rows; i++)
            c.Row(i).CopyTo(d.Row(i));
        var expected = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = c.Row(i)[j];
                for (int k = 0; k < depth; k++)
                    sum = Math.FusedMultiplyAdd(a.Row(i)[k], b.Row(k)[j], sum);
                expected[i, j] = sum;
            }
        }

        MatrixProduct.Add(a, b, c, new ProductRange(rows, columns, depth));
        MatrixProduct.Add(a, transposed, d, new ProductRange(rows, columns, depth) { IsTransposed = true });
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                Assert.Equal(expected[i, j], c.Row(i)[j]);
                Assert.Equal(expected[i, j], d.Row(i)[j]);
            }
        }
    }

    private static PaddedMatrix RandomVectors(int count, int length)
    {
        var random = new RandomStream(count, length);
        var vectors = new PaddedMatrix(count, length);
        for (int i = 0; i < count; i++)
        {
            foreach (ref double value in vectors.Row(i))
                value = random.NextNormal();
        }

        return vectors;
    }

    private static double Error(PaddedMatrix vectors)
    {
        double worst = 0;
        for (int i = 0; i < vectors.Rows; i++)
        {
            for (int j = 0; j <= i; j++)
                worst = Math.Max(worst, Math.Abs(Dot(vectors.Row(i), vectors.Row(j)) - (i == j ? 1 : 0)));
        }

        return worst;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }

    private static double[][] Householder(PaddedMatrix vectors)
    {
        int count = vectors.Rows, length = vectors.Columns;
        var columns = new double[count][];
        for (int i = 0; i < count; i++)
            columns[i] = vectors.Row(i).ToArray();
        var reflectors = new double[count][];
        var signs = new double[count];
        for (int i = 0; i < count; i++)
        {
            var reflector = new double[length];
            columns[i].AsSpan(i).CopyTo(reflector.AsSpan(i));
            double norm = Math.Sqrt(Dot(reflector, reflector));
            signs[i] = reflector[i] > 0 ? -1 : 1;
            reflector[i] -= signs[i] * norm;
            reflectors[i] = reflector;
            for (int j = i; j < count; j++)
                Reflect(reflector, columns[j]);
        }

        var q = new double[count][];
        for (int i = 0; i < count; i++)
        {
            q[i] = new double[length];
            q[i][i] = signs[i];
            for (int j = count - 1; j >= 0; j--)
                Reflect(reflectors[j], q[i]);
        }

        return q;
    }

    private static void Reflect(double[] reflector, double[] vector)
    {
        double factor = 2 * Dot(reflector, vector) / Dot(reflector, reflector);
        for (int k = 0; k < vector.Length; k++)
            vector[k] -= factor * reflector[k];
    }
}
