using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>(ln(prediction + 1) - ln(target + 1))^2, both at least 1e-7 before.</summary>
internal sealed class MeanSquaredLogarithmicErrorLoss() : Loss("mean_squared_logarithmic_error")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) => ElementwiseLoss.Evaluate(Name, batch, default(Square<T>), gradients);

    private readonly struct Square<T> : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static Vector<T> Least => new(T.CreateTruncating(Epsilon));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = Log(prediction) - Log(target);
            return error * error;
        }

        // What is raised to the least value has no slope.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            Vector<T> error = Log(prediction) - Log(target);
            return Vector.ConditionalSelect(Vector.LessThan(prediction, Least), Vector<T>.Zero, (error + error) / (prediction + Vector<T>.One));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<T> Log(Vector<T> x) => Functions.Log1p(Functions.AtLeast(x, Least));
    }
}
