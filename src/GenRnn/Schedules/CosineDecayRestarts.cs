using System;

namespace GenRnn;

/// <summary>A cosine that starts again whenever it has come down (Loshchilov and Hutter, 2016): Keras' <c>CosineDecayRestarts</c>.</summary>
/// <remarks>In cycle i, from 0, with u from 0 to 1 in it: lr ((1 - alpha) m^i (1 + cos(pi u)) / 2 + alpha). A cycle is <see cref="CycleFactor"/> times as long as the one before.</remarks>
/// <param name="initialLearningRate">The rate at the start, lr.</param>
/// <param name="firstDecaySteps">Batches of the first cycle.</param>
/// <exception cref="ArgumentOutOfRangeException">A rate is negative or infinite, or there are no steps.</exception>
public sealed class CosineDecayRestarts(double initialLearningRate, long firstDecaySteps) : LearningRate
{
    private readonly double _initial = Schedule.Amount(initialLearningRate);
    private readonly long _steps = Schedule.Steps(firstDecaySteps);

    /// <summary>How much longer each cycle is than the one before, at least 1: 2 unless set. Keras' <c>t_mul</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1, infinite or not a number.</exception>
    public double CycleFactor
    {
        get;
        init => field = value >= 1 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(CycleFactor), value, "CycleFactor is finite and at least 1.");
    } = 2;

    /// <summary>How much higher or lower each cycle starts than the one before: 1 unless set. Keras' <c>m_mul</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double RateFactor
    {
        get;
        init => field = Schedule.Amount(value, nameof(RateFactor));
    } = 1;

    /// <summary>The share of the rate that is left at the end of a cycle: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Alpha
    {
        get;
        init => field = Schedule.Amount(value, nameof(Alpha));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"CosineDecayRestarts({_initial}, {_steps}) {{ CycleFactor = {CycleFactor}, RateFactor = {RateFactor}, Alpha = {Alpha} }}");

    /// <inheritdoc/>
    public override double At(long iteration)
    {
        // Sums, not logarithms: a cycle starts at the batch that it starts at.
        double start = 0, length = _steps, height = 1;
        if (CycleFactor == 1)
        {
            long cycle = iteration / _steps;
            start = (double)cycle * _steps;
            height = Power.Of(RateFactor, cycle);
        }
        else
        {
            while (iteration >= start + length)
            {
                start += length;
                length *= CycleFactor;
                height *= RateFactor;
            }
        }

        double share = 0.5 * height * (1 + Schedule.CosineOfPi((iteration - start) / length));
        return _initial * ((1 - Alpha) * share + Alpha);
    }
}
