using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Changes of one attribute's text.</summary>
internal static class AttributeEdits
{
    /// <summary>Writes <c>flag = value</c>: over the value that stands there, else as a further argument.</summary>
    public static TextChange SetFlag(AttributeSyntax attribute, AttributeArgumentSyntax? present, string flag, string value)
    {
        if (present is not null)
            return new TextChange(present.Expression.Span, value);
        if (attribute.ArgumentList is not { } list)
            return new TextChange(new TextSpan(attribute.Name.Span.End, 0), "(" + flag + " = " + value + ")");

        int end = list.Arguments.Count == 0 ? list.OpenParenToken.Span.End : list.Arguments[list.Arguments.Count - 1].Span.End;
        return new TextChange(new TextSpan(end, 0), (list.Arguments.Count == 0 ? "" : ", ") + flag + " = " + value);
    }

    /// <summary>Takes an attribute away; a list of nothing else goes with it, and with the line or the space behind it.</summary>
    public static TextChange Remove(AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
            return ListEdits.Remove(list.Attributes, attribute);

        SyntaxToken next = list.GetLastToken().GetNextToken();
        bool isBlank = list.GetTrailingTrivia().Concat(next.LeadingTrivia).All(t => string.IsNullOrWhiteSpace(t.ToString()));
        return new TextChange(isBlank ? TextSpan.FromBounds(list.SpanStart, next.SpanStart) : list.Span, "");
    }

    /// <summary>Writes an attribute in front of another: in the same brackets where those hold several, else in its own.</summary>
    public static TextChange InsertBefore(AttributeSyntax attribute, string inserted)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        return list.Attributes[0] == attribute
            ? new TextChange(new TextSpan(list.SpanStart, 0), "[" + inserted + "] ")
            : new TextChange(new TextSpan(attribute.SpanStart, 0), inserted + ", ");
    }

    /// <summary>The white space in front of the line on which a position stands, up to the position.</summary>
    public static string Indentation(SourceText text, int position)
    {
        TextLine line = text.Lines.GetLineFromPosition(position);
        int end = line.Start;
        while (end < position && char.IsWhiteSpace(text[end]))
            end++;
        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    /// <summary>How the document ends its lines.</summary>
    public static string NewLine(SourceText text)
    {
        TextLine first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }
}
