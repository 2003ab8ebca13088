using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>Windows of series as a data set: views, of which no value is copied before a batch is gathered.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <remarks>Made by <see cref="WindowDataSet"/>. A window is an input [step][column], or [step x column] for a model whose input is a vector.</remarks>
public sealed class WindowDataSet<T> : DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WindowStart[] _starts;
    private readonly WindowRows<T> _input;
    private readonly WindowRows<T>? _target;

    internal WindowDataSet(WindowStart[] starts, WindowRows<T> input, WindowRows<T>? target, ReadOnlyMemory<T> sampleWeights, WindowOptions options, TrackOrder? tracks)
        : base(input, target is null ? [] : [target], sampleWeights, starts.Length, tracks)
    {
        _starts = starts;
        _input = input;
        _target = target;
        Options = options;
        Tracks = tracks?.Tracks ?? 0;
    }

    /// <summary>How they were cut.</summary>
    public WindowOptions Options { get; }

    /// <summary>Number of windows.</summary>
    public int Count => _starts.Length;

    /// <summary>Tracks that lie side by side, window i on track i modulo this: see <see cref="WindowDataSet.Tracks{T}(TimeSeries{T}, WindowOptions, int)"/>; 0 if windows stand alone.</summary>
    public int Tracks { get; }

    /// <summary>Values of a window.</summary>
    public int InputLength => _input.Length;

    /// <summary>Values of a target; 0 if there are none.</summary>
    public int TargetLength => _target?.Length ?? 0;

    /// <summary>Where a window starts.</summary>
    /// <param name="window">Which window.</param>
    public (int Series, int Row) StartOf(int window) => (_starts[window].Series, _starts[window].Row);

    /// <summary>The row of its series that a window forecasts first: the one after its last time step.</summary>
    /// <param name="window">Which window.</param>
    public int ForecastRow(int window) => _starts[window].Row + Options.SequenceLength * Options.SamplingRate;

    /// <summary>Copies a window.</summary>
    /// <param name="window">Which window.</param>
    /// <param name="destination"><see cref="InputLength"/> values, [step][column].</param>
    public void CopyInput(int window, Span<T> destination) => _input.Gather([window], 0, InputLength, timeMajor: false, destination[..InputLength]);

    /// <summary>Copies a target.</summary>
    /// <param name="window">Which window.</param>
    /// <param name="destination"><see cref="TargetLength"/> values, [step][step ahead][column].</param>
    /// <exception cref="InvalidOperationException">There are no targets.</exception>
    public void CopyTarget(int window, Span<T> destination)
    {
        if (_target is null)
            throw new InvalidOperationException("The windows have no targets.");
        _target.Gather([window], 0, TargetLength, timeMajor: false, destination[..TargetLength]);
    }
}
