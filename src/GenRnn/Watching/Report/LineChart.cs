using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace GenRnn;

/// <summary>One line of a chart: a value for each epoch, NaN where it has none.</summary>
internal sealed record ChartLine(string Name, IReadOnlyList<double> Values);

/// <summary>Lines over epochs as SVG, once with a linear and once with a logarithmic axis; the page shows one of the two.</summary>
internal static class LineChart
{
    private const int Width = 420, Height = 230, Left = 52, Right = 10, Top = 10, Bottom = 28;
    private const int MostPoints = 600, MostMarks = 40, MostHints = 200, Colors = 8;

    /// <summary>Writes a chart with its title and legend.</summary>
    /// <param name="page">The page.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="firstEpoch">The epoch, from 1, of the first value.</param>
    /// <param name="lines">The lines.</param>
    public static void Write(StringBuilder page, string title, int firstEpoch, IReadOnlyList<ChartLine> lines)
    {
        page.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{WebUtility.HtmlEncode(title)}</figcaption><p class=\"legend\">");
        for (int i = 0; i < lines.Count; i++)
            page.Append(CultureInfo.InvariantCulture, $"<span class=\"{Color(i)}\"><svg viewBox=\"0 0 18 6\" aria-hidden=\"true\"><path d=\"M0 3H18\"/></svg>{WebUtility.HtmlEncode(lines[i].Name)}</span>");
        page.Append("</p>");
        WriteChart(page, title, firstEpoch, lines, isLog: false);
        WriteChart(page, title, firstEpoch, lines, isLog: true);
        page.Append("</figure>\n");
    }

    private static void WriteChart(StringBuilder page, string title, int firstEpoch, IReadOnlyList<ChartLine> lines, bool isLog)
    {
        int epochs = lines.Max(line => line.Values.Count);
        ChartAxis? axis = ChartAxis.Of(lines.SelectMany(line => line.Values), isLog);
        string kind = isLog ? "log" : "linear";
        if (axis is null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"{kind} nothing\">{(isLog ? "No positive value to show on a logarithmic axis." : "No finite value.")}</p>");
            return;
        }

        ChartAxis time = ChartAxis.Between(firstEpoch, firstEpoch + epochs - 1);
        double X(double epoch) => epochs == 1 ? Left + (Width - Left - Right) / 2.0 : Left + time.Of(epoch) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - axis.Of(value) * (Height - Top - Bottom);
        page.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart {kind}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)} by epoch, {kind} axis\">");
        foreach (double tick in axis.Ticks())
        {
            page.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {Y(tick):0.#}H{Width - Right}\"/>");
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{ChartAxis.Label(tick)}</text>");
        }

        foreach (double tick in epochs == 1 ? [firstEpoch] : time.Ticks().Where(tick => tick == double.Floor(tick)))
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(tick):0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{tick:0}</text>");
        page.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Height - Bottom}H{Width - Right}\"/>");
        for (int i = 0; i < lines.Count; i++)
            WriteLine(page, lines[i], Color(i), firstEpoch, axis, X, Y);
        page.Append("</svg>");
    }

    private static void WriteLine(StringBuilder page, ChartLine line, string color, int firstEpoch, ChartAxis axis, Func<double, double> x, Func<double, double> y)
    {
        int stride = (line.Values.Count + MostPoints - 1) / MostPoints;
        var path = new StringBuilder();
        bool isOpen = false;
        var marks = new StringBuilder();
        int hints = (line.Values.Count + MostHints - 1) / MostHints;
        for (int i = 0; i < line.Values.Count; i++)
        {
            double value = line.Values[i];
            if (double.IsNaN(axis.Of(value)))
            {
                isOpen = false;
                continue;
            }

            string place = string.Create(CultureInfo.InvariantCulture, $"{x(firstEpoch + i):0.#} {y(value):0.#}");
            if (i % stride == 0 || i == line.Values.Count - 1)
                path.Append(isOpen ? 'L' : 'M').Append(place);
            isOpen = true;
            if (i % hints == 0 || i == line.Values.Count - 1)
            {
                marks.Append(CultureInfo.InvariantCulture,
                    $"<circle cx=\"{x(firstEpoch + i):0.#}\" cy=\"{y(value):0.#}\" r=\"{(line.Values.Count <= MostMarks ? "2.5" : "5\" class=\"hint")}\"><title>{WebUtility.HtmlEncode(line.Name)}, epoch {firstEpoch + i}: {NumberText.Shortest(value)}</title></circle>");
            }
        }

        page.Append(CultureInfo.InvariantCulture, $"<g class=\"{color}\"><path d=\"{path}\"/>{marks}</g>");
    }

    private static string Color(int line) => string.Create(CultureInfo.InvariantCulture, $"line c{line % Colors}{(line >= Colors ? " dashed" : "")}");
}
