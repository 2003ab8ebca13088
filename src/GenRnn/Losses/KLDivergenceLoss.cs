using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Sum over the last axis of target ln(target / prediction), both clipped to 1e-7 ... 1; outside of that there is no slope.</summary>
internal sealed class KLDivergenceLoss() : Loss("kl_divergence")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) =>
        ElementwiseLoss.Evaluate(Name, batch, default(Divergence<T>), gradients, sumsLastAxis: true);

    private readonly struct Divergence<T> : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static Vector<T> Low => new(T.CreateTruncating(Epsilon));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> y = Functions.Clip(target, Low, Vector<T>.One);
            return y * Functions.Log(y / Functions.Clip(prediction, Low, Vector<T>.One));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction) =>
            Functions.Inside(prediction, Low, Vector<T>.One, -Functions.Clip(target, Low, Vector<T>.One) / prediction);
    }
}
