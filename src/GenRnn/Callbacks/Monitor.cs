using System;

namespace GenRnn;

/// <summary>Which way a monitored result gets better.</summary>
public enum MonitorMode
{
    /// <summary>Up for accuracies and areas under curves, by name as in Keras; down for all others.</summary>
    Auto,

    /// <summary>The smaller, the better.</summary>
    Min,

    /// <summary>The larger, the better.</summary>
    Max,
}

/// <summary>A result that a callback watches.</summary>
internal readonly record struct Monitored(string Name, MonitorMode Mode)
{
    private bool IsMax => Mode == MonitorMode.Max || (Mode == MonitorMode.Auto && (Name.EndsWith("acc", StringComparison.Ordinal)
        || Name.EndsWith("accuracy", StringComparison.Ordinal) || Name.EndsWith("auc", StringComparison.Ordinal)));

    /// <summary>What anything is better than.</summary>
    public double Worst => IsMax ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>The result of an epoch.</summary>
    /// <exception cref="ArgumentException">The epoch has none of that name.</exception>
    public double Of(EpochResult result, string callback)
    {
        if (result.Logs.TryGetValue(Name, out double value))
            return value;
        throw new ArgumentException($"{callback} monitors '{Name}', which the training does not have; it has: {result.Logs}.");
    }

    /// <summary>Whether a result is better than another by more than a margin. NaN is never better.</summary>
    public bool IsBetter(double value, double than, double margin) => IsMax ? value - margin > than : value + margin < than;
}
