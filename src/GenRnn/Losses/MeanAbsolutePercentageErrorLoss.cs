using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>100 |prediction - target| / max(|target|, 1e-7).</summary>
internal sealed class MeanAbsolutePercentageErrorLoss() : Loss("mean_absolute_percentage_error")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) => ElementwiseLoss.Evaluate(Name, batch, default(Percentage<T>), gradients);

    private readonly struct Percentage<T> : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction) => Factor(target) * Functions.Abs(prediction - target);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction) => Factor(target) * Functions.Sign(prediction - target);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<T> Factor(Vector<T> target) =>
            new Vector<T>(T.CreateTruncating(100)) / Functions.AtLeast(Functions.Abs(target), new Vector<T>(T.CreateTruncating(Epsilon)));
    }
}
