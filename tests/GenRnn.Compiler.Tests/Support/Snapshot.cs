using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Xunit;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>
/// Compares a text with <c>Class.Method#Hint.verified.txt</c> beside the test. A difference leaves a <c>.received.</c> file; to accept it,
/// rename that file. These are Verify's conventions: the package can take this file's place.
/// </summary>
internal static class Snapshot
{
    private const int LinesAround = 3;

    /// <param name="text">What is to be compared.</param>
    /// <param name="hint">Tells several snapshots of one test apart; empty if there is one.</param>
    /// <param name="extension">Kind of the text: <c>txt</c>, <c>g.cs</c>.</param>
    public static void Verify(string text, string hint = "", string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        int dot = extension.LastIndexOf('.') + 1;
        string name = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "." + method + (hint.Length > 0 ? "#" + hint : ""));
        string verifiedFile = name + "." + extension.Insert(dot, "verified.");
        string receivedFile = name + "." + extension.Insert(dot, "received.");
        string received = text.ReplaceLineEndings("\n");
        string? verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile).ReplaceLineEndings("\n") : null;
        if (received == verified)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received, new UTF8Encoding(false));
        Assert.Fail(verified is null
            ? $"There is no {verifiedFile} yet. Received:\n{received}"
            : $"{receivedFile} differs from {Path.GetFileName(verifiedFile)}:\n{Difference(verified, received)}");
    }

    private static string Difference(string verified, string received)
    {
        DiffPaneModel model = InlineDiffBuilder.Diff(verified, received);
        int[] changes = [.. Enumerable.Range(0, model.Lines.Count).Where(i => model.Lines[i].Type != ChangeType.Unchanged)];
        StringBuilder text = new();
        for (int i = 0; i < model.Lines.Count; i++)
        {
            if (!changes.Any(c => Math.Abs(c - i) <= LinesAround))
                continue;
            string mark = model.Lines[i].Type switch { ChangeType.Inserted => "+ ", ChangeType.Deleted => "- ", _ => "  " };
            text.Append(mark).Append(model.Lines[i].Text).Append('\n');
        }

        return text.ToString();
    }
}
