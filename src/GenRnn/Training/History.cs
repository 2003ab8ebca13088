using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn;

/// <summary>What training gave, epoch by epoch.</summary>
public sealed class History
{
    internal History(IReadOnlyList<EpochResult> epochs, Scaling? scaling = null)
    {
        Epochs = epochs;
        Scaling = scaling;
    }

    /// <summary>The epochs that ran, in order.</summary>
    public IReadOnlyList<EpochResult> Epochs { get; }

    /// <summary>What the training data were scaled by; null if nobody said. The model keeps it too.</summary>
    public Scaling? Scaling { get; }

    /// <summary>One result over the epochs, as in Keras' <c>history.history["val_loss"]</c>.</summary>
    /// <param name="name">The result's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such result.</exception>
    public IReadOnlyList<double> this[string name] => [.. Epochs.Select(epoch => epoch.Logs[name])];

    /// <summary>How long all epochs took.</summary>
    public TimeSpan Duration => Epochs.Aggregate(TimeSpan.Zero, (sum, epoch) => sum + epoch.Duration);
}
