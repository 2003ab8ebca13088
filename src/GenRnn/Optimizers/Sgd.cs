using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Gradient descent, with momentum if asked for: Keras' <c>SGD</c>.</summary>
/// <remarks>
/// Without momentum w -= lr g. With it m = momentum m - lr g, then w += m, or w += momentum m - lr g with
/// <see cref="Nesterov"/>. The moment of Keras' file format is called <c>momentum</c>.
/// </remarks>
public sealed class Sgd : Optimizer
{
    /// <summary>Learning rate 0.01, no momentum.</summary>
    public Sgd()
        : base(0.01)
    {
    }

    /// <summary>Momentum, 0 to 1; 0, the default, keeps no moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public double Momentum
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: true, nameof(Momentum));
    }

    /// <summary>Nesterov's momentum: the step looks ahead along the moment. Without effect if <see cref="Momentum"/> is 0.</summary>
    public bool Nesterov { get; init; }

    private protected override string Settings => FormattableString.Invariant($"Momentum = {Momentum}, Nesterov = {Nesterov}");

    /// <inheritdoc/>
    public override OptimizerState<T> CreateState<T>(ModelInfo info) =>
        Momentum == 0 ? new PlainState<T>(this, info)
        : Nesterov ? new MomentumState<T, Yes>(this, info)
        : new MomentumState<T, No>(this, info);

    private sealed class PlainState<T>(Sgd settings, ModelInfo info) : FormulaState<T, Plain<T>>(settings, info)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override Plain<T> CreateFormula(double learningRate) => new(T.CreateTruncating(learningRate));
    }

    private sealed class MomentumState<T, TNesterov>(Sgd settings, ModelInfo info) : FormulaState<T, Moment<T, TNesterov>>(settings, info, "momentum")
        where T : unmanaged, IFloatingPointIeee754<T>
        where TNesterov : struct, IChoice
    {
        private readonly T _momentum = T.CreateTruncating(settings.Momentum);

        protected override Moment<T, TNesterov> CreateFormula(double learningRate) => new(T.CreateTruncating(learningRate), _momentum);
    }

    private readonly struct Plain<T>(T learningRate) : Elementwise.IUpdate<T>
    {
        private readonly Vector<T> _rate = new(learningRate);

        public static int Slots => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2) =>
            w -= g * _rate;
    }

    private readonly struct Moment<T, TNesterov>(T learningRate, T momentum) : Elementwise.IUpdate<T>
        where TNesterov : struct, IChoice
    {
        private readonly Vector<T> _rate = new(learningRate);
        private readonly Vector<T> _momentum = new(momentum);

        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> m, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            Vector<T> step = g * _rate;
            m = m * _momentum - step;
            w += TNesterov.IsTaken ? m * _momentum - step : m;
        }
    }
}
