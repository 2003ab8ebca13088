using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>prediction - target ln(prediction + 1e-7); derivative 1 - target / (prediction + 1e-7).</summary>
internal sealed class PoissonLoss() : Loss("poisson")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) => ElementwiseLoss.Evaluate(Name, batch, default(Deviance<T>), gradients);

    private readonly struct Deviance<T> : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction) => prediction - target * Functions.Log(Raised(prediction));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction) => Vector<T>.One - target / Raised(prediction);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<T> Raised(Vector<T> prediction) => prediction + new Vector<T>(T.CreateTruncating(Epsilon));
    }
}
