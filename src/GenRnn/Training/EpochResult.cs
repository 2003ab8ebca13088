using System;

namespace GenRnn;

/// <summary>What one epoch gave.</summary>
public sealed class EpochResult
{
    internal EpochResult(int epoch, int epochs, TimeSpan duration, Logs logs)
    {
        Epoch = epoch;
        Epochs = epochs;
        Duration = duration;
        Logs = logs;
    }

    /// <summary>Which epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>How many epochs were asked for.</summary>
    public int Epochs { get; }

    /// <summary>How long the epoch took, validation included.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Loss, metrics, and the same of the validation data with <c>val_</c> before the name. The loss of an epoch is
    /// the mean over its rows, each measured before the update that it took part in.</summary>
    public Logs Logs { get; private set; }

    /// <summary>The loss.</summary>
    public double Loss => Logs.Loss;

    /// <summary>The loss on the validation data; null without validation data.</summary>
    public double? ValidationLoss => Logs.TryGetValue("val_loss", out double loss) ? loss : null;

    /// <summary>Adds a result of a callback's own, or replaces one: it stands in the history as the others do.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Report(string name, double value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Logs = Logs.With(name, value);
    }

    /// <summary>Set it in <see cref="FitOptions.OnEpochEnd"/> to end training after this epoch: Keras' <c>stop_training</c>.</summary>
    public bool StopTraining { get; set; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"epoch {Epoch}/{Epochs} - {Logs}");
}
