using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.Analyzers.Tests.Hosting;

/// <summary>Source in which <c>[|</c> and <c>|]</c> stand around what must be underlined.</summary>
/// <param name="Text">The source without marks.</param>
/// <param name="Spans">What was marked, in order.</param>
internal sealed record MarkedSource(string Text, IReadOnlyList<TextSpan> Spans)
{
    private const string Open = "[|";
    private const string Close = "|]";

    public static MarkedSource Parse(string marked)
    {
        var text = new StringBuilder();
        var spans = new List<TextSpan>();
        int position = 0;
        while (marked.IndexOf(Open, position, StringComparison.Ordinal) is var open and >= 0)
        {
            int close = marked.IndexOf(Close, open, StringComparison.Ordinal);
            text.Append(marked, position, open - position);
            spans.Add(new TextSpan(text.Length, close - open - Open.Length));
            text.Append(marked, open + Open.Length, close - open - Open.Length);
            position = close + Close.Length;
        }

        return new MarkedSource(text.Append(marked, position, marked.Length - position).ToString(), spans);
    }

    /// <summary>Marks what is underlined, for messages of failed tests.</summary>
    public static string Mark(string text, IEnumerable<TextSpan> spans)
    {
        foreach (TextSpan span in spans.OrderByDescending(s => s.Start))
            text = text.Insert(span.End, Close).Insert(span.Start, Open);
        return text;
    }
}
