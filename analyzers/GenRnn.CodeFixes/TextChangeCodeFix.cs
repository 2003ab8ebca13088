using System.Collections.Generic;
using System.Linq;
using System.Threading;
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
        // The compiler may say one thing twice of one word (CS0246, with and without 'Attribute').
        var offered = new HashSet<string>();
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (TextFix fix in await FindFixesAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                if (!offered.Add(fix.Title))
                    continue;

                context.RegisterCodeFix(
                    CodeAction.Create(
                        fix.Title,
                        async cancellationToken =>
                        {
                            SourceText text = await context.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                            return context.Document.WithText(text.WithChanges(fix.Changes.OrderBy(c => c.Span.Start)));
                        },
                        GetType().FullName + fix.Choice),
                    context.Diagnostics);
            }
        }
    }

    /// <summary>The fixes of one diagnostic, the likeliest first.</summary>
    private protected abstract Task<IEnumerable<TextFix>> FindFixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken);
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

    /// <summary>Which of several answers this is: applied to all diagnostics, it is the same one for each.</summary>
    public string Choice { get; init; } = "";

    public IReadOnlyList<TextChange> Changes { get; }
}
