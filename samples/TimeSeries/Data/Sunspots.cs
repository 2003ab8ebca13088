using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TimeSeries.Data;

/// <summary>
/// The yearly mean sunspot number, 1700 to 2008 (NOAA National Geophysical Data Center, public domain), cut into windows of
/// twenty years, nearly two solar cycles, each followed by the year to forecast.
/// </summary>
internal sealed class Sunspots
{
    public const int WindowLength = 20;
    public const int FirstForecastYear = 1960;

    private const int FirstYear = 1700;

    private readonly float _mean;
    private readonly float _deviation;

    private Sunspots(float[] years)
    {
        Years = years;

        // Mean and deviation come from the training years alone: the forecast must not know the years to come.
        float[] training = years[..(FirstForecastYear - FirstYear)];
        double mean = training.Average();
        _mean = (float)mean;
        _deviation = (float)Math.Sqrt(training.Average(v => (v - mean) * (v - mean)));

        WindowSet all = Windows(years.Select(v => (v - _mean) / _deviation).ToArray());
        int trainRows = FirstForecastYear - FirstYear - WindowLength;
        Train = all.Slice(0, trainRows);
        Test = all.Slice(trainRows, all.Rows - trainRows);
    }

    /// <summary>The series as measured, from 1700 on.</summary>
    public float[] Years { get; }

    /// <summary>Windows whose target year is 1720 to 1959, standardised.</summary>
    public WindowSet Train { get; }

    /// <summary>Windows whose target year is 1960 to 2008, standardised as the training years are.</summary>
    public WindowSet Test { get; }

    public static Sunspots Load()
    {
        using Stream stream = typeof(Sunspots).Assembly.GetManifestResourceStream("sunspots.csv")
            ?? throw new InvalidOperationException("sunspots.csv is not embedded in the assembly.");
        using var reader = new StreamReader(stream);

        var years = new List<float>();
        reader.ReadLine(); // the header
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            int year = int.Parse(fields[0], CultureInfo.InvariantCulture);
            if (year != FirstYear + years.Count)
                throw new InvalidDataException($"sunspots.csv: found year {year} where {FirstYear + years.Count} was expected.");
            years.Add(float.Parse(fields[1], CultureInfo.InvariantCulture));
        }

        return new Sunspots([.. years]);
    }

    /// <summary>Standard deviation of the training years: sunspot numbers per unit of <see cref="Train"/> and <see cref="Test"/>.</summary>
    public double Deviation => _deviation;

    /// <summary>From standardised values back to sunspot numbers.</summary>
    public float[] ToSunspotNumbers(ReadOnlySpan<float> values)
    {
        var numbers = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
            numbers[i] = values[i] * _deviation + _mean;
        return numbers;
    }

    private static WindowSet Windows(float[] series)
    {
        int rows = series.Length - WindowLength;
        var windows = new float[rows * WindowLength];
        for (int row = 0; row < rows; row++)
            series.AsSpan(row, WindowLength).CopyTo(windows.AsSpan(row * WindowLength));
        return new WindowSet(windows, series[WindowLength..], WindowLength);
    }
}
