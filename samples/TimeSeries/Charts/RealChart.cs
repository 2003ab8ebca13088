using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn;
using TimeSeries.Tasks;

namespace TimeSeries.Charts;

/// <summary>Draws the end of each real series, and the forecasts of all steps from a few moments of it.</summary>
internal static class RealChart
{
    private const int Width = 1000;
    private const int PanelHeight = 190;
    private const int Distance = 260;
    private const string Measured = "#57606a";
    private const string Forecast = "#d1242f";

    public static void Write(string path, IReadOnlyList<RealForecast> forecasts)
    {
        using FileStream stream = File.Create(path);
        using var svg = new SvgWriter(stream, Width, 50 + forecasts.Count * Distance);
        for (int i = 0; i < forecasts.Count; i++)
            Draw(svg, new Point(60, 50 + i * Distance), forecasts[i]);
    }

    private static void Draw(SvgWriter svg, Point origin, RealForecast forecast)
    {
        (RealSeries real, WindowDataSet<float> windows, float[] values) = forecast;
        int shown = Math.Min(windows.Count, 6 * real.Horizon);
        int first = windows.ForecastRow(windows.Count - shown) - real.Length;
        float[] measured = real.Series.Slice(first, real.Series.Length - first).Values.ToArray();
        float low = measured.Min(), high = measured.Max(), room = 0.1f * (high - low);
        var panel = new Panel(svg, origin, Width - 80, PanelHeight, x: (0, measured.Length), y: (low - room, high + room));
        panel.Title($"{real.Name}: measured, and forecasts of {real.Horizon} {real.Unit} ({real.Series.Times[first]:yyyy-MM} to {real.Series.Times[^1]:yyyy-MM})");
        panel.VerticalTicks(Math.Round(low, 1), Math.Round((low + high) / 2, 1), Math.Round(high, 1));
        panel.Curve(0, measured, Measured);
        for (int i = windows.Count - shown; i < windows.Count; i += real.Horizon)
            panel.Curve(windows.ForecastRow(i) - first, values.AsSpan(i * real.Horizon, real.Horizon), Forecast, width: 2);
    }
}
