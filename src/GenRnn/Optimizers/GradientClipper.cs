using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>Applies Keras' three ways of gradient clipping to a copy of the gradients.</summary>
internal sealed class GradientClipper<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GradientClipping _clipping;
    private readonly T _limit;
    private readonly (int Offset, int Length)[] _variables;
    private readonly AlignedBuffer<T> _clipped;

    public GradientClipper(GradientClipping clipping, double limit, (int Offset, int Length)[] trainableVariables, int parameterCount)
    {
        _clipping = clipping;
        _limit = T.CreateTruncating(limit);
        _variables = trainableVariables;
        _clipped = new AlignedBuffer<T>(parameterCount);
    }

    public ReadOnlySpan<T> Clip(ReadOnlySpan<T> gradients)
    {
        Span<T> clipped = _clipped.Span;
        int end = 0;
        foreach ((int offset, int length) in _variables)
        {
            // What a training has frozen has gradients, which belong to no norm.
            clipped[end..offset].Clear();
            gradients.Slice(offset, length).CopyTo(clipped[offset..]);
            end = offset + length;
        }

        clipped[end..].Clear();
        switch (_clipping)
        {
            case GradientClipping.Norm:
                foreach ((int offset, int length) in _variables)
                    ClipByNorm(clipped.Slice(offset, length));
                break;
            case GradientClipping.GlobalNorm:
                ClipByGlobalNorm(clipped);
                break;
            case GradientClipping.Value:
                Elementwise.Map(clipped, new Clamp(_limit));
                break;
        }

        return clipped;
    }

    // Keras multiplies first and then divides by max(norm, limit), and lets NaN through.
    private void ClipByNorm(Span<T> gradient)
    {
        if (gradient.IsEmpty)
            return;
        T norm = Lanes.Norm(gradient);
        T divisor = norm < _limit ? _limit : norm;
        Elementwise.Map(gradient, new MultiplyThenDivide(_limit, divisor));
    }

    private void ClipByGlobalNorm(Span<T> gradients)
    {
        T norm = Lanes.Norm(gradients);
        T inverse = T.One / norm;
        T largest = T.One / _limit;
        T factor = _limit * (inverse < largest ? inverse : largest);
        // norm - norm is 0 for a finite norm and NaN for any other: Keras' way to make a broken step visible.
        factor += norm - norm;
        Elementwise.Map(gradients, new Multiply(factor));
    }

    private readonly struct Multiply(T factor) : Elementwise.IMap<T>
    {
        private readonly Vector<T> _factor = new(factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x) => x * _factor;
    }

    private readonly struct MultiplyThenDivide(T factor, T divisor) : Elementwise.IMap<T>
    {
        private readonly Vector<T> _factor = new(factor);
        private readonly Vector<T> _divisor = new(divisor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x) => x * _factor / _divisor;
    }

    private readonly struct Clamp(T limit) : Elementwise.IMap<T>
    {
        private readonly Vector<T> _upper = new(limit);
        private readonly Vector<T> _lower = new(-limit);

        // Both compares are false for NaN, which passes.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x)
        {
            Vector<T> belowUpper = Vector.ConditionalSelect(Vector.GreaterThan(x, _upper), _upper, x);
            return Vector.ConditionalSelect(Vector.LessThan(belowUpper, _lower), _lower, belowUpper);
        }
    }
}
