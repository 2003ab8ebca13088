using System;

namespace GenRnn;

/// <summary>lr ((1 - alpha)(1 + cos(pi s / n)) / 2 + alpha), and lr alpha from batch n on: Keras' <c>CosineDecay</c>. s counts batches, from 0.</summary>
/// <remarks>With <see cref="WarmupTarget"/> the rate first goes in a straight line from lr to the target, and the cosine begins there and then.</remarks>
/// <param name="initialLearningRate">The rate at the start, lr.</param>
/// <param name="decaySteps">Batches of the cosine, n.</param>
/// <exception cref="ArgumentOutOfRangeException">A rate is negative or infinite, or there are no steps.</exception>
public sealed class CosineDecay(double initialLearningRate, long decaySteps) : LearningRate
{
    private readonly double _initial = Schedule.Amount(initialLearningRate);
    private readonly long _steps = Schedule.Steps(decaySteps);

    /// <summary>The share of the rate that is left at the end: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Alpha
    {
        get;
        init => field = Schedule.Amount(value, nameof(Alpha));
    }

    /// <summary>The rate at the end of the warm-up; null, the default, for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double? WarmupTarget
    {
        get;
        init => field = value is { } target ? Schedule.Amount(target, nameof(WarmupTarget)) : null;
    }

    /// <summary>Batches of the warm-up: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public long WarmupSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(WarmupSteps));
            field = value;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"CosineDecay({_initial}, {_steps}) {{ Alpha = {Alpha}, WarmupTarget = {WarmupTarget}, WarmupSteps = {WarmupSteps} }}");

    /// <inheritdoc/>
    public override double At(long iteration)
    {
        if (WarmupTarget is not { } target)
            return Cosine(iteration, _initial);
        return iteration < WarmupSteps
            ? (target - _initial) * ((double)iteration / WarmupSteps) + _initial
            : Cosine(iteration - WarmupSteps, target);
    }

    private double Cosine(long step, double from)
    {
        double share = 0.5 * (1 + Schedule.CosineOfPi((double)long.Min(step, _steps) / _steps));
        return from * ((1 - Alpha) * share + Alpha);
    }
}
