using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>max(1 - target x prediction, 0), or its square, for targets of -1 and 1. A batch whose targets are all 0 or 1 means -1 for 0.</summary>
internal sealed class HingeLoss(bool isSquared) : Loss(isSquared ? "squared_hinge" : "hinge")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        bool isBinary = IsBinary(batch);
        return isSquared
            ? ElementwiseLoss.Evaluate(Name, batch, new SquaredMargin<T>(isBinary), gradients)
            : ElementwiseLoss.Evaluate(Name, batch, new Margin<T>(isBinary), gradients);
    }

    private static bool IsBinary<T>(in PredictionBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = batch.Targets.Length / batch.Positions;
        for (int i = 0; i < batch.Targets.Length; i++)
        {
            T target = batch.Targets[i];
            if (target != T.Zero && target != T.One && batch.Counts(i / length))
                return false;
        }

        return true;
    }

    private readonly struct Margin<T>(bool isBinary) : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Sign(Vector<T> target) => isBinary ? target + target - Vector<T>.One : target;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction) =>
            Functions.AtLeast(Vector<T>.One - Sign(target) * prediction, Vector<T>.Zero);

        // 0 where the margin is kept, and at the edge; NaN passes.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> y = Sign(target);
            Vector<T> margin = Vector<T>.One - y * prediction;
            Vector<T> notMissed = Vector.ConditionalSelect(Vector.LessThanOrEqual(margin, Vector<T>.Zero), Vector<T>.Zero, margin);
            return Vector.ConditionalSelect(Vector.GreaterThan(margin, Vector<T>.Zero), -y, notMissed);
        }
    }

    private readonly struct SquaredMargin<T>(bool isBinary) : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Margin<T> _margin = new(isBinary);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> margin = _margin.Value(target, prediction);
            return margin * margin;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> margin = _margin.Value(target, prediction);
            return -_margin.Sign(target) * (margin + margin);
        }
    }
}
