using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace GenRnn.Compiler.Language;

/// <summary>Finds the name that was meant: typing mistakes, and the spelling habits of Python, where flags are <c>snake_case</c>.</summary>
public static class Spelling
{
    private const int MaximumDistance = 2;

    /// <summary>The one candidate nearest to <paramref name="written"/>, or null if none or several are.</summary>
    /// <remarks>Case and underscores do not count; two edits do, where the name is long enough for them to mean something.</remarks>
    public static string? FindNearest(string written, IEnumerable<string> candidates)
    {
        string key = Fold(written);
        int allowed = Math.Min(MaximumDistance, key.Length / 3);
        string? nearest = null;
        int best = allowed + 1;
        bool isClear = false;
        foreach (string candidate in candidates)
        {
            int distance = Distance(key, Fold(candidate), best);
            if (distance < best)
            {
                (nearest, best, isClear) = (candidate, distance, true);
            }
            else if (distance == best && best <= allowed)
            {
                isClear = false;
            }
        }

        return isClear ? nearest : null;
    }

    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (c != '_')
                folded.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }

        return folded.ToString();
    }

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each cost one.</summary>
    private static int Distance(string a, string b, int enough)
    {
        if (Math.Abs(a.Length - b.Length) > enough)
            return int.MaxValue;

        var beforePrevious = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            previous[j] = j;

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, 1 + Math.Min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], 1 + beforePrevious[j - 2]);
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[b.Length];
    }
}
