using System;
using System.Collections.Generic;
using System.Globalization;

namespace GenRnn;

/// <summary>One rate after the other: Keras' <c>PiecewiseConstantDecay</c>. Rate i is that of batches up to and with boundary i, counted from 0.</summary>
public sealed class PiecewiseConstantDecay : LearningRate
{
    private readonly long[] _boundaries;
    private readonly double[] _values;

    /// <param name="boundaries">The last batch of each rate but the last one, ascending.</param>
    /// <param name="values">The rates: one more than there are boundaries.</param>
    /// <exception cref="ArgumentException">The numbers do not fit, or the boundaries do not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative or infinite.</exception>
    public PiecewiseConstantDecay(IEnumerable<long> boundaries, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        _boundaries = [.. boundaries];
        _values = [.. values];
        if (_values.Length != _boundaries.Length + 1)
            throw new ArgumentException($"Found {_values.Length} values for {_boundaries.Length} boundaries; expected one more than boundaries.", nameof(values));
        for (int i = 1; i < _boundaries.Length; i++)
        {
            if (_boundaries[i] <= _boundaries[i - 1])
                throw new ArgumentException($"Boundaries ascend; {_boundaries[i]} follows {_boundaries[i - 1]}.", nameof(boundaries));
        }

        foreach (double value in _values)
            Schedule.Amount(value, nameof(values));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"PiecewiseConstantDecay([{string.Join(", ", _boundaries)}], [{string.Join(", ", Array.ConvertAll(_values, value => value.ToString("R", CultureInfo.InvariantCulture)))}])";

    /// <inheritdoc/>
    public override double At(long iteration)
    {
        int i = 0;
        while (i < _boundaries.Length && iteration > _boundaries[i])
            i++;
        return _values[i];
    }
}
