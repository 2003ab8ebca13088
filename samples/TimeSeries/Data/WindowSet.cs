using System;

namespace TimeSeries.Data;

/// <summary>Windows of one series or of many, each with the value that follows it: what a one-step-ahead forecaster learns from.</summary>
/// <param name="windows">[rows, length], row after row.</param>
/// <param name="targets">[rows], the value after each window.</param>
/// <param name="length">Number of values in a window.</param>
internal sealed class WindowSet(float[] windows, float[] targets, int length)
{
    public float[] Windows { get; } = windows;

    public float[] Targets { get; } = targets;

    public int Length { get; } = length;

    public int Rows => Targets.Length;

    public ReadOnlySpan<float> Window(int row) => Windows.AsSpan(row * Length, Length);

    /// <summary>Rows [first, first + count).</summary>
    public WindowSet Slice(int first, int count) => new(
        Windows[(first * Length)..((first + count) * Length)],
        Targets[first..(first + count)],
        Length);

    /// <summary>The forecast to beat: tomorrow is like today.</summary>
    public float[] NaiveForecasts()
    {
        var forecasts = new float[Rows];
        for (int row = 0; row < Rows; row++)
            forecasts[row] = Window(row)[^1];
        return forecasts;
    }

    /// <summary>Mean squared error of forecasts for every row.</summary>
    public double MeanSquaredError(ReadOnlySpan<float> forecasts)
    {
        if (forecasts.Length != Rows)
            throw new ArgumentException($"{forecasts.Length} forecasts for {Rows} rows.", nameof(forecasts));

        double sum = 0;
        for (int row = 0; row < Rows; row++)
        {
            double error = (double)forecasts[row] - Targets[row];
            sum += error * error;
        }

        return sum / Rows;
    }
}
