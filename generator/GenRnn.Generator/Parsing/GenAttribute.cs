using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>An attribute of the language on a class, or one that looks as if it was meant to be.</summary>
/// <param name="Syntax">As written.</param>
/// <param name="Data">As bound; null where Roslyn gave none.</param>
/// <param name="Written">The name as written, without qualifier and suffix.</param>
/// <param name="Definition">What it is in the catalogue; null if it does not bind and resembles nothing in there.</param>
/// <param name="IsBound">Whether the attribute class exists.</param>
internal sealed record GenAttribute(AttributeSyntax Syntax, AttributeData? Data, string Written, ItemDefinition? Definition, bool IsBound)
{
    /// <summary>Another class of the same name that it binds to, because that stands nearer; empty for Gen's own.</summary>
    public string HiddenBy { get; init; } = "";

    private const string RootNamespace = "GenRnn";

    /// <summary>Null for attributes of others.</summary>
    public static GenAttribute? Recognise(AttributeSyntax syntax, AttributeData? data)
    {
        if (data?.AttributeClass is { TypeKind: not TypeKind.Error } attributeClass)
        {
            if (!IsRootNamespace(attributeClass.ContainingNamespace) || attributeClass.ContainingType is not null)
                return Hidden(syntax, attributeClass);
            string kind = AttributeNames.Trim(attributeClass.Name);
            return Catalogue.Find(kind) is { } definition ? new GenAttribute(syntax, data, kind, definition, IsBound: true) : null;
        }

        // It does not bind. A qualifier of another namespace says that it is not ours, and no name that it is half-typed.
        string written = AttributeNames.Trim(AttributeNames.Rightmost(syntax.Name));
        if (written.Length == 0 || (Qualifier(syntax.Name) is { } qualifier && qualifier != RootNamespace && !IsAlias(qualifier, syntax)))
            return null;
        ItemDefinition? meant = Catalogue.Find(written)
            ?? (ForeignNames.LayerOf(written, syntax) is { } foreign ? Catalogue.Find(foreign) : null)
            ?? (Spelling.FindNearest(written, Catalogue.Items.Select(i => i.Kind)) is { } nearest ? Catalogue.Find(nearest) : null);
        return new GenAttribute(syntax, data, written, meant, IsBound: false);
    }

    /// <summary>An attribute of another that has the name of one of Gen's; null where its qualifier or its name says that it is meant.</summary>
    private static GenAttribute? Hidden(AttributeSyntax syntax, INamedTypeSymbol attributeClass) =>
        syntax.Name is IdentifierNameSyntax name && AttributeNames.Trim(name.Identifier.ValueText) == AttributeNames.Trim(attributeClass.Name)
            && Catalogue.Find(AttributeNames.Trim(attributeClass.Name)) is { } definition
                ? new GenAttribute(syntax, null, definition.Kind, definition, IsBound: true) { HiddenBy = attributeClass.ToDisplayString() }
                : null;

    /// <summary>Whether it is <c>[Input]</c>, by which the generator finds models.</summary>
    public static bool IsMarker(INamedTypeSymbol attributeClass) =>
        attributeClass.Name == "InputAttribute" && IsRootNamespace(attributeClass.ContainingNamespace);

    /// <summary>Whether it is <c>[Cell]</c>, by which the generator finds cells.</summary>
    public static bool IsCellMarker(INamedTypeSymbol attributeClass) =>
        attributeClass.Name == "CellAttribute" && IsRootNamespace(attributeClass.ContainingNamespace);

    private static bool IsRootNamespace(INamespaceSymbol? symbol) =>
        symbol is { Name: RootNamespace, ContainingNamespace.IsGlobalNamespace: true };

    /// <summary><c>using G = GenRnn;</c></summary>
    private static bool IsAlias(string name, AttributeSyntax syntax) => syntax.SyntaxTree.GetRoot() is CompilationUnitSyntax file
        && file.Usings.Any(u => u.Alias?.Name.Identifier.ValueText == name && u.Name?.ToString() is RootNamespace or "global::" + RootNamespace);

    private static string? Qualifier(NameSyntax name) => name switch
    {
        QualifiedNameSyntax { Left: AliasQualifiedNameSyntax left } => left.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Left.ToString(),
        AliasQualifiedNameSyntax aliased => aliased.Alias.ToString(),
        _ => null,
    };
}
