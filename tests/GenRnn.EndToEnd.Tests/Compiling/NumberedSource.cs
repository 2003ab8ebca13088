using System;
using System.Globalization;
using System.Text;

namespace GenRnn.EndToEnd.Tests.Compiling;

/// <summary>Source with line numbers, for messages.</summary>
internal static class NumberedSource
{
    /// <summary>The lines around a line (counted from 0), that one marked.</summary>
    public static string Around(string source, int line, int margin = 6)
    {
        string[] lines = source.Split('\n');
        var text = new StringBuilder();
        for (int i = Math.Max(0, line - margin); i <= Math.Min(lines.Length - 1, line + margin); i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i == line ? '>' : ' ')}{i + 1,6} {lines[i].TrimEnd('\r')}\n");
        return text.ToString();
    }
}
