using System;
using System.Collections.Generic;
using System.Globalization;

namespace GenRnn;

/// <summary>An axis of a chart: where values lie between 0 and 1, and which of them have a label.</summary>
internal sealed class ChartAxis
{
    private const int MostTicks = 6;
    private const double Ln10 = 2.302585092994046;

    private readonly bool _isLog;

    // Ends of the axis: of logarithms on a logarithmic one.
    private readonly double _low;
    private readonly double _high;

    // The least and the largest value that are shown.
    private readonly (double Least, double Largest) _values;

    private ChartAxis(bool isLog, double low, double high, (double Least, double Largest) values)
    {
        _isLog = isLog;
        _low = low;
        _high = high;
        _values = values;
    }

    /// <summary>An axis that covers values; null if there is none that it can show. A logarithmic one shows positive values.</summary>
    public static ChartAxis? Of(IEnumerable<double> values, bool isLog)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value) && (!isLog || value > 0))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (low > high)
            return null;
        if (isLog)
        {
            double room = Math.Max((Place(high) - Place(low)) * 0.05, 0.05);
            return new ChartAxis(true, Place(low) - room, Place(high) + room, (low, high));
        }

        double margin = high > low ? (high - low) * 0.05 : Math.Max(double.Abs(high) * 0.1, 1e-12);
        return new ChartAxis(false, low - margin, high + margin, (low, high));
    }

    /// <summary>An axis from one number to another.</summary>
    public static ChartAxis Between(double low, double high) => new(false, low, high > low ? high : low + 1, (low, high));

    /// <summary>Where a value lies, from 0 to 1; NaN if it is not on the axis.</summary>
    public double Of(double value)
    {
        if (!double.IsFinite(value) || (_isLog && value <= 0))
            return double.NaN;
        return ((_isLog ? Place(value) : value) - _low) / (_high - _low);
    }

    /// <summary>Round values on the axis, some of them.</summary>
    public List<double> Ticks()
    {
        List<double> ticks = _isLog ? LogTicks([1, 2, 5]) : LinearTicks(_low, _high);
        if (_isLog && ticks.Count > MostTicks)
            ticks = LogTicks([1]);
        else if (_isLog && ticks.Count < 3)
            ticks = LinearTicks(_values.Least, _values.Largest);
        int stride = (ticks.Count + MostTicks - 1) / MostTicks;
        return stride <= 1 ? ticks : ticks.FindAll(tick => ticks.IndexOf(tick) % stride == 0);
    }

    /// <summary>A value in a few characters.</summary>
    public static string Label(double value) => (double.Abs(value) is > 0 and < 1e-3 or >= 1e5 ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : value.ToString("0.#####", CultureInfo.InvariantCulture));

    private static double Place(double value) => Functions.Log(value) / Ln10;

    private static List<double> LinearTicks(double low, double high)
    {
        if (low == high)
            return [low];
        double step = 1, span = high - low;
        while (step * MostTicks < span)
            step *= 10;
        while (step > span / 2)
            step /= 10;
        foreach (double factor in (double[])[1, 2, 5, 10])
        {
            if (span / (step * factor) > MostTicks)
                continue;
            step *= factor;
            break;
        }

        var ticks = new List<double>();
        // Adding 0 makes a zero of the one that is below it.
        for (double count = double.Ceiling(low / step); count * step <= high; count++)
            ticks.Add(count * step + 0);
        return ticks;
    }

    private List<double> LogTicks(double[] factors)
    {
        var ticks = new List<double>();
        for (int exponent = (int)double.Floor(_low); exponent <= (int)double.Ceiling(_high); exponent++)
        {
            // Through a text: the nearest number to a power of ten, without a function for powers.
            double power = double.Parse(string.Create(CultureInfo.InvariantCulture, $"1e{exponent}"), CultureInfo.InvariantCulture);
            foreach (double factor in factors)
            {
                if (Of(factor * power) is >= 0 and <= 1)
                    ticks.Add(factor * power);
            }
        }

        return ticks;
    }
}
