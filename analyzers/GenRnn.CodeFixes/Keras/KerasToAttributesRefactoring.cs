using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes.Keras;

/// <summary>
/// Turns lines of Keras, pasted into a comment or a string above a partial class, into the attributes of a model. The lines stay: they
/// say where the model comes from, and what is not needed of them is quickly deleted.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(KerasToAttributesRefactoring))]
public sealed class KerasToAttributesRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || FindPaste(root, context.Span) is not var (declaration, python)
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } semanticModel
            || semanticModel.Compilation.GetTypeByMetadataName("GenRnn.InputAttribute") is null
            || semanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type
            || type.GetAttributes().Any(a => a.AttributeClass?.ContainingNamespace?.Name == "GenRnn"))
        {
            return;
        }

        IReadOnlyList<string> attributes = new AttributeWriter(semanticModel.Compilation).Write(PythonCall.Find(python, AttributeWriter.IsLayer));
        if (attributes.Count == 0)
            return;

        context.RegisterRefactoring(CodeAction.Create(
            "Declare the layers of '" + type.Name + "' as Keras' lines do",
            async cancellationToken =>
            {
                SourceText text = await context.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                string separator = AttributeEdits.NewLine(text) + AttributeEdits.Indentation(text, declaration.SpanStart);
                string lines = string.Concat(attributes.Select(a => a + separator));
                return context.Document.WithText(text.WithChanges(new TextChange(new TextSpan(declaration.SpanStart, 0), lines)));
            },
            nameof(KerasToAttributesRefactoring)));
    }

    /// <summary>The text under the cursor and the class below it: comments in front of a class, or a string somewhere above one.</summary>
    private static (TypeDeclarationSyntax Declaration, string Python)? FindPaste(SyntaxNode root, TextSpan span)
    {
        if (span.Start >= root.FullSpan.End)
            return null;

        SyntaxToken token = root.FindToken(span.Start);
        if (token.Span.Contains(span.Start) && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken)
        {
            TypeDeclarationSyntax? below = root.DescendantNodes().OfType<TypeDeclarationSyntax>()
                .FirstOrDefault(d => d.SpanStart > span.Start && IsPartialClass(d));
            return below is null ? null : (below, token.ValueText);
        }

        // The comments belong to the first token of the class; so does the cursor on its first line.
        TypeDeclarationSyntax? declaration = token.Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (declaration is null || !IsPartialClass(declaration) || span.Start > declaration.Identifier.Span.End)
            return null;
        IEnumerable<string> comments = declaration.GetLeadingTrivia()
            .Where(t => t.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            .Select(t => t.ToString());
        return (declaration, string.Join("\n", comments));
    }

    private static bool IsPartialClass(TypeDeclarationSyntax declaration) =>
        declaration is ClassDeclarationSyntax or RecordDeclarationSyntax && declaration.Modifiers.Any(SyntaxKind.PartialKeyword);
}
