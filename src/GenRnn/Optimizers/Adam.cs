using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Adam (Kingma and Ba, 2014), with Keras 3's formulas.</summary>
/// <remarks>
/// At step t, from 1: m += (1 - b1)(g - m); v += (1 - b2)(g g - v); w -= a m / (sqrt(v) + epsilon) with
/// a = lr sqrt(1 - b2^t) / (1 - b1^t), where b1 and b2 are rounded to float32 as in Keras. Epsilon stands outside the bias
/// correction, unlike PyTorch's. With <see cref="AmsGrad"/> the largest v so far takes v's place in the last formula.
/// </remarks>
public class Adam : MomentOptimizer
{
    /// <summary>Whether to divide by the largest second moment so far (Reddi et al., 2018).</summary>
    public bool AmsGrad { get; init; }

    private protected sealed override string Settings => $"{base.Settings}, AmsGrad = {AmsGrad}";

    /// <inheritdoc/>
    public sealed override OptimizerState<T> CreateState<T>(ModelInfo info) =>
        AmsGrad
            ? new State<T, AmsGradUpdate<T>>(this, info, "momentum", "velocity", "velocity_hat")
            : new State<T, AdamUpdate<T>>(this, info, "momentum", "velocity");

    private sealed class State<T, TUpdate>(Adam settings, ModelInfo info, params string[] slots) : FormulaState<T, TUpdate>(settings, info, slots)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TUpdate : struct, Elementwise.IUpdate<T>, IAdamFormula<T, TUpdate>
    {
        // Running products, never a power function: the same bits on every machine. The bias correction takes the betas as
        // float32, whatever the model's type, because Keras does (it casts them through float32): 1 - 0.999f is 1.3e-5 off
        // 0.001, which is seen in Keras' trajectories even in float64.
        private double _beta1Power = 1;
        private double _beta2Power = 1;

        protected override void ResetStep() => _beta1Power = _beta2Power = 1;

        protected override TUpdate CreateFormula(double learningRate)
        {
            _beta1Power *= (float)settings.Beta1;
            _beta2Power *= (float)settings.Beta2;
            return TUpdate.Create(
                T.CreateTruncating(learningRate * double.Sqrt(1 - _beta2Power) / (1 - _beta1Power)),
                T.CreateTruncating(1 - settings.Beta1),
                T.CreateTruncating(1 - settings.Beta2),
                T.CreateTruncating(settings.Epsilon));
        }

        protected override void Checkpoint(CheckpointPart part)
        {
            part.Keep("beta_1_power", ref _beta1Power);
            part.Keep("beta_2_power", ref _beta2Power);
        }
    }

    private interface IAdamFormula<T, TSelf>
    {
        static abstract TSelf Create(T rate, T gain1, T gain2, T epsilon);
    }

    private readonly struct AdamUpdate<T>(T rate, T gain1, T gain2, T epsilon) : Elementwise.IUpdate<T>, IAdamFormula<T, AdamUpdate<T>>
    {
        private readonly Vector<T> _rate = new(rate);
        private readonly Vector<T> _gain1 = new(gain1);
        private readonly Vector<T> _gain2 = new(gain2);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int Slots => 2;

        public static AdamUpdate<T> Create(T rate, T gain1, T gain2, T epsilon) => new(rate, gain1, gain2, epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> m, ref Vector<T> v, ref Vector<T> slot2)
        {
            m += (g - m) * _gain1;
            v += (g * g - v) * _gain2;
            w -= m * _rate / (Vector.SquareRoot(v) + _epsilon);
        }
    }

    private readonly struct AmsGradUpdate<T>(T rate, T gain1, T gain2, T epsilon) : Elementwise.IUpdate<T>, IAdamFormula<T, AmsGradUpdate<T>>
    {
        private readonly Vector<T> _rate = new(rate);
        private readonly Vector<T> _gain1 = new(gain1);
        private readonly Vector<T> _gain2 = new(gain2);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int Slots => 3;

        public static AmsGradUpdate<T> Create(T rate, T gain1, T gain2, T epsilon) => new(rate, gain1, gain2, epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> m, ref Vector<T> v, ref Vector<T> largest)
        {
            m += (g - m) * _gain1;
            v += (g * g - v) * _gain2;
            // The compare is false when either is NaN: a NaN in v is taken, and one in largest stays.
            Vector<T> keep = Vector.GreaterThanOrEqual(largest, v) | ~Vector.Equals(largest, largest);
            largest = Vector.ConditionalSelect(keep, largest, v);
            w -= m * _rate / (Vector.SquareRoot(largest) + _epsilon);
        }
    }
}
