using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>200 |prediction - target| / max(|target| + |prediction|, 1e-7).</summary>
internal sealed class SymmetricPercentageErrorLoss() : Loss("symmetric_mean_absolute_percentage_error")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, System.Span<T> gradients) => ElementwiseLoss.Evaluate(Name, batch, default(Percentage<T>), gradients);

    private readonly struct Percentage<T> : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static Vector<T> Factor => new(T.CreateTruncating(200));

        private static Vector<T> Least => new(T.CreateTruncating(Epsilon));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction) => Factor * (Functions.Abs(prediction - target) / Functions.AtLeast(Size(target, prediction), Least));

        // (sign(e) d - |e| sign(p)) / d^2, d = |y| + |p|; what is raised to the least value does not depend on the prediction.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = prediction - target;
            Vector<T> size = Size(target, prediction);
            Vector<T> divisor = Functions.AtLeast(size, Least);
            Vector<T> ofSize = Vector.ConditionalSelect(Vector.LessThan(size, Least), Vector<T>.Zero, Functions.Abs(error) / divisor * Functions.Sign(prediction));
            return Factor * ((Functions.Sign(error) - ofSize) / divisor);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<T> Size(Vector<T> target, Vector<T> prediction) => Functions.Abs(target) + Functions.Abs(prediction);
    }
}
