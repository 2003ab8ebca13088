using System;

namespace GenRnn;

/// <summary>lr r^(s / n): Keras' <c>ExponentialDecay</c>. s counts batches, from 0.</summary>
/// <param name="initialLearningRate">The rate at the start, lr.</param>
/// <param name="decaySteps">After how many batches the rate has fallen by the factor, n.</param>
/// <param name="decayRate">The factor, r.</param>
/// <exception cref="ArgumentOutOfRangeException">A rate is negative or infinite, or there are no steps.</exception>
public sealed class ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate) : LearningRate
{
    private readonly double _initial = Schedule.Amount(initialLearningRate);
    private readonly long _steps = Schedule.Steps(decaySteps);
    private readonly double _factor = Schedule.Amount(decayRate);

    /// <summary>Whether the rate falls in jumps: s / n is rounded down.</summary>
    public bool Staircase { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"ExponentialDecay({_initial}, {_steps}, {_factor}) {{ Staircase = {Staircase} }}");

    /// <inheritdoc/>
    public override double At(long iteration) => _initial * Power.Of(_factor, Staircase ? iteration / _steps : (double)iteration / _steps);
}
