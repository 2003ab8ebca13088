using System;
namespace GenRnn;

/// <summary>A mean of values with weights, batch after batch; 0 while there are none.</summary>
internal struct RunningMean
{
    private double _total;
    private double _weight;

    public readonly double Result => _weight == 0 ? 0 : _total / _weight;

    public void Checkpoint(CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.Keep("total", ref _total);
        part.Keep("weight", ref _weight);
    }

    /// <summary>Adds a batch by its mean and what it weighs.</summary>
    public void Add(double mean, double weight) => AddTotal(mean * weight, weight);

    /// <summary>Adds a batch by the sum of weight x value and the sum of weights.</summary>
    public void AddTotal(double total, double weight)
    {
        _total += total;
        _weight += weight;
    }
}
