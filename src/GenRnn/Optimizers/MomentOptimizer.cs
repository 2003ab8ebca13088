using System;

namespace GenRnn;

/// <summary>What <see cref="Adam"/> and its kin have in common: two moments of the gradients, each a mean that forgets.</summary>
public abstract class MomentOptimizer : Optimizer
{
    private protected MomentOptimizer()
        : base(0.001)
    {
    }

    /// <summary>Decay of the first moment, in [0, 1): 0.9 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1).</exception>
    public double Beta1
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: false, nameof(Beta1));
    } = 0.9;

    /// <summary>Decay of the second moment, or what takes its place, in [0, 1): 0.999 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1).</exception>
    public double Beta2
    {
        get;
        init => field = InRange(value, 0, 1, maximumIsAllowed: false, nameof(Beta2));
    } = 0.999;

    /// <summary>What keeps the divisor from zero: 1e-7 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Epsilon
    {
        get;
        init => field = InRange(value, 0, double.MaxValue, maximumIsAllowed: true, nameof(Epsilon));
    } = 1e-7;

    private protected override string Settings => FormattableString.Invariant($"Beta1 = {Beta1}, Beta2 = {Beta2}, Epsilon = {Epsilon}");
}
