using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>A fix that changes a few characters of the document in which the diagnostic stands. Layout and comments stay as they were.</summary>
public abstract class TextChangeCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        ModelAtCursor? model = await ModelAtCursor.FindAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false);
        if (model is null)
            return;

        // The compiler may say one thing twice of one word (CS0246, with and without 'Attribute').
        var offered = new HashSet<string>();
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (FindFix(model, diagnostic) is not { } fix || !offered.Add(fix.Title))
                continue;

            context.RegisterCodeFix(
                CodeAction.Create(
                    fix.Title,
                    async cancellationToken =>
                    {
                        SourceText text = await context.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                        return context.Document.WithText(text.WithChanges(fix.Changes.OrderBy(c => c.Span.Start)));
                    },
                    GetType().FullName),
                context.Diagnostics);
        }
    }

    /// <summary>The fix of one diagnostic; null if there is none.</summary>
    private protected abstract TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic);
}

/// <summary>What a fix is called and what it changes.</summary>
internal sealed class TextFix
{
    public TextFix(string title, params TextChange[] changes)
    {
        Title = title;
        Changes = changes;
    }

    public string Title { get; }

    public IReadOnlyList<TextChange> Changes { get; }
}
