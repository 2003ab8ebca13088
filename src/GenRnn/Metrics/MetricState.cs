using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>The running value of a metric for one output of a model.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
public abstract class MetricState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The value over all batches since the last <see cref="Reset"/>; 0 if there were none, as in Keras.</summary>
    public abstract double Result { get; }

    /// <summary>All values of a metric that has several, such as one for each class; <see cref="Result"/>, which logs show, is made of them.</summary>
    public virtual IReadOnlyList<double> Results => [Result];

    /// <summary>Adds a batch: each position by its weight in <see cref="PredictionBatch{T}.Weights"/>. Those of weight 0 are not looked at. Must not allocate.</summary>
    public abstract void Update(in PredictionBatch<T> batch);

    /// <summary>Forgets all batches.</summary>
    public abstract void Reset();
}
