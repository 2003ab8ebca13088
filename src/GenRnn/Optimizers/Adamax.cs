using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Adam with the largest gradient in place of the second moment (Kingma and Ba, 2014): Keras' <c>Adamax</c>.</summary>
/// <remarks>m += (1 - b1)(g - m); u = max(b2 u, |g|); w -= lr m / ((1 - b1^t)(u + epsilon)), b1 in the correction rounded to float32 as in Keras.</remarks>
public sealed class Adamax : MomentOptimizer
{
    /// <inheritdoc/>
    public override OptimizerState<T> CreateState<T>(ModelInfo info) => new State<T>(this, info);

    private sealed class State<T>(Adamax settings, ModelInfo info) : FormulaState<T, Update<T>>(settings, info, "momentum", "norm")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private double _beta1Power = 1;

        protected override void ResetStep() => _beta1Power = 1;

        protected override Update<T> CreateFormula(double learningRate)
        {
            _beta1Power *= (float)settings.Beta1;
            return new Update<T>(
                T.CreateTruncating(learningRate / (1 - _beta1Power)), T.CreateTruncating(1 - settings.Beta1), T.CreateTruncating(settings.Beta2), T.CreateTruncating(settings.Epsilon));
        }

        protected override void Checkpoint(CheckpointPart part) => part.Keep("beta_1_power", ref _beta1Power);
    }

    private readonly struct Update<T>(T rate, T gain1, T kept, T epsilon) : Elementwise.IUpdate<T>
        where T : unmanaged
    {
        private readonly Vector<T> _rate = new(rate);
        private readonly Vector<T> _gain1 = new(gain1);
        private readonly Vector<T> _kept = new(kept);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int Slots => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> m, ref Vector<T> largest, ref Vector<T> slot2)
        {
            m += (g - m) * _gain1;
            Vector<T> before = largest * _kept;
            Vector<T> size = Functions.Abs(g);
            // The compare is false when either is NaN: one in the gradient is taken, and one that was there stays.
            Vector<T> keep = Vector.GreaterThanOrEqual(before, size) | ~Vector.Equals(before, before);
            largest = Vector.ConditionalSelect(keep, before, size);
            w -= m * _rate / (largest + _epsilon);
        }
    }
}
