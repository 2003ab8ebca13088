using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>(prediction - target)^2; derivative 2 (prediction - target).</summary>
internal sealed class MeanSquaredErrorLoss() : Loss("mean_squared_error")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) => ElementwiseLoss.Evaluate(Name, batch, default(Square<T>), gradients);

    private readonly struct Square<T> : Elementwise.ILoss<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = prediction - target;
            return error * error;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = prediction - target;
            return error + error;
        }
    }
}
