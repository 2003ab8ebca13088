using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>|prediction - target|; derivative its sign, 0 at 0.</summary>
internal sealed class MeanAbsoluteErrorLoss() : ElementwiseLoss("mean_absolute_error")
{
    protected override void Formula<T>(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> values, Span<T> gradients) =>
        Elementwise.Loss<T, Magnitude<T>>(targets, predictions, scale, values, gradients);

    private readonly struct Magnitude<T> : Elementwise.ILoss<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = prediction - target;
            return Vector.ConditionalSelect(Vector.LessThan(error, Vector<T>.Zero), -error, error);
        }

        // What is neither above nor below zero passes: zero, and NaN.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = prediction - target;
            Vector<T> notAbove = Vector.ConditionalSelect(Vector.LessThan(error, Vector<T>.Zero), -Vector<T>.One, error);
            return Vector.ConditionalSelect(Vector.GreaterThan(error, Vector<T>.Zero), Vector<T>.One, notAbove);
        }
    }
}
