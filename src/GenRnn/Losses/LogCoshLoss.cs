using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>ln cosh(prediction - target), as error + softplus(-2 error) - ln 2; derivative tanh(prediction - target).</summary>
internal sealed class LogCoshLoss() : Loss("log_cosh")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) => ElementwiseLoss.Evaluate(Name, batch, default(LogCosh<T>), gradients);

    private readonly struct LogCosh<T> : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // cosh is even: with |error| nothing large is taken away from something large.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = Functions.Abs(prediction - target);
            return error + Functions.Softplus(-(error + error)) - new Vector<T>(T.CreateTruncating(0.69314718055994530942));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction) => Functions.Tanh(prediction - target);
    }
}
