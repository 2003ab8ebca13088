using System;

namespace GenRnn;

/// <summary>Lowers the learning rate when a result has not got better for some epochs: Keras' <c>ReduceLROnPlateau</c>.</summary>
/// <remarks>Each epoch's rate is reported as <c>learning_rate</c>, before it is lowered.</remarks>
public sealed class ReduceLROnPlateau : Callback
{
    private double _best;
    private int _wait;
    private int _cooldownLeft;

    /// <summary>The result that is watched: <c>val_loss</c> unless set.</summary>
    public string Monitor { get; init; } = "val_loss";

    /// <summary>What the rate is multiplied with, below 1: 0.1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public double Factor
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Factor), value, "Factor lies in [0, 1).");
    } = 0.1;

    /// <summary>Epochs without a better result after which the rate is lowered: 10 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Patience
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Patience), value, "Patience is not negative.");
    } = 10;

    /// <summary>Which way the result gets better.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>By how much a result must beat the best: 0.0001 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double MinDelta
    {
        get;
        init => field = Schedule.Amount(value, nameof(MinDelta));
    } = 1e-4;

    /// <summary>Epochs after a lowering in which nothing is counted: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Cooldown
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Cooldown), value, "Cooldown is not negative.");
    }

    /// <summary>Below this the rate does not fall: 0 unless set. Keras' <c>min_lr</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double MinLearningRate
    {
        get;
        init => field = Schedule.Amount(value, nameof(MinLearningRate));
    }

    private Monitored Monitored => new(Monitor, Mode);

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun training) => (_best, _wait, _cooldownLeft) = (Monitored.Worst, 0, 0);

    /// <inheritdoc/>
    public override void OnCheckpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.Require(nameof(Monitor), Monitor);
        part.Require(nameof(Mode), Mode.ToString());
        part.Require(nameof(Factor), Factor);
        part.Require(nameof(Patience), Patience);
        part.Require(nameof(MinDelta), MinDelta);
        part.Require(nameof(Cooldown), Cooldown);
        part.Require(nameof(MinLearningRate), MinLearningRate);
        part.Keep("best", ref _best);
        part.Keep("wait", ref _wait);
        part.Keep("cooldown", ref _cooldownLeft);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(result);
        result.Report("learning_rate", training.LearningRate);
        double value = Monitored.Of(result, nameof(ReduceLROnPlateau));
        if (_cooldownLeft > 0)
            (_cooldownLeft, _wait) = (_cooldownLeft - 1, 0);
        if (Monitored.IsBetter(value, _best, MinDelta))
        {
            (_best, _wait) = (value, 0);
        }
        else if (_cooldownLeft == 0 && ++_wait >= Patience && training.LearningRate > MinLearningRate)
        {
            training.LearningRate = Math.Max(training.LearningRate * Factor, MinLearningRate);
            (_cooldownLeft, _wait) = (Cooldown, 0);
        }
    }
}
