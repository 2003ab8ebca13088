using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace GenRnn.CodeFixes;

/// <summary>A fix of something in a model's declaration.</summary>
public abstract class DeclarationCodeFix : TextChangeCodeFix
{
    private protected sealed override async Task<IEnumerable<TextFix>> FindFixesAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        ModelAtCursor? model = await ModelAtCursor.FindAsync(document, diagnostic.Location.SourceSpan, cancellationToken).ConfigureAwait(false);
        return model is null ? Array.Empty<TextFix>() : FindFixes(model, diagnostic);
    }

    /// <summary>The answers, where there are several.</summary>
    private protected virtual IEnumerable<TextFix> FindFixes(ModelAtCursor model, Diagnostic diagnostic)
    {
        if (FindFix(model, diagnostic) is { } fix)
            yield return fix;
    }

    /// <summary>The answer, where there is at most one; null if there is none.</summary>
    private protected virtual TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic) => null;
}
