using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Adam with Nesterov's momentum (Dozat, 2016), with Keras 3's formulas.</summary>
/// <remarks>
/// At step t, from 1: u(t) = b1 (1 - 0.96^t / 2), p(t) the product of all u up to t; m and v as in <see cref="Adam"/>; then
/// w -= lr (u(t+1) m / (1 - p(t) u(t+1)) + (1 - u(t)) g / (1 - p(t))) / (sqrt(v / (1 - b2^t)) + epsilon).
/// </remarks>
public sealed class Nadam : MomentOptimizer
{
    /// <inheritdoc/>
    public override OptimizerState<T> CreateState<T>(ModelInfo info) => new State<T>(this, info);

    private sealed class State<T>(Nadam settings, ModelInfo info) : FormulaState<T, Update<T>>(settings, info, "momentum", "velocity")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Running products, never a power function: the same bits on every machine.
        private double _decay = 1;
        private double _product = 1;
        private double _beta2Power = 1;

        protected override void ResetStep() => _decay = _product = _beta2Power = 1;

        protected override Update<T> CreateFormula(double learningRate)
        {
            _decay *= 0.96;
            double u = settings.Beta1 * (1 - 0.5 * _decay);
            double next = settings.Beta1 * (1 - 0.5 * 0.96 * _decay);
            _product *= u;
            _beta2Power *= settings.Beta2;
            return new Update<T>(
                T.CreateTruncating(learningRate * next / (1 - _product * next)),
                T.CreateTruncating(learningRate * (1 - u) / (1 - _product)),
                T.CreateTruncating(1 / (1 - _beta2Power)),
                T.CreateTruncating(1 - settings.Beta1),
                T.CreateTruncating(1 - settings.Beta2),
                T.CreateTruncating(settings.Epsilon));
        }

        protected override void Checkpoint(CheckpointPart part)
        {
            part.Keep("decay", ref _decay);
            part.Keep("u_product", ref _product);
            part.Keep("beta_2_power", ref _beta2Power);
        }
    }

    private readonly struct Update<T>(T momentRate, T gradientRate, T correction, T gain1, T gain2, T epsilon) : Elementwise.IUpdate<T>
    {
        private readonly Vector<T> _momentRate = new(momentRate);
        private readonly Vector<T> _gradientRate = new(gradientRate);
        private readonly Vector<T> _correction = new(correction);
        private readonly Vector<T> _gain1 = new(gain1);
        private readonly Vector<T> _gain2 = new(gain2);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int Slots => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> m, ref Vector<T> v, ref Vector<T> slot2)
        {
            m += (g - m) * _gain1;
            v += (g * g - v) * _gain2;
            w -= (m * _momentRate + g * _gradientRate) / (Vector.SquareRoot(v * _correction) + _epsilon);
        }
    }
}
