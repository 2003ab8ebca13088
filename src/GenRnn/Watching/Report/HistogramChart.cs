using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace GenRnn;

/// <summary>How the weights of a variable are spread now, as bars, and how they were at the start, as an outline.</summary>
internal static class HistogramChart
{
    private const int Width = 180, Height = 96, Bottom = 18;

    public static void Write(StringBuilder page, VariableInfo variable, Histogram start, Histogram now)
    {
        double low = Math.Min(start.Minimum, now.Minimum), high = Math.Max(start.Maximum, now.Maximum);
        double top = Math.Max(Highest(start, low, high), Highest(now, low, high));
        page.Append(CultureInfo.InvariantCulture, $"<figure class=\"small\"><figcaption>{WebUtility.HtmlEncode(variable.Path)} <span>[{string.Join(", ", variable.Shape)}]</span></figcaption>");
        page.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Histogram of {WebUtility.HtmlEncode(variable.Path)}\">");
        page.Append("<path class=\"bars\" d=\"").Append(Outline(now, low, high, top, isClosed: true)).Append("\"/>");
        page.Append("<path class=\"start\" d=\"").Append(Outline(start, low, high, top, isClosed: false)).Append("\"/>");
        page.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M0 {Height - Bottom}H{Width}\"/>");
        page.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{Height - 4}\">{ChartAxis.Label(Short(low))}</text><text x=\"{Width}\" y=\"{Height - 4}\" text-anchor=\"end\">{ChartAxis.Label(Short(high))}</text></svg></figure>\n");
    }

    // Of as many values over the axis, whatever the width of a bucket.
    private static double Density(Histogram histogram, int bucket, double low, double high)
    {
        double all = histogram.Counts.Sum(), width = (histogram.Maximum - histogram.Minimum) / histogram.Counts.Length;
        return all == 0 || width == 0 ? 0 : histogram.Counts[bucket] / all * (high - low) / width;
    }

    private static double Highest(Histogram histogram, double low, double high) =>
        Enumerable.Range(0, histogram.Counts.Length).Max(bucket => Density(histogram, bucket, low, high));

    private static string Outline(Histogram histogram, double low, double high, double top, bool isClosed)
    {
        double X(double value) => high > low ? (value - low) / (high - low) * Width : Width / 2.0;
        // Where all values are one: a thin bar of full height, which says nothing of how many they are.
        if (histogram.Minimum == histogram.Maximum)
            return string.Create(CultureInfo.InvariantCulture, $"M{Math.Clamp(X(histogram.Minimum), 2, Width - 2) - 1.5:0.#} {Height - Bottom}V{(Height - Bottom) * 0.05:0.#}h3V{Height - Bottom}{(isClosed ? "Z" : "")}");
        double Y(double density) => top > 0 ? (Height - Bottom) * (1 - 0.95 * density / top) : Height - Bottom;
        int count = histogram.Counts.Length;
        double width = (histogram.Maximum - histogram.Minimum) / count;
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{X(histogram.Minimum):0.#} {Height - Bottom}");
        for (int i = 0; i < count; i++)
        {
            double left = X(histogram.Minimum + i * width), right = X(histogram.Minimum + (i + 1) * width);
            path.Append(CultureInfo.InvariantCulture, $"L{left:0.#} {Y(Density(histogram, i, low, high)):0.#}H{right:0.#}");
        }

        path.Append(CultureInfo.InvariantCulture, $"V{Height - Bottom}");
        return path.Append(isClosed ? "Z" : "").ToString();
    }

    // Three digits are enough for the end of an axis.
    private static double Short(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
