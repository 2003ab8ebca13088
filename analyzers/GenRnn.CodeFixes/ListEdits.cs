using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Changes of lists with commas between.</summary>
internal static class ListEdits
{
    /// <summary>Takes an element out, with the comma and the white space that belong to it.</summary>
    public static TextChange Remove<T>(SeparatedSyntaxList<T> list, T element)
        where T : SyntaxNode
    {
        int index = list.IndexOf(element);
        int start = index > 0 ? list[index - 1].Span.End : element.SpanStart;
        int end = index > 0 ? element.Span.End : list.Count > 1 ? list[1].SpanStart : element.Span.End;
        return new TextChange(TextSpan.FromBounds(start, end), "");
    }
}
