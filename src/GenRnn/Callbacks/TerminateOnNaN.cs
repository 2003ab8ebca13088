using System;

namespace GenRnn;

/// <summary>Ends training at the first batch whose loss is infinite or NaN, and lets <c>Fit</c> return: Keras' <c>TerminateOnNaN</c>.</summary>
/// <remarks>As in Keras the batch's update is done, so the weights may be NaN. <see cref="NonFinite.Stop"/>, the default without this callback, throws and keeps them.</remarks>
public sealed class TerminateOnNaN : Callback
{
    /// <inheritdoc/>
    public override bool HandlesNonFinite => true;

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingRun training, int batch, double loss)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (!double.IsFinite(loss))
            training.StopTraining = true;
    }
}
