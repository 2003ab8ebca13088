using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>What shows where a model is used but is mended where it is declared, which may be another file: the diagnostic says where.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChangeLayerCodeFix))]
public sealed class ChangeLayerCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.StepWithoutStreaming.Id, Rules.MaskedId.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Solution solution = context.Document.Project.Solution;
        Diagnostic diagnostic = context.Diagnostics[0];
        if (diagnostic.AdditionalLocations.FirstOrDefault() is not { SourceTree: { } tree } place
            || solution.GetDocument(tree) is not { } document
            || await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await ModelAtCursor.FindAsync(document, place.SourceSpan, context.CancellationToken).ConfigureAwait(false) is not { } model
            || FindFix(model, root.FindNode(place.SourceSpan), diagnostic.Id) is not { } fix)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                fix.Title,
                async cancellationToken =>
                {
                    SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                    return solution.WithDocumentText(document.Id, text.WithChanges(fix.Changes));
                },
                nameof(ChangeLayerCodeFix) + diagnostic.Id),
            context.Diagnostics);
    }

    private static TextFix? FindFix(ModelAtCursor model, SyntaxNode node, string id) => (id, node.FirstAncestorOrSelf<AttributeSyntax>(), node.FirstAncestorOrSelf<AttributeArgumentSyntax>()) switch
    {
        ("GEN0602", { } layer, _) => new TextFix(
            "Use Padding.Causal for " + layer,
            AttributeEdits.SetFlag(layer, layer.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == "Padding"), "Padding", model.NameAt(layer.Span.End, "Padding.Causal"))),
        ("GEN0609", { ArgumentList: { } list }, { } flag) => new TextFix("Remove " + flag.NameEquals?.Name, ListEdits.Remove(list.Arguments, flag)),
        _ => null,
    };
}
