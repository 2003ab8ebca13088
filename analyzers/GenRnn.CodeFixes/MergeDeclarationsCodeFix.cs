using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Moves the attributes of a model that stand on further partial declarations behind those on the first, across files.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MergeDeclarationsCodeFix))]
public sealed class MergeDeclarationsCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.SpreadAttributes.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        ModelAtCursor? model = await ModelAtCursor.FindAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false);
        if (model is null || !BindsThere(model))
            return;

        context.RegisterCodeFix(
            CodeAction.Create(
                "Move all layers of '" + model.Type.Name + "' to its first declaration",
                cancellationToken => MergeAsync(model, cancellationToken),
                nameof(MergeDeclarationsCodeFix)),
            context.Diagnostics);
    }

    /// <summary>Whether the first declaration's file sees what the attributes of the others are called.</summary>
    private static bool BindsThere(ModelAtCursor model)
    {
        SemanticModel there = model.SemanticModelOf(model.Parsed.Declaration.SyntaxTree);
        return model.Parsed.Attributes.Where(a => a.SyntaxTree != there.SyntaxTree && a.Name is IdentifierNameSyntax)
            .All(a => there.LookupNamespacesAndTypes(model.Parsed.Declaration.SpanStart, name: a.Name + "Attribute").Any());
    }

    private static async Task<Solution> MergeAsync(ModelAtCursor model, CancellationToken cancellationToken)
    {
        List<AttributeSyntax> here = model.Parsed.Attributes.Where(a => IsOn(a, model.Parsed.Declaration)).ToList();
        List<AttributeSyntax> elsewhere = model.Parsed.Attributes.Except(here).ToList();
        Solution solution = model.Document.Project.Solution;

        AttributeListSyntax last = (AttributeListSyntax)here[here.Count - 1].Parent!;
        SourceText text = await last.SyntaxTree.GetTextAsync(cancellationToken).ConfigureAwait(false);
        string separator = AttributeEdits.NewLine(text) + AttributeEdits.Indentation(text, last.SpanStart);
        var changes = new List<(SyntaxTree Tree, TextChange Change)>
        {
            (last.SyntaxTree, new TextChange(new TextSpan(last.Span.End, 0), string.Concat(elsewhere.Select(a => separator + "[" + a + "]")))),
        };
        changes.AddRange(elsewhere.GroupBy(a => (AttributeListSyntax)a.Parent!).Select(g => (g.Key.SyntaxTree, Remove(g.Key, g.ToList()))));

        foreach (IGrouping<SyntaxTree, (SyntaxTree Tree, TextChange Change)> file in changes.GroupBy(c => c.Tree))
        {
            SourceText before = await file.Key.GetTextAsync(cancellationToken).ConfigureAwait(false);
            SourceText after = before.WithChanges(file.Select(c => c.Change).OrderBy(c => c.Span.Start));
            if (model.Document.Project.Solution.GetDocument(file.Key) is { } document)
                solution = solution.WithDocumentText(document.Id, after);
        }

        return solution;
    }

    private static bool IsOn(AttributeSyntax attribute, SyntaxNode declaration) => attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() == declaration;

    /// <summary>A list of nothing else goes with its line; comments in front of it stay.</summary>
    private static TextChange Remove(AttributeListSyntax list, List<AttributeSyntax> attributes)
    {
        if (attributes.Count < list.Attributes.Count)
        {
            string rest = string.Join(", ", list.Attributes.Except(attributes));
            return new TextChange(TextSpan.FromBounds(list.Attributes[0].SpanStart, list.Attributes.Last().Span.End), rest);
        }

        SyntaxToken next = list.GetLastToken().GetNextToken();
        bool isBlank = list.GetTrailingTrivia().Concat(next.LeadingTrivia).All(t => string.IsNullOrWhiteSpace(t.ToString()));
        return new TextChange(isBlank ? TextSpan.FromBounds(list.SpanStart, next.SpanStart) : list.Span, "");
    }
}
