using System.Collections.Generic;

namespace GenRnn;

/// <summary>Several callbacks, called in their order.</summary>
internal sealed class CallbackList(IReadOnlyList<Callback> callbacks, TrainingRun training)
{
    public void TrainBegin()
    {
        foreach (Callback callback in callbacks)
            callback.OnTrainBegin(training);
    }

    public void EpochBegin(int epoch)
    {
        foreach (Callback callback in callbacks)
            callback.OnEpochBegin(training, epoch);
    }

    // By index: these run for each batch, and an enumerator of an interface is allocated.
    public void BatchBegin(int batch)
    {
        for (int i = 0; i < callbacks.Count; i++)
            callbacks[i].OnTrainBatchBegin(training, batch);
    }

    public void BatchEnd(int batch, double loss)
    {
        for (int i = 0; i < callbacks.Count; i++)
            callbacks[i].OnTrainBatchEnd(training, batch, loss);
    }

    public void TestBegin()
    {
        foreach (Callback callback in callbacks)
            callback.OnTestBegin(training);
    }

    public void TestEnd()
    {
        foreach (Callback callback in callbacks)
            callback.OnTestEnd(training);
    }

    public void EpochEnd(int epoch, EpochResult result)
    {
        foreach (Callback callback in callbacks)
            callback.OnEpochEnd(training, epoch, result);
    }

    public void TrainEnd()
    {
        foreach (Callback callback in callbacks)
            callback.OnTrainEnd(training);
    }
}
