using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>Keras' <c>OrthogonalRegularizer</c>: factor x the mean of |cosine| of the angles between the rows (or columns) of a matrix, over all pairs.</summary>
internal sealed class OrthogonalPenalty<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Keras' guard of a norm: a row is divided by no less.</summary>
    private const double LeastNorm = 1e-7;

    private readonly bool _isOfRows;
    private readonly int _count;
    private readonly int _length;
    private readonly double _share;
    private readonly AlignedBuffer<T> _units;
    private readonly AlignedBuffer<T> _slopes;
    private readonly AlignedBuffer<T> _norms;

    public OrthogonalPenalty(int rows, int columns, double factor, OrthogonalMode mode)
    {
        _isOfRows = mode == OrthogonalMode.Rows;
        _count = _isOfRows ? rows : columns;
        _length = _isOfRows ? columns : rows;
        // A single row has no pair, and no penalty.
        _share = _count < 2 ? 0 : factor / (0.5 * _count * (_count - 1));
        _units = new AlignedBuffer<T>(rows * columns);
        _slopes = new AlignedBuffer<T>(rows * columns);
        _norms = new AlignedBuffer<T>(_count);
    }

    /// <param name="matrix">The weights, row by row.</param>
    /// <param name="gradients">Their gradients, to be added to; empty if they are not wanted.</param>
    public double Evaluate(ReadOnlySpan<T> matrix, Span<T> gradients)
    {
        Normalize(matrix);
        bool wantsGradients = !gradients.IsEmpty;
        if (wantsGradients)
            _slopes.Span.Clear();
        T share = T.CreateTruncating(_share);
        double total = 0;
        for (int i = 0; i < _count; i++)
        {
            for (int j = i + 1; j < _count; j++)
            {
                T cosine = Lanes.Dot<T>(Row(_units, i), Row(_units, j));
                total += double.CreateTruncating(T.Abs(cosine));
                if (!wantsGradients || T.IsZero(cosine))
                    continue;
                var add = new AddMultiple(T.IsNegative(cosine) ? -share : share);
                Elementwise.Zip(add, Row(_slopes, i), Row(_units, j), Row(_slopes, i));
                Elementwise.Zip(add, Row(_slopes, j), Row(_units, i), Row(_slopes, j));
            }
        }

        if (wantsGradients)
            AddGradients(gradients);
        return total * _share;
    }

    /// <summary>Copies the rows (or columns), each divided by its norm.</summary>
    private void Normalize(ReadOnlySpan<T> matrix)
    {
        for (int i = 0; i < _count; i++)
        {
            Span<T> row = Row(_units, i);
            for (int k = 0; k < _length; k++)
                row[k] = matrix[Place(i, k)];
            T norm = T.Max(Lanes.Norm<T>(row), T.CreateTruncating(LeastNorm));
            _norms.Span[i] = norm;
            for (int k = 0; k < _length; k++)
                row[k] /= norm;
        }
    }

    /// <summary>From the gradient d of a unit vector u to that of the vector, whose norm does not count: (d - u (u d)) / norm.</summary>
    private void AddGradients(Span<T> gradients)
    {
        for (int i = 0; i < _count; i++)
        {
            Span<T> unit = Row(_units, i), slope = Row(_slopes, i);
            T along = Lanes.Dot<T>(unit, slope);
            for (int k = 0; k < _length; k++)
                gradients[Place(i, k)] += (slope[k] - unit[k] * along) / _norms.Span[i];
        }
    }

    private Span<T> Row(AlignedBuffer<T> buffer, int i) => buffer.Span.Slice(i * _length, _length);

    private int Place(int i, int k) => _isOfRows ? i * _length + k : k * _count + i;

    private readonly struct AddMultiple(T factor) : Elementwise.IZip<T>
    {
        private readonly Vector<T> _factor = new(factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> sum, Vector<T> x) => sum + _factor * x;
    }
}
