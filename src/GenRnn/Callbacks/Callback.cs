namespace GenRnn;

/// <summary>Something that is called while a model trains, with Keras' hooks. Derive a class and override those that matter; all do nothing by default.</summary>
/// <remarks>
/// <see cref="FitOptions.Callbacks"/> are called in their order at each hook. Epochs and batches count from 0, as in Keras. A callback belongs to one training at a time: what it keeps starts anew in
/// <see cref="OnTrainBegin"/>.
/// </remarks>
public abstract class Callback
{
    /// <summary>Before the first epoch.</summary>
    /// <param name="training">The training.</param>
    public virtual void OnTrainBegin(TrainingRun training)
    {
    }

    /// <summary>Before an epoch.</summary>
    /// <param name="training">The training.</param>
    /// <param name="epoch">Which epoch, from 0.</param>
    public virtual void OnEpochBegin(TrainingRun training, int epoch)
    {
    }

    /// <summary>Before a batch.</summary>
    /// <param name="training">The training.</param>
    /// <param name="batch">Which batch of the epoch, from 0.</param>
    public virtual void OnTrainBatchBegin(TrainingRun training, int batch)
    {
    }

    /// <summary>After a batch and its update.</summary>
    /// <param name="training">The training.</param>
    /// <param name="batch">Which batch of the epoch, from 0.</param>
    /// <param name="loss">The batch's loss, before the update.</param>
    public virtual void OnTrainBatchEnd(TrainingRun training, int batch, double loss)
    {
    }

    /// <summary>Before an epoch's validation.</summary>
    /// <param name="training">The training.</param>
    public virtual void OnTestBegin(TrainingRun training)
    {
    }

    /// <summary>After an epoch's validation.</summary>
    /// <param name="training">The training.</param>
    public virtual void OnTestEnd(TrainingRun training)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    /// <param name="training">The training.</param>
    /// <param name="epoch">Which epoch, from 0.</param>
    /// <param name="result">What it gave; <see cref="EpochResult.Report"/> adds to it.</param>
    public virtual void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
    {
    }

    /// <summary>After the last epoch.</summary>
    /// <param name="training">The training.</param>
    public virtual void OnTrainEnd(TrainingRun training)
    {
    }

    /// <summary>
    /// Shows a checkpoint what the callback keeps from hook to hook, so that a training that goes on from one ends as it would have: see <see cref="BackupAndRestore"/>. What a training has seen comes back
    /// behind <see cref="OnTrainBegin"/>.
    /// </summary>
    /// <param name="part">The callback's part of the checkpoint.</param>
    public virtual void OnCheckpoint(CheckpointPart part)
    {
    }

    /// <summary>Whether a loss that is no number is this callback's business: training then does not throw a <see cref="NonFiniteException"/>.</summary>
    public virtual bool HandlesNonFinite => false;
}
