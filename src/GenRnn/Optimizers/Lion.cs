using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Steps of one size by the sign of a moment (Chen et al., 2023): Keras' <c>Lion</c>.</summary>
/// <remarks>w -= lr sign(b1 m + (1 - b1) g), then m = b2 m + (1 - b2) g.</remarks>
public sealed class Lion : Optimizer
{
    /// <summary>Learning rate 0.001.</summary>
    public Lion()
        : base(0.001)
    {
    }

    /// <summary>How much of the moment decides the step, in (0, 1]: 0.9 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public double Beta1
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: true, nameof(Beta1));
    } = 0.9;

    /// <summary>Decay of the moment, in [0, 1]: 0.99 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public double Beta2
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: true, nameof(Beta2));
    } = 0.99;

    private protected override string Settings => FormattableString.Invariant($"Beta1 = {Beta1}, Beta2 = {Beta2}");

    /// <inheritdoc/>
    public override OptimizerState<T> CreateState<T>(ModelInfo info) => new State<T>(this, info);

    private sealed class State<T>(Lion settings, ModelInfo info) : FormulaState<T, Update<T>>(settings, info, "momentum")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override Update<T> CreateFormula(double learningRate) => new(
            T.CreateTruncating(learningRate),
            T.CreateTruncating(settings.Beta1),
            T.CreateTruncating(1 - settings.Beta1),
            T.CreateTruncating(settings.Beta2),
            T.CreateTruncating(1 - settings.Beta2));
    }

    private readonly struct Update<T>(T rate, T kept1, T gain1, T kept2, T gain2) : Elementwise.IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _rate = new(rate);
        private readonly Vector<T> _kept1 = new(kept1);
        private readonly Vector<T> _gain1 = new(gain1);
        private readonly Vector<T> _kept2 = new(kept2);
        private readonly Vector<T> _gain2 = new(gain2);

        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> m, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            w -= Functions.Sign(m * _kept1 + g * _gain1) * _rate;
            m = m * _kept2 + g * _gain2;
        }
    }
}
