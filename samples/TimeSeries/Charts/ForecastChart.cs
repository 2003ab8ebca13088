using System;
using System.IO;
using TimeSeries.Data;

namespace TimeSeries.Charts;

/// <summary>Draws the forecasts of both tasks as one SVG picture, which any browser opens.</summary>
internal static class ForecastChart
{
    private const int Width = 1000;
    private const int Height = 640;
    private const int SeriesShown = 4;

    private const string Measured = "#57606a";
    private const string Forecast = "#d1242f";
    private const string Naive = "#a371f7";

    /// <param name="path">The file to write.</param>
    /// <param name="series">Rows of the synthetic task; the first few are drawn.</param>
    /// <param name="seriesForecasts">The model's forecast for each row.</param>
    /// <param name="sunspots">The sunspot task.</param>
    /// <param name="sunspotForecasts">The model's forecast for each test year, as a sunspot number.</param>
    public static void Write(string path, WindowSet series, ReadOnlySpan<float> seriesForecasts, Sunspots sunspots, ReadOnlySpan<float> sunspotForecasts)
    {
        using FileStream stream = File.Create(path);
        using var svg = new SvgWriter(stream, Width, Height);

        const double margin = 50;
        const double gap = 40;
        double width = (Width - margin - 20 - (SeriesShown - 1) * gap) / SeriesShown;
        for (int row = 0; row < SeriesShown; row++)
            DrawSeries(svg, new Point(margin + row * (width + gap), 90), width, series, row, seriesForecasts[row]);

        svg.Label(new Point(margin, 36), "Synthetic series: 50 steps seen, one forecast", size: 16, fill: "#1f2328", bold: true);
        Legend(svg, new Point(640, 32), ("measured", Measured), ("20-20-Dense(1)", Forecast));

        svg.Label(new Point(margin, 330), "Yearly sunspot number: one year ahead, trained on 1700-1959", size: 16, fill: "#1f2328", bold: true);
        Legend(svg, new Point(640, 326), ("measured", Measured), ("SimpleRnn", Forecast), ("naive", Naive));
        DrawSunspots(svg, new Point(margin, 360), Width - margin - 20, sunspots, sunspotForecasts);
    }

    private static void DrawSeries(SvgWriter svg, Point origin, double width, WindowSet series, int row, float forecast)
    {
        var panel = new Panel(svg, origin, width, height: 170, x: (0, series.Length + 2), y: (-1, 1));
        panel.Title($"test series {row + 1}");
        panel.VerticalTicks(-1, -0.5, 0, 0.5, 1);
        panel.HorizontalTicks(0, 10, 20, 30, 40, 50);
        panel.Curve(0, series.Window(row), Measured);
        panel.Dot(series.Length, series.Targets[row], 4.5, fill: "#ffffff", stroke: Measured);
        panel.Dot(series.Length, forecast, 3, fill: Forecast);
    }

    private static void DrawSunspots(SvgWriter svg, Point origin, double width, Sunspots sunspots, ReadOnlySpan<float> forecasts)
    {
        const int contextYears = 20;
        float[] measured = sunspots.Years[^(forecasts.Length + contextYears)..];
        float[] naive = sunspots.ToSunspotNumbers(sunspots.Test.NaiveForecasts());
        const double first = Sunspots.FirstForecastYear;

        var panel = new Panel(svg, origin, width, height: 230, x: (first - contextYears, first + forecasts.Length), y: (-10, 210));
        panel.VerticalTicks(0, 50, 100, 150, 200);
        panel.HorizontalTicks(1940, 1950, 1960, 1970, 1980, 1990, 2000);
        panel.Curve(first, naive, Naive, width: 1, dashes: "3 3");
        panel.Curve(first - contextYears, measured, Measured, width: 1.5);
        panel.Curve(first, forecasts, Forecast, width: 2);
    }

    private static void Legend(SvgWriter svg, Point at, params ReadOnlySpan<(string Name, string Color)> entries)
    {
        double x = at.X;
        foreach ((string name, string color) in entries)
        {
            svg.Line(new Point(x, at.Y - 4), new Point(x + 20, at.Y - 4), color, width: 3);
            svg.Label(new Point(x + 26, at.Y), name, size: 12);
            x += 46 + 7.5 * name.Length;
        }
    }
}
