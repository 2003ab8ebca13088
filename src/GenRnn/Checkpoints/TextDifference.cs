using System;
using System.Globalization;

namespace GenRnn;

/// <summary>How a setting differs between a checkpoint and a training, in a sentence; of several lines, the first that does.</summary>
internal static class TextDifference
{
    private const int LineLength = 240;

    public static string Between(string name, string inCheckpoint, string here)
    {
        string[] found = inCheckpoint.Split('\n'), expected = here.Split('\n');
        if (found.Length == 1 && expected.Length == 1)
            return Sentence($"'{name}'", found, expected, 0);
        int line = 0;
        while (line < found.Length && line < expected.Length && found[line] == expected[line])
            line++;
        return Sentence(string.Create(CultureInfo.InvariantCulture, $"Line {line + 1} of '{name}'"), found, expected, line);
    }

    private static string Sentence(string what, string[] found, string[] expected, int line)
    {
        string Of(string[] lines) => line < lines.Length ? $"'{ForeignText.Quote(lines[line].Trim(), LineLength)}'" : "nothing";
        return $"{what} is {Of(found)} in the checkpoint and {Of(expected)} in this training.";
    }
}
