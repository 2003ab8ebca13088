using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace GenRnn.Generator.Tests.Documentation;

/// <summary>A page of docs/diagnostics, with its two examples.</summary>
/// <param name="Text">The whole page.</param>
/// <param name="Bad">The code under "Bad"; empty if there is none.</param>
/// <param name="Good">The code under "Good"; empty if there is none.</param>
internal sealed record HelpPage(string Text, string Bad, string Good)
{
    private static readonly string s_folder = Path.Combine(FindRepository(), "docs", "diagnostics");

    public static HelpPage Read(string id)
    {
        string text = File.ReadAllText(Path.Combine(s_folder, id + ".md")).ReplaceLineEndings("\n");
        return new HelpPage(text, Example(text, "Bad"), Example(text, "Good"));
    }

    public static string[] Ids() => [.. Directory.EnumerateFiles(s_folder, "GEN*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    private static string Example(string text, string title)
    {
        const string fence = "```";
        int section = text.IndexOf("\n## " + title + "\n", StringComparison.Ordinal);
        if (section < 0)
            return "";
        int start = text.IndexOf(fence + "csharp\n", section, StringComparison.Ordinal);
        if (start < 0)
            return "";
        start = text.IndexOf('\n', start) + 1;
        return text[start..text.IndexOf(fence, start, StringComparison.Ordinal)];
    }

    private static string FindRepository([CallerFilePath] string thisFile = "")
    {
        string? folder = Path.GetDirectoryName(thisFile);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Gen.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("No folder above " + thisFile + " holds Gen.sln.");
    }
}
