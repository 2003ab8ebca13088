using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>What <c>[Constrain]</c> does to one variable after each update, with Keras' formulas.</summary>
internal sealed class WeightConstraint<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _offset;
    private readonly int _length;
    private readonly int _reduced = 1;
    private readonly int _inner = 1;
    private readonly bool _isNonNegative;
    private readonly Factors _factors;
    private readonly AlignedBuffer<T> _norms;

    public WeightConstraint(VariableInfo variable, ConstraintInfo constraint)
    {
        _offset = variable.Offset;
        _length = variable.Length;
        _isNonNegative = constraint.Kind == ConstraintKind.NonNegative;
        _factors = constraint.Kind switch
        {
            ConstraintKind.UnitNorm => new Factors(1, 1, 1),
            ConstraintKind.MaxNorm => new Factors(0, constraint.Max, 1),
            _ => new Factors(constraint.Min, constraint.Max, constraint.Rate),
        };
        if (_isNonNegative)
        {
            _norms = new AlignedBuffer<T>(0);
            return;
        }

        // [outer, reduced, inner]: norms are taken along the one in the middle.
        int first = constraint.Axes[0], last = constraint.Axes[^1];
        if (first < 0 || last >= variable.Shape.Length || last - first != constraint.Axes.Count - 1)
            throw new ArgumentException($"{variable} has no adjacent axes {string.Join(", ", constraint.Axes)} to take a norm along.", nameof(constraint));
        for (int axis = first; axis < variable.Shape.Length; axis++)
        {
            if (axis <= last)
                _reduced *= variable.Shape[axis];
            else
                _inner *= variable.Shape[axis];
        }

        _norms = new AlignedBuffer<T>(_inner == 1 ? _reduced : _inner);
    }

    /// <summary>Brings the variable back.</summary>
    /// <param name="parameters">All parameters, dense.</param>
    public void Apply(Span<T> parameters)
    {
        Span<T> weights = parameters.Slice(_offset, _length);
        if (_isNonNegative)
        {
            Elementwise.Map(weights, default(Positive));
            return;
        }

        for (int start = 0; start < _length; start += _reduced * _inner)
        {
            if (_inner == 1)
                ScaleRun(weights.Slice(start, _reduced));
            else
                ScaleColumns(weights.Slice(start, _reduced * _inner));
        }
    }

    /// <summary>One norm, of values that lie side by side.</summary>
    private void ScaleRun(Span<T> weights)
    {
        Span<T> copy = _norms.Span;
        weights.CopyTo(copy);
        T norm = Lanes.Norm<T>(copy);
        Elementwise.Map(weights, new Multiply(_factors.Of(new Vector<T>(norm))[0]));
    }

    /// <summary>A norm for each column of a matrix, summed row by row.</summary>
    private void ScaleColumns(Span<T> weights)
    {
        Span<T> norms = _norms.Span;
        norms.Clear();
        for (int row = 0; row < _reduced; row++)
            Elementwise.Zip(default(AddSquare), norms, weights.Slice(row * _inner, _inner), norms);
        Elementwise.Map(norms, _factors);
        for (int row = 0; row < _reduced; row++)
            Elementwise.Zip(default(Product), weights.Slice(row * _inner, _inner), norms, weights.Slice(row * _inner, _inner));
    }

    /// <summary>From a square of a norm n to (rate clip(n, min, max) + (1 - rate) n) / (epsilon + n).</summary>
    private readonly struct Factors(double min, double max, double rate) : Elementwise.IMap<T>
    {
        private readonly Vector<T> _min = new(T.CreateTruncating(min));
        private readonly Vector<T> _max = new(T.CreateTruncating(max));
        private readonly Vector<T> _rate = new(T.CreateTruncating(rate));
        private readonly Vector<T> _rest = new(T.CreateTruncating(1 - rate));
        private readonly Vector<T> _epsilon = new(T.CreateTruncating(Loss.Epsilon));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> square) => Of(Vector.SquareRoot(square));

        // Both compares are false for NaN, which passes.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Of(Vector<T> norm)
        {
            Vector<T> below = Vector.ConditionalSelect(Vector.GreaterThan(norm, _max), _max, norm);
            Vector<T> clipped = Vector.ConditionalSelect(Vector.LessThan(below, _min), _min, below);
            return (_rate * clipped + _rest * norm) / (_epsilon + norm);
        }
    }

    private readonly struct Positive : Elementwise.IMap<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x) => Vector.ConditionalSelect(Vector.LessThan(x, Vector<T>.Zero), Vector<T>.Zero, x);
    }

    private readonly struct Multiply(T factor) : Elementwise.IMap<T>
    {
        private readonly Vector<T> _factor = new(factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x) => x * _factor;
    }

    private readonly struct AddSquare : Elementwise.IZip<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> sum, Vector<T> x) => sum + x * x;
    }

    private readonly struct Product : Elementwise.IZip<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x, Vector<T> y) => x * y;
    }
}
