using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Makes a model class, and the types around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix))]
public sealed class MakePartialCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.NotPartial.Id, Rules.NotExtensible.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        SyntaxNode node = model.Root.FindNode(diagnostic.Location.SourceSpan);
        TypeDeclarationSyntax[] declarations = node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Where(d => !d.Modifiers.Any(SyntaxKind.PartialKeyword))
            .ToArray();
        if (declarations.Length == 0)
            return null;

        string names = string.Join(" and ", declarations.Reverse().Select(d => "'" + d.Identifier.ValueText + "'"));
        return new TextFix("Make " + names + " partial", declarations.Select(d => new TextChange(new TextSpan(d.Keyword.SpanStart, 0), "partial ")).ToArray());
    }
}
