using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace GenRnn.CodeFixes;

/// <summary>A fix where a model is used. What the analyzer knew, it put into the diagnostic; the rest is syntax.</summary>
public abstract class CallSiteCodeFix : TextChangeCodeFix
{
    private protected sealed override async Task<IEnumerable<TextFix>> FindFixesAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SemanticModel? semanticModel = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root is not null && semanticModel is not null && root.FullSpan.Contains(diagnostic.Location.SourceSpan)
            && FindFix(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic, semanticModel) is { } fix
            ? new[] { fix }
            : Array.Empty<TextFix>();
    }

    /// <summary>The fix of what is underlined; null if there is none.</summary>
    private protected virtual TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic, SemanticModel semanticModel) => FindFix(node, diagnostic);

    /// <summary>The same, where syntax is enough.</summary>
    private protected virtual TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic) => null;

    /// <summary>A type of Gen's as it is to be written at a place.</summary>
    private protected static string NameAt(SemanticModel semanticModel, int position, string type) =>
        semanticModel.Compilation.GetTypeByMetadataName("GenRnn." + type)?.ToMinimalDisplayString(semanticModel, position) ?? type;
}
