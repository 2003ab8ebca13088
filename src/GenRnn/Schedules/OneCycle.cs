using System;

namespace GenRnn;

/// <summary>Up to a large rate and down to a tiny one (Smith and Topin, 2017): PyTorch's <c>OneCycleLR</c> with cosines and two phases.</summary>
/// <remarks>
/// From max / <see cref="DivFactor"/> at batch 0 to max at batch <see cref="PctStart"/> x total - 1, then to max / <see cref="DivFactor"/> / <see cref="FinalDivFactor"/> at batch total - 1,
/// each time along half a cosine; after it the last rate stays. PyTorch also cycles the momentum; here it is constant.
/// </remarks>
/// <param name="maxLearningRate">The largest rate.</param>
/// <param name="totalSteps">Batches of the whole training: epochs x batches an epoch.</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is negative or infinite, or there are no steps.</exception>
public sealed class OneCycle(double maxLearningRate, long totalSteps) : LearningRate
{
    private readonly double _max = Schedule.Amount(maxLearningRate);
    private readonly long _steps = Schedule.Steps(totalSteps);

    /// <summary>The share of the batches in which the rate rises, from 0 to 1: 0.3 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public double PctStart
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(PctStart), value, "PctStart lies between 0 and 1.");
    } = 0.3;

    /// <summary>The largest rate over the first: 25 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double DivFactor
    {
        get;
        init => field = Positive(value, nameof(DivFactor));
    } = 25;

    /// <summary>The first rate over the last: 10,000 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double FinalDivFactor
    {
        get;
        init => field = Positive(value, nameof(FinalDivFactor));
    } = 1e4;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"OneCycle({_max}, {_steps}) {{ PctStart = {PctStart}, DivFactor = {DivFactor}, FinalDivFactor = {FinalDivFactor} }}");

    /// <inheritdoc/>
    public override double At(long iteration)
    {
        double first = _max / DivFactor;
        double top = PctStart * _steps - 1;
        double step = long.Min(iteration, _steps - 1);
        return step <= top
            ? Between(first, _max, step, 0, top)
            : Between(_max, first / FinalDivFactor, step, top, _steps - 1);
    }

    private static double Between(double from, double to, double step, double start, double end)
    {
        double share = end > start ? (step - start) / (end - start) : 1;
        return to + (from - to) / 2 * (1 + Schedule.CosineOfPi(share));
    }

    private static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is positive and finite.");
}
