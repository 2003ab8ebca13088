using System;
using System.Collections.Generic;
using System.Globalization;

namespace TimeSeries.Charts;

/// <summary>One pair of axes in a drawing: maps data to pixels and draws in data units.</summary>
internal sealed class Panel
{
    private const string Grid = "#eaeef2";

    private readonly SvgWriter _svg;
    private readonly Point _origin;
    private readonly double _width;
    private readonly double _height;
    private readonly (double Low, double High) _x;
    private readonly (double Low, double High) _y;

    /// <param name="svg">The drawing.</param>
    /// <param name="origin">Top left corner of the plot area, in pixels.</param>
    /// <param name="width">Width of the plot area, in pixels.</param>
    /// <param name="height">Height of the plot area, in pixels.</param>
    /// <param name="x">Range of the data from left to right.</param>
    /// <param name="y">Range of the data from bottom to top.</param>
    public Panel(SvgWriter svg, Point origin, double width, double height, (double Low, double High) x, (double Low, double High) y)
    {
        (_svg, _origin, _width, _height, _x, _y) = (svg, origin, width, height, x, y);
    }

    public void Title(string text) => _svg.Label(new Point(_origin.X, _origin.Y - 10), text, size: 13, fill: "#1f2328", bold: true);

    public void VerticalTicks(params ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            Point left = At(_x.Low, value);
            _svg.Line(left, At(_x.High, value), Grid);
            _svg.Label(new Point(left.X - 6, left.Y + 4), value.ToString(CultureInfo.InvariantCulture), anchor: "end");
        }
    }

    public void HorizontalTicks(params ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            _svg.Label(new Point(At(value, _y.Low).X, _origin.Y + _height + 16), value.ToString(CultureInfo.InvariantCulture), anchor: "middle");
    }

    /// <summary>A line through <paramref name="values"/> at firstX, firstX + 1, ...</summary>
    public void Curve(double firstX, ReadOnlySpan<float> values, string stroke, double width = 1.5, string? dashes = null)
    {
        var points = new List<Point>(values.Length);
        for (int i = 0; i < values.Length; i++)
            points.Add(At(firstX + i, values[i]));
        _svg.Polyline(points, stroke, width, dashes);
    }

    public void Dot(double x, double y, double radius, string fill, string stroke = "none") => _svg.Circle(At(x, y), radius, fill, stroke);

    private Point At(double x, double y) => new(
        _origin.X + (x - _x.Low) / (_x.High - _x.Low) * _width,
        _origin.Y + (_y.High - y) / (_y.High - _y.Low) * _height);
}
