using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenRnn.Generator.Parsing;

/// <summary>Names as C# source, whatever letters and keywords they are made of.</summary>
internal static class Identifiers
{
    /// <summary>The name as source: with @ where it is a keyword anywhere in the language.</summary>
    public static string Escape(string name) => IsKeyword(name) ? "@" + name : name;

    public static bool IsKeyword(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;

    /// <summary>An identifier that C# compares as it is written: formatting characters are legal, but the language ignores them.</summary>
    public static bool IsPlainIdentifier(string name) =>
        SyntaxFacts.IsValidIdentifier(name) && name.All(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format);

    /// <summary>A namespace as source, empty for the global one.</summary>
    public static string Namespace(INamespaceSymbol? symbol)
    {
        var parts = new Stack<string>();
        for (; symbol is { IsGlobalNamespace: false }; symbol = symbol.ContainingNamespace)
            parts.Push(Escape(symbol.Name));
        return string.Join(".", parts);
    }

    /// <summary>Type parameters as source, <c>&lt;T, @class&gt;</c>. Variance is part of every declaration of an interface.</summary>
    public static string TypeParameters(INamedTypeSymbol type)
    {
        if (type.TypeParameters.IsEmpty)
            return "";

        return "<" + string.Join(", ", type.TypeParameters.Select(p => p.Variance switch
        {
            VarianceKind.In => "in ",
            VarianceKind.Out => "out ",
            _ => "",
        } + Escape(p.Name))) + ">";
    }

    /// <summary>Whether a name that a further declaration must repeat is not typed yet.</summary>
    public static bool IsIncomplete(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.Name.Length == 0 || part.TypeParameters.Any(p => p.Name.Length == 0))
                return true;
        }

        for (INamespaceSymbol? part = type.ContainingNamespace; part is { IsGlobalNamespace: false }; part = part.ContainingNamespace)
        {
            if (part.Name.Length == 0)
                return true;
        }

        return false;
    }

    /// <summary>Full metadata name, <c>N.Outer`1+Model</c>.</summary>
    public static string MetadataName(INamedTypeSymbol type)
    {
        var parts = new Stack<string>();
        INamedTypeSymbol outermost = type;
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            parts.Push(part.MetadataName);
            outermost = part;
        }

        var namespaces = new Stack<string>();
        for (INamespaceSymbol? part = outermost.ContainingNamespace; part is { IsGlobalNamespace: false }; part = part.ContainingNamespace)
            namespaces.Push(part.Name);

        string name = string.Join("+", parts);
        return namespaces.Count == 0 ? name : string.Join(".", namespaces) + "." + name;
    }
}
