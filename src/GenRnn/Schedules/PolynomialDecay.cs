using System;

namespace GenRnn;

/// <summary>(lr - end)(1 - s / n)^power + end, and end from batch n on: Keras' <c>PolynomialDecay</c>. s counts batches, from 0.</summary>
/// <param name="initialLearningRate">The rate at the start, lr.</param>
/// <param name="decaySteps">After how many batches the end is reached, n.</param>
/// <exception cref="ArgumentOutOfRangeException">A rate is negative or infinite, or there are no steps.</exception>
public sealed class PolynomialDecay(double initialLearningRate, long decaySteps) : LearningRate
{
    private readonly double _initial = Schedule.Amount(initialLearningRate);
    private readonly long _steps = Schedule.Steps(decaySteps);

    /// <summary>The rate at the end: 0.0001 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double EndLearningRate
    {
        get;
        init => field = Schedule.Amount(value, nameof(EndLearningRate));
    } = 1e-4;

    /// <summary>1, the default, is a straight line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Exponent
    {
        get;
        init => field = Schedule.Amount(value, nameof(Exponent));
    } = 1;

    /// <summary>Whether n grows to the next multiple of it whenever the end is reached, so that the rate rises again.</summary>
    public bool Cycle { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"PolynomialDecay({_initial}, {_steps}) {{ EndLearningRate = {EndLearningRate}, Exponent = {Exponent}, Cycle = {Cycle} }}");

    /// <inheritdoc/>
    public override double At(long iteration)
    {
        long length = Cycle && iteration > 0 ? _steps * ((iteration + _steps - 1) / _steps) : _steps;
        double left = 1 - (double)long.Min(iteration, length) / length;
        return (_initial - EndLearningRate) * Power.Of(left, Exponent) + EndLearningRate;
    }
}
