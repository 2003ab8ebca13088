using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Random matrices with orthonormal rows or columns, distributed uniformly (Saxe et al., 2013; Mezzadri, 2007).</summary>
internal static class OrthogonalMatrix
{
    /// <summary>
    /// Fills a variable, seen as a matrix of all axes but the last by the last: orthonormal columns if it is tall,
    /// orthonormal rows if it is wide, times <paramref name="gain"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The shape has fewer than two axes.</exception>
    public static void Fill<T>(double gain, ReadOnlySpan<int> shape, RandomStream random, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length < 2)
            throw new ArgumentException($"Orthogonal needs at least two axes; found {shape.Length}.", nameof(shape));

        int columns = shape[^1];
        int rows = columns == 0 ? 0 : values.Length / columns;
        bool isTall = rows >= columns;
        int length = Math.Max(rows, columns);
        int count = Math.Min(rows, columns);
        double[] vectors = Orthonormalize(random, count, length);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double element = isTall ? vectors[column * length + row] : vectors[row * length + column];
                values[row * columns + column] = T.CreateTruncating(gain * element);
            }
        }
    }

    /// <summary>
    /// The Q factor of a random normal matrix, one column after the other, by Gram and Schmidt's method. It gives R a
    /// positive diagonal by construction, which is what Keras reaches by Q sign(diag R).
    /// </summary>
    private static double[] Orthonormalize(RandomStream random, int count, int length)
    {
        var vectors = new double[count * length];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = random.NextNormal();

        for (int j = 0; j < count; j++)
        {
            Span<double> vector = vectors.AsSpan(j * length, length);
            // Twice is enough (Kahan; Parlett): the second pass removes what rounding left of the first.
            for (int pass = 0; pass < 2; pass++)
            {
                for (int i = 0; i < j; i++)
                {
                    ReadOnlySpan<double> previous = vectors.AsSpan(i * length, length);
                    double projection = Dot(previous, vector);
                    for (int k = 0; k < length; k++)
                        vector[k] -= projection * previous[k];
                }
            }

            double norm = Math.Sqrt(Dot(vector, vector));
            for (int k = 0; k < length; k++)
                vector[k] /= norm;
        }

        return vectors;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
