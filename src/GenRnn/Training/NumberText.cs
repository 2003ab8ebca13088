using System;
using System.Globalization;

namespace GenRnn;

/// <summary>Numbers as Python's format specifications print them.</summary>
internal static class NumberText
{
    /// <summary>A logged value: <c>%.4f</c> above a magnitude of 1e-3, else <c>%.4e</c>.</summary>
    public static string Value(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        if (double.Abs(value) > 1e-3)
            return Fixed(value, 4);
        return Exponential(value);
    }

    /// <summary>The shortest text that reads back to the same bits, as Python's <c>repr</c> writes it.</summary>
    public static string Shortest(double value)
    {
        if (!double.IsFinite(value))
            return Value(value);
        double size = double.Abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e16))
        {
            string text = value.ToString("E16", CultureInfo.InvariantCulture);
            string shortest = value.ToString("R", CultureInfo.InvariantCulture);
            string digits = shortest.Contains('E', StringComparison.Ordinal) ? shortest[..shortest.IndexOf('E', StringComparison.Ordinal)] : Mantissa(shortest);
            int exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
            return string.Create(CultureInfo.InvariantCulture, $"{digits}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        string plain = value.ToString("R", CultureInfo.InvariantCulture);
        if (plain.Contains('E', StringComparison.Ordinal))
            return value.ToString("F1", CultureInfo.InvariantCulture);
        return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
    }

    // Of a number that .NET writes without an exponent: its digits, the point behind the first.
    private static string Mantissa(string plain)
    {
        string sign = plain[0] == '-' ? "-" : "";
        string digits = plain.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0');
        return sign + (digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits);
    }

    // .NET writes at least three digits of the exponent, Python at least two.
    private static string Exponential(double value)
    {
        string text = value.ToString("e4", CultureInfo.InvariantCulture);
        return text[^3] == '0' ? text.Remove(text.Length - 3, 1) : text;
    }

    /// <summary><c>%.{digits}f</c>: a tie goes to the even digit, where .NET would go away from zero.</summary>
    public static string Fixed(double value, int digits)
    {
        double scale = 1;
        for (int i = 0; i < digits; i++)
            scale *= 10;

        double scaled = value * scale;
        // The product is exact if nothing is left of it; only then can it be a tie.
        bool isExact = double.FusedMultiplyAdd(value, scale, -scaled) == 0;
        double fraction = double.Abs(scaled) - double.Floor(double.Abs(scaled));
        if (isExact && fraction == 0.5)
            value = double.Round(scaled, MidpointRounding.ToEven) / scale;
        return value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>A duration per unit of work: <c>14ms/step</c>, <c>250us/step</c>, <c>2s/step</c>.</summary>
    public static string PerStep(double seconds)
    {
        if (seconds >= 1 || seconds == 0)
            return Fixed(seconds, 0) + "s/step";
        return seconds >= 1e-3 ? Fixed(seconds * 1e3, 0) + "ms/step" : Fixed(seconds * 1e6, 0) + "us/step";
    }

    /// <summary>A time that is left: <c>1:02:03</c>, <c>2:03</c> or <c>3s</c>.</summary>
    public static string TimeLeft(double seconds)
    {
        long whole = (long)seconds;
        if (seconds > 3600)
            return string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole % 3600 / 60:00}:{whole % 60:00}");
        if (seconds > 60)
            return string.Create(CultureInfo.InvariantCulture, $"{whole / 60}:{whole % 60:00}");
        return string.Create(CultureInfo.InvariantCulture, $"{whole}s");
    }
}
