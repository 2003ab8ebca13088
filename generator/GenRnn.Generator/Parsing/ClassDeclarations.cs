using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>The hand-written declarations of a class, and what a further one must repeat.</summary>
public static class ClassDeclarations
{
    private static readonly string s_generatorFolder = typeof(GenRnnGenerator).FullName!;

    /// <summary>The declarations that a developer wrote, in the order of the compilation.</summary>
    public static IReadOnlyList<TypeDeclarationSyntax> Of(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences
        .Where(r => !IsGenerated(r.SyntaxTree))
        .Select(r => r.GetSyntax(cancellationToken))
        .OfType<TypeDeclarationSyntax>()
        .ToList();

    /// <summary>Whether Gen wrote the file. Roslyn gives generated files the path assembly/generator type/hint name.</summary>
    public static bool IsGenerated(SyntaxTree tree)
    {
        string path = tree.FilePath;
        int at = path.LastIndexOf(s_generatorFolder, System.StringComparison.Ordinal);
        return at >= 0
            && path.IndexOfAny(s_separators, at) == at + s_generatorFolder.Length
            && path.EndsWith(".g.cs", System.StringComparison.Ordinal);
    }

    private static readonly char[] s_separators = { '/', '\\' };

    /// <summary>The class as a spec names it.</summary>
    public static ClassSpec Describe(INamedTypeSymbol type)
    {
        var containers = new Stack<string>();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            containers.Push("partial " + Keyword(container) + " " + Identifiers.Escape(container.Name) + Identifiers.TypeParameters(container));

        return new ClassSpec(
            Identifiers.Namespace(type.ContainingNamespace),
            containers.ToEquatableArray(),
            Keyword(type),
            Identifiers.Escape(type.Name),
            Identifiers.TypeParameters(type),
            Identifiers.MetadataName(type));
    }

    private static string Keyword(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        TypeKind.Interface => "interface",
        _ => type.IsRecord ? "record" : "class",
    };
}
