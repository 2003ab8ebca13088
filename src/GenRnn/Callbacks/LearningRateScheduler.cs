using System;

namespace GenRnn;

/// <summary>Sets the learning rate before each epoch: Keras' <c>LearningRateScheduler</c>. Each epoch's rate is reported as <c>learning_rate</c>.</summary>
/// <param name="schedule">The rate of an epoch, given the epoch, from 0, and the rate so far.</param>
/// <exception cref="ArgumentNullException">There is no schedule.</exception>
public sealed class LearningRateScheduler(Func<int, double, double> schedule) : Callback
{
    private readonly Func<int, double, double> _schedule = schedule ?? throw new ArgumentNullException(nameof(schedule));

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingRun training, int epoch)
    {
        ArgumentNullException.ThrowIfNull(training);
        training.LearningRate = _schedule(epoch, training.LearningRate);
    }

    /// <inheritdoc/>
    public override void OnCheckpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        // It keeps nothing, but a training with one is another than one without.
        part.Require("schedule", "a function");
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(result);
        result.Report("learning_rate", training.LearningRate);
    }
}
