using System.Globalization;
using System.Text;

namespace GenRnn.Compiler.CSharp;

/// <summary>Indented text with '\n' line ends and the invariant culture.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;

    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _indent * 4).Append(line);
        _text.Append('\n');
    }

    /// <summary>How much was written: a place for <see cref="LineAt"/>.</summary>
    public int Length => _text.Length;

    /// <summary>A line in front of what was written since.</summary>
    /// <param name="place">Where a line began.</param>
    /// <param name="line">Indented as lines are now.</param>
    public void LineAt(int place, string line) => _text.Insert(place, new string(' ', _indent * 4) + line + "\n");

    /// <summary>Several lines; the writer's indentation is put in front of each.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.Replace("\r\n", "\n").TrimEnd('\n').Split('\n'))
            Line(line);

        // The last line of a text that ends in an empty one sets apart what follows.
        if (lines.EndsWith("\n", System.StringComparison.Ordinal))
            Line();
    }

    public void Open(string header)
    {
        if (header.Length > 0)
            Line(header);
        Line("{");
        _indent++;
    }

    public void Close(string footer = "}")
    {
        _indent--;
        Line(footer);
    }

    public void Indent() => _indent++;

    public void Unindent() => _indent--;

    /// <summary>A writer of what stands here, whose text is appended when it is complete.</summary>
    public CodeWriter Inside() => new() { _indent = _indent };

    /// <summary>Appends a text with the indentation that it has.</summary>
    public void Append(CodeWriter text) => _text.Append(text._text);

    public override string ToString() => _text.ToString();

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
