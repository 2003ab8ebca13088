using System.IO;
using System.Text;

namespace GenRnn;

/// <summary>The two answers to a file that cannot be read, each with one sentence.</summary>
internal static class FileFault
{
    private const int LongestQuote = 64;

    /// <summary>The file breaks the rules of its own format.</summary>
    public static InvalidDataException Damaged(string what) => new($"The file is damaged: {what}.");

    /// <summary>The file is in order, but uses what Gen does not read.</summary>
    public static InvalidDataException Refused(string what) => new($"The file uses what Gen does not read: {what}.");

    /// <summary>Text of a file for a message: cut, with everything escaped that a terminal would obey.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (char c in text.Length > LongestQuote ? text[..LongestQuote] : text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))
                quoted.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }

        return quoted.Append(text.Length > LongestQuote ? "...'" : "'").ToString();
    }
}
