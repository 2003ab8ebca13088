using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>
/// Minus the cosine of the angle between target and prediction: -1 where they point the same way. A vector shorter than 1e-7 is divided by that
/// instead of its length.
/// </summary>
internal sealed class CosineSimilarityLoss() : Loss("cosine_similarity")
{
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        ElementwiseLoss.CheckLengths(Name, batch, gradients);
        return PositionLoss.Evaluate(batch, default(Angle<T>), gradients);
    }

    private readonly struct Angle<T> : PositionLoss.IFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Evaluate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> work, Span<T> gradients)
        {
            T least = T.CreateTruncating(Epsilon);
            targets.CopyTo(work);
            T targetNorm = AtLeast(Lanes.Norm<T>(work), least);
            predictions.CopyTo(work);
            T norm = Lanes.Norm<T>(work);
            T predictionNorm = AtLeast(norm, least);
            Elementwise.Zip(new Product<T>(targetNorm, predictionNorm), targets, predictions, work);
            T cosine = Lanes.Sum<T>(work);
            if (!gradients.IsEmpty)
            {
                // A length that was raised to the least one does not depend on the prediction.
                T shortening = norm > least ? cosine : T.Zero;
                Elementwise.Zip(new Slope<T>(targetNorm, predictionNorm, shortening, scale), targets, predictions, gradients);
            }

            return -cosine;
        }

        // NaN passes.
        private static T AtLeast(T x, T least) => x < least ? least : x;
    }

    private readonly struct Product<T>(T targetNorm, T predictionNorm) : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction) =>
            target / new Vector<T>(targetNorm) * (prediction / new Vector<T>(predictionNorm));
    }

    private readonly struct Slope<T>(T targetNorm, T predictionNorm, T shortening, T scale) : Elementwise.IZip<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> target, Vector<T> prediction)
        {
            var norm = new Vector<T>(predictionNorm);
            return new Vector<T>(scale) * ((prediction / norm * new Vector<T>(shortening) - target / new Vector<T>(targetNorm)) / norm);
        }
    }
}
