using System;
using System.Globalization;

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
    private int? _stoppedEpoch;
    private int? _bestEpoch;
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
    public int? StoppedEpoch => _stoppedEpoch;

    /// <summary>The best epoch, from 0; null before the first that is looked at.</summary>
    public int? BestEpoch => _bestEpoch;

    private Monitored Monitored => new(Monitor, Mode);

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun training)
    {
        (_best, _wait, _bestWeights) = (null, 0, null);
        _stoppedEpoch = _bestEpoch = null;
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
            (_best, _bestEpoch) = (value, epoch);
            if (RestoreBestWeights)
                _bestWeights = training.TakeWeights();
            if (Baseline is null || Monitored.IsBetter(value, Baseline.Value, MinDelta))
                _wait = 0;
        }
        else if (_wait >= Patience && epoch > 0)
        {
            _stoppedEpoch = epoch;
            training.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnCheckpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.Require(nameof(Monitor), Monitor);
        part.Require(nameof(Mode), Mode.ToString());
        part.Require(nameof(MinDelta), MinDelta);
        part.Require(nameof(Patience), Patience);
        part.Require(nameof(Baseline), Baseline?.ToString("R", CultureInfo.InvariantCulture) ?? "null");
        part.Require(nameof(RestoreBestWeights), RestoreBestWeights.ToString());
        part.Require(nameof(StartFromEpoch), StartFromEpoch);
        part.Keep("best", ref _best);
        part.Keep("wait", ref _wait);
        part.Keep("stopped_epoch", ref _stoppedEpoch);
        part.Keep("best_epoch", ref _bestEpoch);
        part.Keep("best_weights", ref _bestWeights);
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingRun training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (_bestWeights is not null)
            training.RestoreWeights(_bestWeights);
    }
}
