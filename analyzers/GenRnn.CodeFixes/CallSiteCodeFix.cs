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
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root is not null && root.FullSpan.Contains(diagnostic.Location.SourceSpan)
            && FindFix(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic) is { } fix
            ? new[] { fix }
            : Array.Empty<TextFix>();
    }

    /// <summary>The fix of what is underlined; null if there is none.</summary>
    private protected abstract TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic);
}
