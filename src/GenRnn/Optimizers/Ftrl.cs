using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Follow the regularised leader (McMahan et al., 2013): Keras' <c>Ftrl</c>. With <see cref="L1"/> it drives weights to 0 exactly.</summary>
/// <remarks>
/// With p = -<see cref="LearningRatePower"/>: n' = n + g^2; z += g + 2 shrinkage w - (n'^p - n^p) w / lr;
/// w = (clip(z, -L1, L1) - z) / (n'^p / lr + 2 (L2 + beta / (2 lr))); n = n'.
/// </remarks>
public sealed class Ftrl : Optimizer
{
    /// <summary>Learning rate 0.001.</summary>
    public Ftrl()
        : base(0.001)
    {
    }

    /// <summary>How the rate falls with the sum of squared gradients, at most 0: -0.5 unless set; 0 is a rate that stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is positive, infinite or not a number.</exception>
    public double LearningRatePower
    {
        get;
        init => field = InRange(value, double.MinValue, 0, maximumIsAllowed: true, nameof(LearningRatePower));
    } = -0.5;

    /// <summary>Where the sums of squared gradients start: 0.1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double InitialAccumulatorValue
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(InitialAccumulatorValue));
    } = 0.1;

    /// <summary>Keras' <c>l1_regularization_strength</c>: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double L1
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(L1));
    }

    /// <summary>Keras' <c>l2_regularization_strength</c>: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double L2
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(L2));
    }

    /// <summary>Keras' <c>l2_shrinkage_regularization_strength</c>: a penalty on the size of weights that, unlike <see cref="L2"/>, is added to gradients. 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double L2Shrinkage
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(L2Shrinkage));
    }

    /// <summary>The paper's beta: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Beta
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(Beta));
    }

    private protected override string Settings => FormattableString.Invariant($"LearningRatePower = {LearningRatePower}, InitialAccumulatorValue = {InitialAccumulatorValue}, L1 = {L1}, L2 = {L2}, L2Shrinkage = {L2Shrinkage}, Beta = {Beta}");

    /// <inheritdoc/>
    public override OptimizerState<T> CreateState<T>(ModelInfo info) =>
        LearningRatePower == -0.5 ? new State<T, Yes>(this, info) : new State<T, No>(this, info);

    private sealed class State<T, TRoot> : FormulaState<T, Update<T, TRoot>>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRoot : struct, IChoice
    {
        private readonly Ftrl _settings;

        public State(Ftrl settings, ModelInfo info)
            : base(settings, info, "accumulator", "linear")
        {
            _settings = settings;
            FillSlot(0, T.CreateTruncating(settings.InitialAccumulatorValue));
        }

        protected override Update<T, TRoot> CreateFormula(double learningRate) => new(
            T.CreateTruncating(-_settings.LearningRatePower),
            T.CreateTruncating(2 * _settings.L2Shrinkage),
            T.CreateTruncating(1 / learningRate),
            T.CreateTruncating(_settings.L1),
            T.CreateTruncating(2 * (_settings.L2 + _settings.Beta / (2 * learningRate))));
    }

    private readonly struct Update<T, TRoot>(T power, T shrinkage, T inverseRate, T l1, T added) : Elementwise.IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRoot : struct, IChoice
    {
        private readonly Vector<T> _power = new(power);
        private readonly Vector<T> _shrinkage = new(shrinkage);
        private readonly Vector<T> _inverseRate = new(inverseRate);
        private readonly Vector<T> _l1 = new(l1);
        private readonly Vector<T> _added = new(added);

        public static int Slots => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> g, ref Vector<T> w, ref Vector<T> sum, ref Vector<T> linear, ref Vector<T> slot2)
        {
            Vector<T> before = Power(sum);
            sum += g * g;
            Vector<T> after = Power(sum);
            linear += g + w * _shrinkage - (after - before) * _inverseRate * w;
            w = (Functions.Clip(linear, -_l1, _l1) - linear) / (after * _inverseRate + _added);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector<T> Power(Vector<T> x) => TRoot.IsTaken ? Vector.SquareRoot(x) : Functions.Exp(Functions.Log(x) * _power);
    }
}
