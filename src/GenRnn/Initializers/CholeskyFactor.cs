using System;

namespace GenRnn;

/// <summary>The Cholesky factor of a positive definite matrix, G = L Lᵀ with a positive diagonal, and its inverse. In blocks, so that products do nearly all.</summary>
internal sealed class CholeskyFactor
{
    // A multiple of what matrices are padded to, so that blocks begin where tiles may.
    private const int BlockLength = 3 * PaddedMatrix.ColumnGrain;

    private readonly int _length;
    private readonly PaddedMatrix _factor;
    private readonly PaddedMatrix _inverse;

    /// <summary>Factors a matrix.</summary>
    /// <param name="gram">Its lower triangle; overwritten by L.</param>
    public CholeskyFactor(PaddedMatrix gram)
    {
        _length = gram.Rows;
        _factor = gram;
        _inverse = new PaddedMatrix(_length, _length);
        IsDefinite = true;
        for (int start = 0; start < _length && IsDefinite; start += BlockLength)
            Eliminate(start, Math.Min(BlockLength, _length - start));
        for (int start = BlockLength; start < _length && IsDefinite; start += BlockLength)
            Invert(start, Math.Min(BlockLength, _length - start));
    }

    /// <summary>Whether the matrix was positive definite as far as rounding lets one see. If not, there is no factor.</summary>
    public bool IsDefinite { get; private set; }

    /// <summary>The inverse of L, a lower triangle with zeros above.</summary>
    public PaddedMatrix Inverse => _inverse;

    /// <summary>The condition of L in the Frobenius norm, by the least that it can be: 1 for multiples of orthogonal matrices.</summary>
    public double Condition() => Math.Sqrt(SquaredNorm(_factor)) * Math.Sqrt(SquaredNorm(_inverse)) / _length;

    /// <summary>One block of columns of L, and what it leaves of the matrix behind it.</summary>
    private void Eliminate(int start, int count)
    {
        FactorDiagonal(start, count);
        if (!IsDefinite)
            return;
        InvertDiagonal(start, count);
        int next = start + count, rows = _length - next;
        if (rows == 0)
            return;

        // Below the diagonal: L[i, block] = G[i, block] times the transposed inverse of the diagonal's block.
        var below = new PaddedMatrix(rows, count);
        MatrixProduct.Add(_factor, _inverse, below, new ProductRange(rows, count, count)
        {
            IsTransposed = true, FirstRowOfA = next, FirstColumnOfA = start, FirstRowOfB = start, FirstColumnOfB = start,
        });
        for (int row = 0; row < rows; row++)
            below.Row(row).CopyTo(_factor.Row(next + row).Slice(start, count));
        MatrixProduct.Add(_factor, _factor, _factor, new ProductRange(rows, rows, count)
        {
            IsLower = true, IsTransposed = true, IsNegative = true,
            FirstRowOfA = next, FirstColumnOfA = start, FirstRowOfB = start, FirstColumnOfB = next, FirstRowOfC = next, FirstColumnOfC = next,
        });
    }

    private void FactorDiagonal(int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            Span<double> row = _factor.Row(i);
            for (int j = start; j <= i; j++)
            {
                ReadOnlySpan<double> other = _factor.Row(j);
                double sum = row[j];
                for (int k = start; k < j; k++)
                    sum = Math.FusedMultiplyAdd(-row[k], other[k], sum);
                if (j < i)
                    row[j] = sum / other[j];
                else if (sum > 0)
                    row[i] = Math.Sqrt(sum);
                else
                    IsDefinite = false;
            }
        }
    }

    private void InvertDiagonal(int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            ReadOnlySpan<double> factor = _factor.Row(i);
            Span<double> row = _inverse.Row(i)[start..];
            for (int k = start; k < i; k++)
            {
                ReadOnlySpan<double> above = _inverse.Row(k)[start..];
                for (int j = 0; j <= k - start; j++)
                    row[j] = Math.FusedMultiplyAdd(-factor[k], above[j], row[j]);
            }

            for (int j = 0; j < i - start; j++)
                row[j] /= factor[i];
            row[i - start] = 1 / factor[i];
        }
    }

    /// <summary>One block of rows of the inverse, from those above: what L takes of them, times the negative inverse of the diagonal's block.</summary>
    private void Invert(int start, int count)
    {
        var taken = new PaddedMatrix(count, start);
        MatrixProduct.Add(_factor, _inverse, taken, new ProductRange(count, start, start) { FirstRowOfA = start });
        MatrixProduct.Add(_inverse, taken, _inverse, new ProductRange(count, start, count)
        {
            IsNegative = true, FirstRowOfA = start, FirstColumnOfA = start, FirstRowOfC = start,
        });
    }

    /// <summary>Of the lower triangle.</summary>
    private static double SquaredNorm(PaddedMatrix matrix)
    {
        double sum = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            foreach (double value in matrix.Row(i)[..(i + 1)])
                sum = Math.FusedMultiplyAdd(value, value, sum);
        }

        return sum;
    }
}
