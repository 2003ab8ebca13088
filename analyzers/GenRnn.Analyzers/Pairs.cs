using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.Analyzers;

/// <summary>Two pieces of source that stand in each other's place.</summary>
internal static class Pairs
{
    /// <summary>Both where nothing but a comma is between them, else the first.</summary>
    public static Location Locate(SyntaxNode first, SyntaxNode second)
    {
        bool isSideBySide = first.GetLastToken().GetNextToken().GetNextToken() == second.GetFirstToken();
        return isSideBySide ? Location.Create(first.SyntaxTree, TextSpan.FromBounds(first.SpanStart, second.Span.End)) : first.GetLocation();
    }

    /// <summary>Each by itself, where a fix looks for them.</summary>
    public static IEnumerable<Location> Locations(SyntaxNode first, SyntaxNode second) => new[] { first.GetLocation(), second.GetLocation() };
}
