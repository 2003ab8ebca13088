using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>(prediction - target)^2; derivative 2 (prediction - target).</summary>
internal sealed class MeanSquaredErrorLoss() : ElementwiseLoss("mean_squared_error")
{
    protected override void Formula<T>(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> values, Span<T> gradients) =>
        Elementwise.Loss<T, Square<T>>(targets, predictions, scale, values, gradients);

    private readonly struct Square<T> : Elementwise.ILoss<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = prediction - target;
            return error * error;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = prediction - target;
            return error + error;
        }
    }
}
