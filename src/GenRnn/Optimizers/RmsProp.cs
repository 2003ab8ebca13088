using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Gradient descent by the size of recent gradients (Hinton, 2012): Keras' <c>RMSprop</c>.</summary>
/// <remarks>
/// v = rho v + (1 - rho) g^2, the step is lr g / sqrt(v + epsilon). <see cref="Centered"/>, the square of a running mean of g is taken from v first. With <see cref="Momentum"/>
/// m = momentum m + step and w -= m, else w -= step.
/// </remarks>
public sealed class RmsProp : Optimizer
{
    /// <summary>Learning rate 0.001, no momentum.</summary>
    public RmsProp()
        : base(0.001)
    {
    }

    /// <summary>Decay of the mean of squared gradients, in [0, 1]: 0.9 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public double Rho
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: true, nameof(Rho));
    } = 0.9;

    /// <summary>Momentum, 0 to 1; 0, the default, keeps no moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public double Momentum
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: true, nameof(Momentum));
    }

    /// <summary>What keeps the divisor from zero, inside of the root: 1e-7 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Epsilon
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(Epsilon));
    } = 1e-7;

    /// <summary>Whether to divide by the variance of the gradients rather than their mean square.</summary>
    public bool Centered { get; init; }

    private protected override string Settings => FormattableString.Invariant($"Rho = {Rho}, Momentum = {Momentum}, Epsilon = {Epsilon}, Centered = {Centered}");

    /// <inheritdoc/>
    public override OptimizerState<T> CreateState<T>(ModelInfo info) => (Momentum > 0, Centered) switch
    {
        (false, false) => new State<T, No, No>(this, info, "velocity"),
        (true, false) => new State<T, Yes, No>(this, info, "velocity", "momentum"),
        (false, true) => new State<T, No, Yes>(this, info, "velocity", "average_gradient"),
        (true, true) => new State<T, Yes, Yes>(this, info, "velocity", "momentum", "average_gradient"),
    };

    private sealed class State<T, TMomentum, TCentered>(RmsProp settings, ModelInfo info, params string[] slots) : FormulaState<T, Update<T, TMomentum, TCentered>>(settings, info, slots)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TMomentum : struct, IChoice
        where TCentered : struct, IChoice
    {
        protected override Update<T, TMomentum, TCentered> CreateFormula(double learningRate) => new(
            T.CreateTruncating(learningRate), T.CreateTruncating(settings.Rho), T.CreateTruncating(1 - settings.Rho), T.CreateTruncating(settings.Momentum), T.CreateTruncating(settings.Epsilon));
    }

    private readonly struct Update<T, TMomentum, TCentered>(T rate, T kept, T gain, T momentum, T epsilon) : Elementwise.IUpdate<T>
        where TMomentum : struct, IChoice
        where TCentered : struct, IChoice
    {
        private readonly Vector<T> _rate = new(rate);
        private readonly Vector<T> _kept = new(kept);
        private readonly Vector<T> _gain = new(gain);
        private readonly Vector<T> _momentum = new(momentum);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int Slots => 1 + (TMomentum.IsTaken ? 1 : 0) + (TCentered.IsTaken ? 1 : 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> v, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            v = v * _kept + g * g * _gain;
            Vector<T> size = v;
            if (TCentered.IsTaken)
            {
                ref Vector<T> mean = ref TMomentum.IsTaken ? ref slot2 : ref slot1;
                mean = mean * _kept + g * _gain;
                size -= mean * mean;
            }

            Vector<T> step = g * _rate / Vector.SquareRoot(size + _epsilon);
            if (TMomentum.IsTaken)
                step = slot1 = slot1 * _momentum + step;
            w -= step;
        }
    }
}
