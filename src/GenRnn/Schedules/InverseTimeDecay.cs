using System;

namespace GenRnn;

/// <summary>lr / (1 + r s / n): Keras' <c>InverseTimeDecay</c>. s counts batches, from 0.</summary>
/// <param name="initialLearningRate">The rate at the start, lr.</param>
/// <param name="decaySteps">The unit of time in batches, n.</param>
/// <param name="decayRate">How fast the rate falls, r.</param>
/// <exception cref="ArgumentOutOfRangeException">A rate is negative or infinite, or there are no steps.</exception>
public sealed class InverseTimeDecay(double initialLearningRate, long decaySteps, double decayRate) : LearningRate
{
    private readonly double _initial = Schedule.Amount(initialLearningRate);
    private readonly long _steps = Schedule.Steps(decaySteps);
    private readonly double _rate = Schedule.Amount(decayRate);

    /// <summary>Whether the rate falls in jumps: s / n is rounded down.</summary>
    public bool Staircase { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"InverseTimeDecay({_initial}, {_steps}, {_rate}) {{ Staircase = {Staircase} }}");

    /// <inheritdoc/>
    public override double At(long iteration) => _initial / (1 + _rate * (Staircase ? iteration / _steps : (double)iteration / _steps));
}
