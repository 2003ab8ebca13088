using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;

namespace TimeSeries.Charts;

/// <summary>The few SVG elements that a line chart needs.</summary>
internal sealed class SvgWriter : IDisposable
{
    private readonly XmlWriter _xml;

    public SvgWriter(Stream stream, int width, int height)
    {
        _xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        _xml.WriteAttributeString("viewBox", $"0 0 {Text(width)} {Text(height)}");
        _xml.WriteAttributeString("width", Text(width));
        _xml.WriteAttributeString("height", Text(height));
        _xml.WriteAttributeString("font-family", "system-ui, Segoe UI, Helvetica, Arial, sans-serif");
        Rectangle(0, 0, width, height, fill: "#ffffff");
    }

    public void Rectangle(double x, double y, double width, double height, string fill) =>
        Element("rect", ("x", Text(x)), ("y", Text(y)), ("width", Text(width)), ("height", Text(height)), ("fill", fill));

    public void Line(Point from, Point to, string stroke, double width = 1, string? dashes = null) =>
        Polyline([from, to], stroke, width, dashes);

    public void Polyline(IEnumerable<Point> points, string stroke, double width = 1.5, string? dashes = null)
    {
        string list = string.Join(' ', points.Select(p => $"{Text(p.X)},{Text(p.Y)}"));
        Element("polyline", ("points", list), ("fill", "none"), ("stroke", stroke), ("stroke-width", Text(width)),
            ("stroke-linejoin", "round"), ("stroke-dasharray", dashes ?? "none"));
    }

    public void Circle(Point centre, double radius, string fill, string stroke = "none") =>
        Element("circle", ("cx", Text(centre.X)), ("cy", Text(centre.Y)), ("r", Text(radius)), ("fill", fill),
            ("stroke", stroke), ("stroke-width", "1.5"));

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>: which point of the text stands at <paramref name="at"/>.</param>
    public void Label(Point at, string text, double size = 11, string fill = "#57606a", string anchor = "start", bool bold = false)
    {
        _xml.WriteStartElement("text");
        Attributes(("x", Text(at.X)), ("y", Text(at.Y)), ("font-size", Text(size)), ("fill", fill), ("text-anchor", anchor),
            ("font-weight", bold ? "600" : "400"));
        _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    public void Dispose()
    {
        _xml.WriteEndElement();
        _xml.Dispose();
    }

    private void Element(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(name);
        Attributes(attributes);
        _xml.WriteEndElement();
    }

    private void Attributes(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
            _xml.WriteAttributeString(name, value);
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A point of the drawing, in pixels from the top left.</summary>
internal readonly record struct Point(double X, double Y);
