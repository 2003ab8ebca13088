using System;
using System.Globalization;
using System.Text;

namespace GenRnn;

/// <summary>Text of a file as a message shows it: nothing in it may move a cursor, turn the direction of reading, or fill a screen.</summary>
internal static class ForeignText
{
    private const int Longest = 80;

    /// <summary>The text with what is not plainly visible as <c>\u....</c>, cut where it is too long.</summary>
    public static string Quote(string? text, int longest = Longest)
    {
        if (text is null)
            return "";
        var shown = new StringBuilder();
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, longest)))
        {
            if (IsPlain(character))
                shown.Append(character);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return text.Length > longest ? shown.Append(CultureInfo.InvariantCulture, $"... ({text.Length} characters)").ToString() : shown.ToString();
    }

    private static bool IsPlain(char character) => character == ' ' || char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
