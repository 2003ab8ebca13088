using System.IO;

namespace GenRnn;

/// <summary>The two answers to a file that cannot be read, each with one sentence.</summary>
internal static class FileFault
{
    /// <summary>The file breaks the rules of its own format.</summary>
    public static InvalidDataException Damaged(string what) => new($"The file is damaged: {what}.");

    /// <summary>The file is in order, but uses what Gen does not read.</summary>
    public static InvalidDataException Refused(string what) => new($"The file uses what Gen does not read: {what}.");

    /// <summary>Text of a file for a message, in quotes.</summary>
    public static string Quote(string text) => $"'{ForeignText.Quote(text)}'";
}
