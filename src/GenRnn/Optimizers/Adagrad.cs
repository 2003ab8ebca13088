using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Gradient descent by the size of all gradients so far (Duchi et al., 2011): Keras' <c>Adagrad</c>.</summary>
/// <remarks>a += g^2; w -= lr g / sqrt(a + epsilon).</remarks>
public sealed class Adagrad : Optimizer
{
    /// <summary>Learning rate 0.001.</summary>
    public Adagrad()
        : base(0.001)
    {
    }

    /// <summary>Where the sums of squared gradients start: 0.1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double InitialAccumulatorValue
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(InitialAccumulatorValue));
    } = 0.1;

    /// <summary>What keeps the divisor from zero, inside of the root: 1e-7 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Epsilon
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(Epsilon));
    } = 1e-7;

    private protected override string Settings => FormattableString.Invariant($"InitialAccumulatorValue = {InitialAccumulatorValue}, Epsilon = {Epsilon}");

    /// <inheritdoc/>
    public override OptimizerState<T> CreateState<T>(ModelInfo info) => new State<T>(this, info);

    private sealed class State<T> : FormulaState<T, Update<T>>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T _epsilon;

        public State(Adagrad settings, ModelInfo info)
            : base(settings, info, "accumulator")
        {
            _epsilon = T.CreateTruncating(settings.Epsilon);
            FillSlot(0, T.CreateTruncating(settings.InitialAccumulatorValue));
        }

        protected override Update<T> CreateFormula(double learningRate) => new(T.CreateTruncating(learningRate), _epsilon);
    }

    private readonly struct Update<T>(T rate, T epsilon) : Elementwise.IUpdate<T>
    {
        private readonly Vector<T> _rate = new(rate);
        private readonly Vector<T> _epsilon = new(epsilon);

        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> sum, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            sum += g * g;
            w -= g * _rate / Vector.SquareRoot(sum + _epsilon);
        }
    }
}
