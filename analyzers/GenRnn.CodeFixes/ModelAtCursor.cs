using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
using GenRnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>The model around a place in a document, understood anew: a diagnostic carries text and a place, no syntax.</summary>
internal sealed class ModelAtCursor
{
    private readonly Compilation _compilation;

    private ModelAtCursor(Document document, SyntaxNode root, Compilation compilation, INamedTypeSymbol type, ParsedModel parsed)
    {
        _compilation = compilation;
        Document = document;
        Root = root;
        Type = type;
        Parsed = parsed;
    }

    public Document Document { get; }

    public SyntaxNode Root { get; }

    public INamedTypeSymbol Type { get; }

    public ParsedModel Parsed { get; }

    /// <summary>Null if the place belongs to no class with attributes of Gen.</summary>
    public static async Task<ModelAtCursor?> FindAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || !root.FullSpan.Contains(span)
            || root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semanticModel
            || semanticModel.GetDeclaredSymbol(declaration, cancellationToken) is not { } type
            || !type.GetAttributes().Any(a => a.AttributeClass is { TypeKind: not TypeKind.Error, ContainingNamespace: { Name: "GenRnn", ContainingNamespace.IsGlobalNamespace: true } })
            || ModelParser.Parse(type, semanticModel.Compilation, cancellationToken) is not { } parsed)
        {
            return null;
        }

        return new ModelAtCursor(document, root, semanticModel.Compilation, type, parsed);
    }

    /// <summary>The finding of the shape rules that is underlined here; null if none is.</summary>
    public Finding? FindShapeFinding(string id, TextSpan span) => ShapeInference.Infer(Parsed.Spec).Findings
        .FirstOrDefault(f => f.Id == id && IsHere(Parsed.Locate(f)) && Parsed.Locate(f).SourceSpan == span);

    /// <summary>The members of an enum of the runtime.</summary>
    public IReadOnlyList<string> MembersOf(string enumName) =>
        _compilation.GetTypeByMetadataName("GenRnn." + enumName)?.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(f => f.Name).ToList()
            ?? new List<string>();

    /// <summary>What the compiler knows of another file of the project.</summary>
    public SemanticModel SemanticModelOf(SyntaxTree tree) => _compilation.GetSemanticModel(tree);

    /// <summary>A type of Gen's, or a member of one, as it is to be written at a place: <c>Padding.Causal</c>, and <c>GenRnn.Padding.Causal</c> where no using imports it.</summary>
    public string NameAt(int position, string name)
    {
        int dot = name.IndexOf('.');
        string type = dot < 0 ? name : name.Substring(0, dot);
        return _compilation.GetTypeByMetadataName("GenRnn." + type) is { } symbol
            ? symbol.ToMinimalDisplayString(_compilation.GetSemanticModel(Root.SyntaxTree), position) + name.Substring(type.Length)
            : name;
    }

    /// <summary>Whether a location stands in this document.</summary>
    public bool IsHere(Location location) => location.SourceTree == Root.SyntaxTree;
}
