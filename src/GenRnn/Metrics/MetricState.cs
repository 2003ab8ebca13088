using System;
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

    /// <summary>Shows a checkpoint amid an epoch what <see cref="Result"/> depends on: see <see cref="BackupAndRestore.SaveFrequency"/>.</summary>
    /// <param name="part">The metric's part of the checkpoint.</param>
    /// <exception cref="NotSupportedException">The metric does not say. Then nothing is trained.</exception>
    public virtual void Checkpoint(CheckpointPart part) => throw new NotSupportedException(
        $"{GetType().Name} does not override Checkpoint, so an epoch in which it takes part can't be left off. Override it, or let checkpoints be written at the ends of epochs: SaveFrequency = null.");
}
