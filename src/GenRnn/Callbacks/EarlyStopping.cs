using System;

namespace GenRnn;

/// <summary>Ends training when a result has not got better for some epochs: Keras' <c>EarlyStopping</c>.</summary>
/// <remarks>
/// A result is better if it beats the best so far by more than <see cref="MinDelta"/>. After <see cref="Patience"/> epochs in which none was, training ends; the first epoch never does. With
/// <see cref="Baseline"/> an epoch that is better but does not beat the baseline still counts as one of them.
/// </remarks>
public sealed class EarlyStopping : Callback
{
    private double? _best;
    private int _wait;
    private WeightSnapshot? _bestWeights;

    /// <summary>The result that is watched: <c>val_loss</c> unless set.</summary>
    public string Monitor { get; init; } = "val_loss";

    /// <summary>By how much a result must beat the best: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double MinDelta
    {
        get;
        init => field = Schedule.Amount(value, nameof(MinDelta));
    }

    /// <summary>Epochs without a better result after which training ends: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Patience
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Patience), value, "Patience is not negative.");
    }

    /// <summary>Which way the result gets better.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>What a result must beat before the count of epochs starts anew; null, the default: the best so far alone.</summary>
    public double? Baseline { get; init; }

    /// <summary>Whether the weights of the best epoch come back when training ends, however it ends.</summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>The first epoch, from 0, that is looked at: 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int StartFromEpoch
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(StartFromEpoch), value, "StartFromEpoch is not negative.");
    }

    /// <summary>The epoch, from 0, that ended training; null if none did.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <summary>The best epoch, from 0; null before the first that is looked at.</summary>
    public int? BestEpoch { get; private set; }

    private Monitored Monitored => new(Monitor, Mode);

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun training)
    {
        (_best, _wait, _bestWeights) = (null, 0, null);
        StoppedEpoch = BestEpoch = null;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(result);
        double value = Monitored.Of(result, nameof(EarlyStopping));
        if (epoch < StartFromEpoch)
            return;
        _wait++;
        // The first is the best so far, even if it is NaN.
        if (_best is not { } best || Monitored.IsBetter(value, best, MinDelta))
        {
            (_best, BestEpoch) = (value, epoch);
            if (RestoreBestWeights)
                _bestWeights = training.TakeWeights();
            if (Baseline is null || Monitored.IsBetter(value, Baseline.Value, MinDelta))
                _wait = 0;
        }
        else if (_wait >= Patience && epoch > 0)
        {
            StoppedEpoch = epoch;
            training.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingRun training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (_bestWeights is not null)
            training.RestoreWeights(_bestWeights);
    }
}
