using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Steps of the size of recent steps over that of recent gradients (Zeiler, 2012): Keras' <c>Adadelta</c>.</summary>
/// <remarks>
/// a = rho a + (1 - rho) g^2; the step is g sqrt(d + epsilon) / sqrt(a + epsilon); d = rho d + (1 - rho) step^2; w -= lr step. The paper's form has a learning rate of 1.
/// </remarks>
public sealed class Adadelta : Optimizer
{
    /// <summary>Learning rate 0.001.</summary>
    public Adadelta()
        : base(0.001)
    {
    }

    /// <summary>Decay of both means of squares, in [0, 1]: 0.95 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public double Rho
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: true, nameof(Rho));
    } = 0.95;

    /// <summary>What keeps both roots from zero: 1e-7 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Epsilon
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(Epsilon));
    } = 1e-7;

    private protected override string Settings => FormattableString.Invariant($"Rho = {Rho}, Epsilon = {Epsilon}");

    /// <inheritdoc/>
    public override OptimizerState<T> CreateState<T>(ModelInfo info) => new State<T>(this, info);

    private sealed class State<T>(Adadelta settings, ModelInfo info) : FormulaState<T, Update<T>>(settings, info, "accumulated_grad", "accumulated_delta_var")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override Update<T> CreateFormula(double learningRate) => new(
            T.CreateTruncating(learningRate), T.CreateTruncating(settings.Rho), T.CreateTruncating(1 - settings.Rho), T.CreateTruncating(settings.Epsilon));
    }

    private readonly struct Update<T>(T rate, T kept, T gain, T epsilon) : Elementwise.IUpdate<T>
    {
        private readonly Vector<T> _rate = new(rate);
        private readonly Vector<T> _kept = new(kept);
        private readonly Vector<T> _gain = new(gain);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int Slots => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> ofGradients, ref Vector<T> ofSteps, ref Vector<T> slot2)
        {
            ofGradients = ofGradients * _kept + g * g * _gain;
            Vector<T> step = g * Vector.SquareRoot(ofSteps + _epsilon) / Vector.SquareRoot(ofGradients + _epsilon);
            ofSteps = ofSteps * _kept + step * step * _gain;
            w -= step * _rate;
        }
    }
}
