using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>
/// max(n - p + 1, 0), p the sum of target x prediction and n the largest (1 - target) x prediction: how far the right class is from leading by 1. Several that are the largest share the slope.
/// </summary>
internal sealed class CategoricalHingeLoss() : Loss("categorical_hinge")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        ElementwiseLoss.CheckLengths(Name, batch, gradients);
        return PositionLoss.Evaluate(batch, default(Margin<T>), gradients);
    }

    private readonly struct Margin<T> : PositionLoss.IFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Evaluate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> work, Span<T> gradients)
        {
            Elementwise.Zip(default(Meant<T>), targets, predictions, work);
            T meant = Lanes.Sum<T>(work);
            Elementwise.Zip(default(Other<T>), targets, predictions, work);
            T largest = T.NegativeInfinity;
            foreach (T other in work)
                largest = T.Max(largest, other);
            T margin = largest - meant + T.One;
            if (!gradients.IsEmpty)
                WriteSlope(targets, work, largest, margin, scale, gradients);
            return T.Max(margin, T.Zero);
        }

        // 0 where the right class leads by 1 or more, as with the other hinges.
        private static void WriteSlope(ReadOnlySpan<T> targets, ReadOnlySpan<T> others, T largest, T margin, T scale, Span<T> gradients)
        {
            if (!(margin > T.Zero))
            {
                gradients.Fill(T.IsNaN(margin) ? T.NaN : T.Zero);
                return;
            }

            int equals = 0;
            foreach (T other in others)
                equals += other == largest ? 1 : 0;
            T share = scale / T.CreateTruncating(equals);
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] = (others[i] == largest ? share * (T.One - targets[i]) : T.Zero) - scale * targets[i];
        }
    }

    private readonly struct Meant<T> : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction) => target * prediction;
    }

    private readonly struct Other<T> : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction) => (Vector<T>.One - target) * prediction;
    }
}
