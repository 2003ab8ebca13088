using System.Numerics;

namespace GenRnn;

/// <summary>The running value of a metric for one output of a model.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
public abstract class MetricState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The value over all batches since the last <see cref="Reset"/>; 0 if there were none, as in Keras.</summary>
    public abstract double Result { get; }

    /// <summary>Adds a batch. Must not allocate.</summary>
    public abstract void Update(in PredictionBatch<T> batch);

    /// <summary>Forgets all batches.</summary>
    public abstract void Reset();
}
