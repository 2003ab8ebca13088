using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>|prediction - target|; derivative its sign, 0 at 0.</summary>
internal sealed class MeanAbsoluteErrorLoss() : Loss("mean_absolute_error")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) => ElementwiseLoss.Evaluate(Name, batch, default(Magnitude<T>), gradients);

    private readonly struct Magnitude<T> : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = prediction - target;
            return Vector.ConditionalSelect(Vector.LessThan(error, Vector<T>.Zero), -error, error);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction) => Functions.Sign(prediction - target);
    }
}
