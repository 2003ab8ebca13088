using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Random matrices with orthonormal rows or columns, distributed uniformly (Saxe et al., 2013; Mezzadri, 2007).</summary>
internal static class OrthogonalMatrix
{
    // Up to here a pass leaves no more than rounding. A random matrix four times as long as wide has 1.15.
    private const double GoodCondition = 1.5;

    // 2^-53.
    private const double UnitRoundoff = 1.1102230246251565e-16;

    // Two are enough for nearly all matrices, four for every one that has an answer.
    private const int MaximumPasses = 8;

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
        if (rows == 0)
            return;
        bool isTall = rows >= columns;
        var vectors = new PaddedMatrix(Math.Min(rows, columns), Math.Max(rows, columns));
        for (int i = 0; i < vectors.Rows; i++)
        {
            foreach (ref double value in vectors.Row(i))
                value = random.NextNormal();
        }

        Orthonormalize(vectors);
        for (int i = 0; i < vectors.Rows; i++)
        {
            ReadOnlySpan<double> vector = vectors.Row(i);
            for (int k = 0; k < vector.Length; k++)
                values[isTall ? k * columns + i : i * columns + k] = T.CreateTruncating(gain * vector[k]);
        }
    }

    /// <summary>
    /// Puts the Q factor in the place of independent vectors, one a row. R is the Cholesky factor of their scalar products, G = Rᵀ R, so its diagonal is positive, which
    /// Keras reaches by Q sign(diag R); and Q takes the vectors times the inverse of R. The error grows with the square of the condition: vectors that are not
    /// orthonormal yet go through once more (Yamamoto, Nakatsukasa, Yanagisawa and Fukaya, "Roundoff error analysis of the CholeskyQR2 algorithm", 2015).
    /// </summary>
    internal static void Orthonormalize(PaddedMatrix vectors)
    {
        int count = vectors.Rows, length = vectors.Columns;
        for (int pass = 0; pass < MaximumPasses; pass++)
        {
            CholeskyFactor factor = Factor(vectors, shift: 0);
            // So near to dependent that rounding hides it: a multiple of the unit matrix, of the size of what rounding may do, makes a first, coarse pass possible
            // (Fukaya, Kannan, Nakatsukasa, Yamamoto and Yanagisawa, "Shifted Cholesky QR", 2020).
            if (!factor.IsDefinite)
                factor = Factor(vectors, shift: 11 * ((double)length * count + count * (count + 1.0)) * UnitRoundoff);
            MatrixProduct.MultiplyByLower(factor.Inverse, vectors);
            if (factor.IsDefinite && factor.Condition() <= GoodCondition)
                return;
        }

        throw new InvalidOperationException("The vectors are dependent: they have no orthonormal ones.");
    }

    /// <param name="vectors">The vectors.</param>
    /// <param name="shift">What is added to the diagonal, by the sum of the vectors' squares.</param>
    private static CholeskyFactor Factor(PaddedMatrix vectors, double shift)
    {
        var gram = new PaddedMatrix(vectors.Rows, vectors.Rows);
        MatrixProduct.Add(vectors, vectors, gram, new ProductRange(vectors.Rows, vectors.Rows, vectors.Columns) { IsLower = true, IsTransposed = true });
        if (shift > 0)
        {
            double trace = 0;
            for (int i = 0; i < gram.Rows; i++)
                trace += gram.Row(i)[i];
            for (int i = 0; i < gram.Rows; i++)
                gram.Row(i)[i] += shift * trace;
        }

        return new CholeskyFactor(gram);
    }
}
